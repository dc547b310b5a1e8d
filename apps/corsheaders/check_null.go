package corsheaders

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// nullCheck is about the origin of pages that have none.
func (a *App) nullCheck() settled.Check {
	return settled.Check{
		IDs:      []string{"corsheaders.E103", "corsheaders.W103"},
		Settings: []string{origins, regexes, allOrigins, credentials},
		Run:      a.checkNull,
	}
}

func (a *App) checkNull(*settled.Project) (ms checks.Messages) {
	for l := range a.listed() {
		if l.origin == "null" {
			ms = append(ms, a.letsNullIn("Origin 'null' is", l.on).
				WithHint("take it out, and serve the pages that need it from an origin of their own"))
		}
	}
	for _, v := range a.verdicts() {
		if v.null && !v.everyone { // null is one of everyone
			ms = append(ms, a.letsNullIn("By regex "+quote(v.pattern)+" in "+regexes+", origin 'null' is", v.on).
				WithHint("let it match nothing that does not begin with https://"))
		}
	}
	return ms
}

// letsNullIn is the message about something that lets null in. what is its
// text up to "let in".
func (a *App) letsNullIn(what string, on checks.Path) checks.Message {
	const everyone = "a page in a sandboxed frame has that origin, and every website can make such a frame"
	if a.settings.AllowCredentials {
		return checks.Errorf("corsheaders.E103",
			"%s let in with credentials: %s and read the answers made for a logged-in user", what, everyone).On(on)
	}
	return checks.Warningf("corsheaders.W103",
		"%s let in: %s, as if all origins were allowed", what, everyone).On(on)
}
