package corsheaders

import (
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/internal/witness"
)

// checkUnsent reports a regex that lets nobody in.
func checkUnsent(v verdict) checks.Messages {
	if !v.Unsent {
		return nil
	}
	why, hint, start, end := whyUnsent(v.pattern)
	return checks.Messages{checks.Errorf("corsheaders.E136",
		"Regex %s in %s matches no origin that a browser sends, so that it lets nobody in: %s", quote(v.pattern), regexes, why).
		On(v.on).In(start, end).WithHint("%s", hint)}
}

// whyUnsent looks for the one thing without which origins would match. What it
// advises to write is proved to let in nobody but the hosts that it names.
func whyUnsent(pattern string) (why, hint string, start, end int) {
	hint = "write it for origins such as https://app.example.com"
	for _, slip := range slips {
		mended, at, to := slip.mend(pattern)
		v, ok := judgeText(mended)
		if mended == pattern || !ok || v.Unsent {
			continue
		}
		if anchored := v.Anchored(); v.Unanchored != "" {
			mended = anchored
			v, _ = judgeText(anchored)
		}
		if v.Safe() {
			hint = "write " + quote(mended)
		}
		return slip.why, hint, at, to
	}
	return "an origin is a scheme, :// and a host in lower case, perhaps with a port", hint, 0, 0
}

func judgeText(pattern string) (v witness.Verdict, ok bool) {
	re, err := pyre.Compile(pattern)
	if pattern == "" || err != nil {
		return v, false
	}
	return witness.Judge(re, witness.NewBudget()), true
}

// slips are what makes a regex match no origin. mend is the regex without it,
// or "", and where it is.
var slips = []struct {
	why  string
	mend func(pattern string) (mended string, start, end int)
}{
	{"it stands in slashes as in JavaScript, and here they are part of the text", func(p string) (string, int, int) {
		end := strings.LastIndexByte(p, '/')
		if end < 1 || p[0] != '/' || strings.Trim(p[end:], "/gimsuy") != "" {
			return "", 0, 0
		}
		return withScheme(p[1:end]), 0, 1
	}},
	{"origins have no path and no slash at the end", func(p string) (string, int, int) {
		i := strings.Index(p, "://") + len("://")
		if i < len("://") {
			if i = strings.Index(p, `:\/\/`) + len(`:\/\/`); i < len(`:\/\/`) {
				return "", 0, 0
			}
		}
		slash := strings.IndexByte(p[i:], '/')
		if slash < 0 {
			return "", 0, 0
		}
		at := i + slash
		if p[at-1] == '\\' {
			at--
		}
		return p[:at] + "$", at, len(p)
	}},
	{"origins begin with a scheme, https:// mostly", func(p string) (string, int, int) { return withScheme(p), 0, 0 }},
	{"browsers send scheme and host in lower case", func(p string) (string, int, int) {
		at := -1
		lower := []byte(p)
		for i := range lower {
			if 'A' <= lower[i] && lower[i] <= 'Z' && (i == 0 || lower[i-1] != '\\') {
				lower[i] += 'a' - 'A'
				if at < 0 {
					at = i
				}
			}
		}
		if at < 0 {
			return "", 0, 0
		}
		return string(lower), at, at + 1
	}},
	{"browsers leave out the default port of a scheme", func(p string) (string, int, int) {
		for _, port := range []string{":443", ":80"} {
			if i := strings.LastIndex(p, port); i >= 0 {
				return p[:i] + p[i+len(port):], i, i + len(port)
			}
		}
		return "", 0, 0
	}},
	{`\\ stands for a backslash in the text, and no origin has one`, func(p string) (string, int, int) {
		i := strings.Index(p, `\\`)
		return strings.ReplaceAll(p, `\\`, `\`), i, i + len(`\\`)
	}},
	{"brackets that are not escaped stand for one character", func(p string) (string, int, int) {
		i := strings.Index(p, "[::1]")
		return strings.ReplaceAll(p, "[::1]", `\[::1\]`), i, i + len("[::1]")
	}},
	{"origins have no blanks", func(p string) (string, int, int) {
		i := strings.IndexByte(p, ' ')
		return strings.ReplaceAll(p, " ", ""), i, i + 1
	}},
}

// withScheme is a pattern for hosts as one for origins.
func withScheme(pattern string) string {
	bare := strings.TrimPrefix(pattern, "^")
	switch {
	case strings.Contains(bare, ":/") || strings.Contains(bare, `:\/`) || strings.HasPrefix(bare, "(?"):
		return pattern
	case strings.HasPrefix(bare, `\.`) || strings.HasPrefix(bare, "."):
		bare = ".*" + bare
	}
	scheme := "https://"
	if strings.HasPrefix(bare, "localhost") || strings.HasPrefix(bare, "127") {
		scheme = "http://"
	}
	if strings.Contains(bare, "|") {
		bare = "(?:" + bare + ")"
	}
	return "^" + scheme + bare
}
