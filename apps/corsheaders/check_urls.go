package corsheaders

import (
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/internal/witness"
)

// checkURLs reports a CORS_URLS_REGEX that switches everything off.
func (a *App) checkURLs(*settled.Project) checks.Messages {
	pattern := a.settings.URLsRegex
	if re, err := pyre.Compile(pattern); err != nil || witness.MatchesPath(re) {
		return nil
	}
	m := checks.Errorf("corsheaders.E135",
		"Regex %s in %s can match no path, for each begins with a slash: no answer gets CORS headers, and browsers refuse them all to other origins",
		quote(pattern), urlsRegex).On(urlsRegex)
	if slashed := withSlash(pattern); slashed != "" {
		return checks.Messages{m.WithHint("write %s", quote(slashed))}
	}
	return checks.Messages{m.WithHint("write a regex for paths, as in '^/api/'")}
}

// withSlash is the pattern with a slash at its start, or "" if that mends
// nothing.
func withSlash(pattern string) string {
	slashed := "^/" + strings.TrimPrefix(pattern, "^")
	if re, err := pyre.Compile(slashed); err != nil || !witness.MatchesPath(re) || strings.Contains(pattern, "://") {
		return ""
	}
	return slashed
}
