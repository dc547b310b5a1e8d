// Package notes is the app of the quickstart: notes kept in memory and served as
// JSON to pages of other origins.
package notes

import (
	"context"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

func init() { settled.Register("notes", New) }

// New makes the app.
func New() settled.App { return &App{settings: Defaults()} }

// App is the entry "notes" of INSTALLED_APPS. The notes are gone when its site
// closes.
type App struct {
	settings Settings
	store    *store
}

// These are the hooks that the app means to have.
var _ interface {
	settled.App
	settled.Checker
	settled.Documenter
	settled.Readier
	settled.Router
} = (*App)(nil)

// Settings are the settings of the app.
type Settings struct {
	// Token is what a request for /stats sends as "Authorization: Bearer TOKEN".
	// Default: none, and nobody may read /stats.
	Token settings.Secret `toml:"NOTES_TOKEN"`
	// Max is how many notes are kept, from 1 to 10000. Default: 100.
	Max int `toml:"NOTES_MAX" validate:"min=1,max=10000"`
}

// Defaults are the settings of a project whose file says nothing about them.
func Defaults() Settings { return Settings{Max: 100} }

// Settings is what the settings file is decoded into.
func (a *App) Settings() any { return &a.settings }

// Checks are what `manage check` asks the app.
func (a *App) Checks() []settled.Check {
	return []settled.Check{{IDs: []string{"notes.W001"}, Tags: []string{"security"}, Settings: []string{"NOTES_TOKEN"}, Run: a.checkToken}}
}

// checkToken needs to know only whether there is a token, not which.
func (a *App) checkToken(*settled.Project) checks.Messages {
	if a.settings.Token.IsSet() {
		return nil
	}
	return checks.Messages{checks.Warningf("notes.W001",
		"NOTES_TOKEN is not set: every request for /stats is answered 401").On("NOTES_TOKEN").
		WithHint(`add NOTES_TOKEN = { env = "NOTES_TOKEN" }`)}
}

// Ready makes the store. It runs once, before the first request.
func (a *App) Ready(context.Context, *settled.Project) error {
	a.store = newStore(a.settings.Max)
	a.store.add("Read settings.toml", "")
	return nil
}

// Routes are what the app serves.
func (a *App) Routes() []settled.Route {
	return []settled.Route{
		settled.Path("GET /notes", a.list, "list"),
		settled.Path("POST /notes", a.create, "create"),
		settled.Path("GET /notes/{id}", a.read, "read"),
		settled.Path("PUT /notes/{id}", a.replace, "replace"),
		settled.Path("DELETE /notes/{id}", a.remove, "remove"),
		settled.Path("GET /visits", a.visits, "visits"),
		settled.Path("GET /stats", a.stats, "stats"),
	}
}
