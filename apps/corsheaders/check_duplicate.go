package corsheaders

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// duplicateCheck is about entries that could as well be left out.
func (a *App) duplicateCheck() settled.Check {
	return settled.Check{
		IDs:      []string{"corsheaders.I120"},
		Settings: []string{origins, allOrigins, regexes},
		Fixable:  true,
		Run:      a.checkDuplicates,
	}
}

func (a *App) checkDuplicates(*settled.Project) (ms checks.Messages) {
	first := make(map[string]checks.Path, len(a.settings.AllowedOrigins))
	for l := range a.listed() {
		if before, twice := first[l.origin]; twice {
			ms = append(ms, checks.Infof("corsheaders.I120", "Origin %s is listed twice: this entry changes nothing", quote(l.origin)).
				On(l.on).See(before, "listed here").WithHint("take one out").
				Fix(checks.Edit{Do: checks.Remove, Setting: l.on}))
			continue
		}
		first[l.origin] = l.on
	}
	return ms
}
