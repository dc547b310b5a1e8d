package settled

import (
	"slices"

	"github.com/settled-go/settled/checks"
)

// AppCommand is a Command and the app that brings it.
type AppCommand struct {
	App string
	Command
}

// Commands are those of the installed apps in the order in which a name is won:
// the apps of INSTALLED_APPS as listed, then the builtin ones. Of two with one
// name the first can be called.
func (p *Project) Commands() []AppCommand {
	apps := slices.Clone(p.apps)
	slices.SortStableFunc(apps, func(a, b AppInfo) int { return commandRank(a) - commandRank(b) })
	var all []AppCommand
	for _, info := range apps {
		if c, ok := info.App.(Commander); ok {
			for _, command := range c.Commands() {
				all = append(all, AppCommand{info.Name, command})
			}
		}
	}
	return all
}

func commandRank(a AppInfo) int {
	if a.Builtin {
		return 1
	}
	return 0
}

// ownCommands are commands of manage that no app can replace: they work whatever
// the project is.
var ownCommands = []string{"completion", "help", "version"}

// checkCommands reports commands that can't be called, since another app brings
// one of that name, or manage has one.
func checkCommands(p *Project) (ms checks.Messages) {
	first := map[string]string{}
	for _, c := range p.Commands() {
		if slices.Contains(ownCommands, c.Name) {
			ms = append(ms, checks.Warningf("commands.W101", "the app %q brings a command %q, which can't be called: manage has one of that name that no app replaces",
				c.App, c.Name).On(p.listed(c.App)).WithHint("give the command another name"))
			continue
		}
		winner, taken := first[c.Name]
		if !taken {
			first[c.Name] = c.App
		}
		if !taken || winner == c.App {
			continue
		}
		ms = append(ms, checks.Warningf("commands.W101", "the apps %q and %q each bring a command %q: that of %q runs, and the other can't be called",
			winner, c.App, c.Name, winner).
			On(p.listed(c.App)).See(p.listed(winner), "the one that runs").
			WithHint("list first the app whose command is meant, or take one of the two out"))
	}
	return ms
}
