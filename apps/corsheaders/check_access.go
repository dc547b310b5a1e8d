package corsheaders

import (
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// accessChecks are about who is let in.
func (a *App) accessChecks() []settled.Check {
	rows := []settled.Check{
		{IDs: []string{"corsheaders.W109"}, Settings: []string{allOrigins, origins, regexes}, Run: a.checkNobody},
		a.nullCheck(), a.sandboxCheck(), a.schemeCheck(), a.duplicateCheck(),
	}
	rows = slices.Concat(rows, a.plainHTTPChecks(), a.localChecks(), a.everyoneChecks())
	for i := range rows {
		rows[i].Tags = tags
	}
	return rows
}

// checkNobody reports an app that is there for nothing.
func (a *App) checkNobody(p *settled.Project) checks.Messages {
	s := a.settings
	if s.AllowAllOrigins || len(s.AllowedOrigins) > 0 || len(s.AllowedOriginRegexes) > 0 || len(gatesOf(p)) > 0 {
		return nil
	}
	return checks.Messages{checks.Warningf("corsheaders.W109",
		"the app %q is installed, but no origin is allowed: a page of another origin can read no answer of this site", a.name(p)).
		On(a.installedBy(p)).
		WithHint(`add the origins that are meant, %s = ["https://app.example.com"], or take the app out`, p.File().Written(origins))}
}

// name is the one under which the app is installed.
func (a *App) name(p *settled.Project) string {
	for _, info := range p.Apps() {
		if info.App == settled.App(a) {
			return info.Name
		}
	}
	return ""
}

// installedBy is the entry of INSTALLED_APPS that the app is installed by.
func (a *App) installedBy(p *settled.Project) checks.Path {
	return checks.Path("INSTALLED_APPS").Index(slices.Index(p.Core().InstalledApps, a.name(p)))
}

// gatesOf are the gates of a project.
func gatesOf(p *settled.Project) []Gate {
	var gates []Gate
	for _, info := range p.Apps() {
		if gate, ok := info.App.(Gate); ok {
			gates = append(gates, gate)
		}
	}
	return gates
}

// gateNames are the apps that are gates.
func gateNames(p *settled.Project) []string {
	var names []string
	for _, info := range p.Apps() {
		if _, ok := info.App.(Gate); ok {
			names = append(names, info.Name)
		}
	}
	return names
}
