package corsheaders

import (
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// sandboxCheck is about hosts that a stranger can have.
func (a *App) sandboxCheck() settled.Check {
	return settled.Check{
		IDs:      []string{"corsheaders.W107"},
		Settings: []string{origins, regexes, allOrigins, credentials},
		Run:      a.checkSandboxes,
	}
}

func (a *App) checkSandboxes(*settled.Project) (ms checks.Messages) {
	if !a.settings.AllowCredentials {
		return nil
	}
	for l := range a.listed() {
		if why := sandbox(l.host); why != "" && l.isWeb() {
			ms = append(ms, checks.Warningf("corsheaders.W107",
				"Origin %s is let in with credentials, and %s: its scripts could read the answers made for a logged-in user",
				quote(l.origin), why).
				On(l.on).WithHint("take it out here; a trial can have a settings file of its own, with this one in EXTENDS"))
		}
	}
	for _, v := range a.verdicts() {
		if w := v.inSandbox(); w != "" {
			host, _ := listedOf(w)
			ms = append(ms, checks.Warningf("corsheaders.W107",
				"Regex %s in %s lets in %s with credentials, and %s: its scripts could read the answers made for a logged-in user",
				quote(v.pattern), regexes, quote(w), sandbox(host.host)).
				On(v.on).WithHint("take it out here; a trial can have a settings file of its own, with this one in EXTENDS"))
		}
	}
	return ms
}

// inSandbox is an origin that the regex lets in though strangers have it, below
// a host that it names. Where it lets in more than it names, or names below a
// public suffix, other messages say so.
func (v verdict) inSandbox() string {
	if v.everyone || v.TooLarge || v.Stranger != "" {
		return ""
	}
	var exact, above []string
	for key := range sandboxes {
		host := strings.TrimPrefix(key, ".")
		switch {
		case v.Tenant != "" && isAtOrBelow(host, v.Suffix):
		case !slices.ContainsFunc(v.Tails, func(tail string) bool {
			return isAtOrBelow(tail, host) || isAtOrBelow(host, tail) && strings.Contains(tail, ".")
		}):
		case host == key:
			exact = append(exact, host)
		default:
			above = append(above, host)
		}
	}
	if len(exact)+len(above) == 0 {
		return ""
	}
	return v.Within(exact, above)
}

func isAtOrBelow(host, tail string) bool {
	above, found := strings.CutSuffix(host, tail)
	return found && (above == "" || strings.HasSuffix(above, "."))
}
