package workbench

import (
	"net/http"
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// An installed app as the page of apps shows it.
type app struct {
	settled.AppInfo
	Listed   checks.Range // where INSTALLED_APPS has it; zero for a builtin one
	Mount    []string
	Has      []string // what it brings, in words
	Settings []setting
}

// A setting with where its value comes from.
type setting struct {
	settled.Setting
	Default string
	Now     string
	Changed bool         // it is not at its default
	From    checks.Range // zero for the default
	Over    []checks.Range
	Word    string         // what From does to Over
	Checks  []settled.Page // those that read it
}

// shelf is what the page of apps shows.
type shelf struct {
	look
	Apps []app
	// Others are linked into the program and not installed.
	Others []string
}

func (b *bench) apps(w http.ResponseWriter, r *http.Request) {
	p := b.served
	s := shelf{look: lookOf(r)}
	byApp := b.settingsByApp()
	for _, info := range p.Apps() {
		a := app{AppInfo: info, Has: whatItBrings(info.App), Settings: byApp[info.Name]}
		if i := slices.Index(p.Core().InstalledApps, info.Name); i >= 0 {
			a.Listed = p.File().Origin(checks.Path("INSTALLED_APPS").Index(i))
		}
		s.Apps = append(s.Apps, a)
	}
	for _, info := range p.Linked() {
		if !slices.ContainsFunc(s.Apps, func(a app) bool { return a.Name == info.Name }) {
			s.Others = append(s.Others, info.Name)
		}
	}
	show(w, r, live("Apps and settings", "What is installed, with each setting as this site has it and where that comes from."), "apps", s)
}

func (b *bench) settingsByApp() map[string][]setting {
	p := b.served
	defaults := map[string]string{}
	for _, s := range p.Defaults() {
		defaults[s.App+" "+s.Name] = s.Shown()
	}
	readers := map[string][]settled.Page{}
	for _, page := range p.Pages() {
		for _, name := range page.Check.Settings {
			readers[name] = append(readers[name], page)
		}
	}
	all := map[string][]setting{}
	for _, s := range p.Settings() {
		if !s.Installed || s.Removed {
			continue
		}
		one := setting{Setting: s, Word: "overrides", Default: defaults[s.App+" "+s.Name], Now: s.Shown(), Checks: readers[s.Name]}
		if origins := p.File().Origins(s.Name); len(origins) > 0 {
			one.From, one.Over = origins[0], origins[1:]
		}
		if s.Name == "EXTENDS" { // every file has its own, and all of them count
			one.Now, one.Word = settings.TOML(p.File().Files()[1:]), "and"
		}
		one.Changed = one.From != (checks.Range{})
		all[s.App] = append(all[s.App], one)
	}
	return all
}

// whatItBrings are an app's hooks, in words.
func whatItBrings(a settled.App) []string {
	var brings []string
	add := func(has bool, what string) {
		if has {
			brings = append(brings, what)
		}
	}
	_, middleware := a.(settled.MiddlewareProvider)
	_, routes := a.(settled.Router)
	_, checker := a.(settled.Checker)
	_, commands := a.(settled.Commander)
	_, tools := a.(settled.Developer)
	add(middleware, "middleware")
	add(routes, "routes")
	add(checker, "checks")
	add(commands, "commands")
	add(tools, "tools")
	return brings
}
