package staticfiles

import (
	"context"
	"embed"
	"io/fs"
	"net/url"
	"strings"

	"github.com/settled-go/settled"
)

// Name is what stands in INSTALLED_APPS: Django's.
const Name = "django.contrib.staticfiles"

func init() { settled.Register(Name, NewApp) }

// An App is the installable app. Its settings are Settings.
type App struct {
	settings Settings
	finder   *finder
	manifest *manifest // nil for storages without one
	debug    bool
	root     string // STATIC_ROOT, absolute
}

var _ interface {
	settled.App
	settled.Checker
	settled.Commander
	settled.Documenter
	settled.Readier
	settled.Router
} = (*App)(nil)

// NewApp is the app with its defaults, as it is registered.
func NewApp() settled.App { return &App{settings: Defaults()} }

// Settings is for settled.App.
func (a *App) Settings() any { return &a.settings }

//go:embed settings.go docs/*.md
var docs embed.FS

// Docs is for settled.Documenter.
func (a *App) Docs() fs.FS { return docs }

// Commands are for settled.Commander.
func (a *App) Commands() []settled.Command {
	return []settled.Command{collectCommand(), findCommand()}
}

// Ready reads what collectstatic has left.
func (a *App) Ready(_ context.Context, p *settled.Project) error {
	a.look(p)
	if !a.settings.hashes() {
		return nil
	}
	var err error
	a.manifest, err = readManifest(a.root)
	return err
}

// look finds out where the files are.
func (a *App) look(p *settled.Project) {
	a.debug = p.Debug()
	a.root = absolute(p, "STATIC_ROOT", a.settings.StaticRoot)
	a.finder = &finder{locationsOf(p, a.settings)}
}

// base is STATIC_URL as a browser sees it: a relative one starts at the root of the
// site.
func (s Settings) base() string {
	u, err := url.Parse(s.StaticURL)
	if err != nil || u.Host != "" || strings.HasPrefix(s.StaticURL, "/") {
		return s.StaticURL
	}
	return "/" + s.StaticURL
}

// prefix is the path of STATIC_URL on this site; "" if another host has the files.
func (s Settings) prefix() string {
	u, err := url.Parse(s.base())
	if err != nil || u.Host != "" || !strings.HasPrefix(u.Path, "/") || !strings.HasSuffix(u.Path, "/") || u.Path == "/" {
		return ""
	}
	return u.Path
}

// StaticPrefix is the path of STATIC_URL, such as /static/, also if that is the URL of
// another host: a CDN fetches the files from here, at the same path.
func (a *App) StaticPrefix() string {
	u, err := url.Parse(a.settings.base())
	if err != nil || u.Path == "" {
		return "/"
	}
	return u.Path
}

// StaticRoot is the folder that collectstatic fills, as an absolute path; "" for none.
func (a *App) StaticRoot() string { return a.root }

// OpenStatic opens a file by its name below STATIC_URL, where the finders find it.
func (a *App) OpenStatic(name string) (fs.File, fs.FileInfo, error) {
	if ignoredInside(name) {
		return nil, nil, fs.ErrNotExist
	}
	return a.finder.open(name)
}

// StaticNames are the names of all files that the finders find.
func (a *App) StaticNames() ([]string, error) {
	var names []string
	err := a.finder.each(ignorer(defaultIgnore), func(string, error) {}, func(name string, _ found) error {
		names = append(names, name)
		return nil
	})
	return names, err
}

// IsHashed says whether a name below STATIC_URL is one that collectstatic gave to a
// content, so that there is never another content behind it.
func (a *App) IsHashed(name string) bool { return a.manifest != nil && a.manifest.hashed[name] }
