package proxy

import (
	"io/fs"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// Checks are the app's system checks. Those without a Run are what the rules of
// Settings find.
func (a *App) Checks() []settled.Check {
	rows := []settled.Check{
		{IDs: []string{"proxy.E101", "proxy.E102", "proxy.E103", "proxy.E104", "proxy.E105", "proxy.E107", "proxy.E108", "proxy.E109"}, Class: checks.Unbuildable},
		{IDs: []string{"proxy.W101"}},
		{IDs: []string{"proxy.E110"}, Settings: []string{"URLS"}, Class: checks.Unbuildable, Run: checkMounts},
		{IDs: []string{"proxy.W102"}, Settings: []string{"INSTALLED_APPS", routesSetting}, Run: a.checkRoutes},
	}
	rows = append(rows, deliveryChecks(a.delivered)...)
	for i := range rows {
		if rows[i].Tags == nil {
			rows[i].Tags = []string{"proxy"}
		}
		if rows[i].Settings == nil {
			rows[i].Settings = []string{routesSetting}
		}
	}
	return rows
}

func (a *App) delivered() (all []delivered) {
	for i, r := range a.settings.Routes {
		all = append(all, delivered{r.Delivery, routeAt(i), r.servers()})
	}
	return all
}

// Docs is for settled.Documenter.
func (a *App) Docs() fs.FS { return docs }
