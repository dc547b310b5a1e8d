package corsheaders

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// sandboxCheck is about hosts that a stranger can have.
func (a *App) sandboxCheck() settled.Check {
	return settled.Check{
		IDs:      []string{"corsheaders.W107"},
		Settings: []string{origins, allOrigins, credentials},
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
	return ms
}
