package settled

import (
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/nearest"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

// Setup makes the project of a settings file: it makes the apps, decodes their
// settings and resolves the names in INSTALLED_APPS and MIDDLEWARE. The project
// is never nil, however much is wrong; the messages say what, with its place.
// Project.Check returns them too, among what the apps' checks find.
func (r *Registry) Setup(f *settings.File) (*Project, checks.Messages) {
	s := &setup{project: &Project{file: f}, linked: r.link()}
	s.decodeCore()
	s.install()
	s.decode()
	s.resolve()
	s.add(f.Unclaimed()...)
	p := s.project
	p.found = f.Place(s.found)
	p.found.Sort()
	return p, slices.Clone(p.found)
}

// setup is a project in the making.
type setup struct {
	project *Project
	linked  []linkedApp
	found   checks.Messages
}

// linkedApp is an app of the program, installed or not.
type linkedApp struct {
	AppInfo
	links     []middleware.Link
	installed bool
}

// link makes every registered app, core first.
func (r *Registry) link() []linkedApp {
	var linked []linkedApp
	for _, reg := range r.registrations() {
		app := linkedApp{AppInfo: AppInfo{Name: reg.name, App: reg.new(), Builtin: reg.builtin}, installed: reg.builtin}
		app.Settings = app.App.Settings()
		if mp, ok := app.App.(MiddlewareProvider); ok {
			app.links = mp.Middleware()
		}
		linked = append(linked, app)
	}
	return linked
}

func (s *setup) add(ms ...checks.Message) { s.found = append(s.found, ms...) }

// decodeCore reads core's settings, which say what else is to be read.
func (s *setup) decodeCore() {
	info := s.linked[0].AppInfo
	s.project.core = info.App.(*core)
	s.add(s.project.file.Decode(info.Name, info.Settings)...)
}

// install turns INSTALLED_APPS into the project's apps, behind the builtin
// ones.
func (s *setup) install() {
	for _, app := range s.linked {
		if app.Builtin {
			s.project.apps = append(s.project.apps, app.AppInfo)
		}
	}
	first := map[string]int{}
	for i, name := range s.project.core.settings.InstalledApps {
		path := checks.Path("INSTALLED_APPS").Index(i)
		if j, twice := first[name]; twice {
			s.add(checks.Errorf("apps.E002", "app %q is listed twice in INSTALLED_APPS", name).
				On(path).See(checks.Path("INSTALLED_APPS").Index(j), "listed here first").
				WithHint("take one of the two out").Of(checks.Unbuildable))
			continue
		}
		first[name] = i
		s.installApp(name, path)
	}
}

func (s *setup) installApp(name string, path checks.Path) {
	i := slices.IndexFunc(s.linked, func(a linkedApp) bool { return a.Name == name })
	switch {
	case i < 0:
		s.add(s.unknownApp(name).On(path))
	case s.linked[i].Builtin:
		s.add(checks.Errorf("apps.E003", "app %q is built in: it is installed without being listed", name).
			On(path).WithHint("take it out of INSTALLED_APPS").Of(checks.Unbuildable))
	default:
		s.linked[i].installed = true
		s.project.apps = append(s.project.apps, s.linked[i].AppInfo)
	}
}

// known are import paths of apps that a program may have forgotten to import.
var known = map[string]string{"corsheaders": "github.com/settled-go/settled/apps/corsheaders"}

func (s *setup) unknownApp(name string) checks.Message {
	var names []string
	for _, app := range s.linked {
		if !app.Builtin {
			names = append(names, app.Name)
		}
	}
	m := checks.Errorf("apps.E001", "no app is called %q; linked into this program: %s", name, list(names)).
		Of(checks.Unbuildable)
	if near := nearest.Name(name, names); near != "" {
		return m.WithHint("did you mean %q?", near)
	}
	if path, ok := known[name]; ok {
		return m.WithHint("add _ %q to the imports of your manage/main.go", path)
	}
	return m.WithHint("add the package that registers it to the imports of your manage/main.go: _ \"example.org/the/package\"")
}

func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}

// decode gives every installed app its settings, and lets the file know whose
// the others are.
func (s *setup) decode() {
	f := s.project.file
	for _, app := range s.linked[1:] {
		switch {
		case app.Settings == nil:
		case app.installed:
			s.add(f.Decode(app.Name, app.Settings)...)
		default:
			f.Offer(app.Name, app.Settings)
		}
	}
}

// resolve turns MIDDLEWARE into the project's chain and judges its order.
func (s *setup) resolve() {
	var order order
	for i, name := range s.project.core.settings.Middleware {
		owner, link, ok := s.findLink(name)
		path := checks.Path("MIDDLEWARE").Index(i)
		if !ok {
			s.add(s.unknownLink(name).On(path))
			order.Links = append(order.Links, placedLink{name: name})
			continue
		}
		if !owner.installed {
			s.add(checks.Errorf("middleware.E004", "%s belongs to the app %q, which is not in INSTALLED_APPS", name, owner.Name).
				On(path).WithHint("add %q to INSTALLED_APPS", owner.Name).Of(checks.Unbuildable))
		}
		order.Links = append(order.Links, placedLink{name, link, true})
		s.project.chain = append(s.project.chain, link)
	}
	s.add(settings.Validate(order)...)
}

func (s *setup) findLink(name string) (linkedApp, middleware.Link, bool) {
	for _, app := range s.linked {
		for _, link := range app.links {
			if link.Name == name {
				return app, link, true
			}
		}
	}
	return linkedApp{}, middleware.Link{}, false
}

func (s *setup) unknownLink(name string) checks.Message {
	var names []string
	for _, app := range s.linked {
		for _, link := range app.links {
			names = append(names, link.Name)
		}
	}
	slices.Sort(names)
	m := checks.Errorf("middleware.E002", "no middleware is called %q; linked into this program: %s", name, list(names)).
		Of(checks.Unbuildable)
	if near := nearest.Name(name, names); near != "" {
		return m.WithHint("did you mean %q?", near)
	}
	if app, _, ok := strings.Cut(name, "."); ok && known[app] != "" {
		return m.WithHint("add _ %q to the imports of your manage/main.go", known[app])
	}
	return m.WithHint("take the entry out, or add the package that registers its app to the imports of your manage/main.go")
}
