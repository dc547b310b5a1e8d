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
	covers := a.covering()
	for l := range a.listed() {
		before, twice := first[l.origin]
		if !twice {
			first[l.origin] = l.on
		}
		switch regex := covers.of(l); {
		case twice:
			ms = append(ms, needless(l, "is listed twice").See(before, "listed here").WithHint("take one out"))
		case regex != "":
			ms = append(ms, needless(l, "is let in by a regex, too").See(regex, "this regex lets it in").
				WithHint("take the entry out, or the regex if only this origin is meant"))
		}
	}
	return ms
}

func needless(l listed, why string) checks.Message {
	return checks.Infof("corsheaders.I120", "Origin %s %s: this entry changes nothing", quote(l.origin), why).
		On(l.on).Fix(checks.Edit{Do: checks.Remove, Setting: l.on})
}
