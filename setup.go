package settled

import (
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

// Setup makes the project of a settings file: it makes the apps, decodes their
// settings and resolves the names in INSTALLED_APPS, MIDDLEWARE and URLS. The
// project is never nil, however much is wrong; the messages say what, with its
// place. Project.Check returns them too, among what the apps' checks find.
func (r *Registry) Setup(f *settings.File) (*Project, checks.Messages) {
	s := &setup{project: &Project{file: f, today: r.today()}, linked: r.link(), missed: map[string]checks.Path{}}
	s.project.again = func(f *settings.File) *Project { p, _ := r.Setup(f); return p }
	s.decodeCore()
	s.install()
	s.decodeApps()
	s.resolve()
	s.mount()
	s.add(s.blameApps(f.Unclaimed())...)
	p := s.project
	for _, app := range s.linked {
		p.linked = append(p.linked, app.AppInfo)
	}
	p.pages = newPages(p.linked)
	p.found = p.place(s.found)
	p.found.Sort()
	return p, slices.Clone(p.found)
}

// setup is a project in the making.
type setup struct {
	project *Project
	linked  []linkedApp
	found   checks.Messages
	// unreadable says that INSTALLED_APPS could not be decoded, so that nothing
	// is known of which apps are meant.
	unreadable bool
	// missed are apps that a middleware belongs to and that are not installed,
	// with the entry that says so first.
	missed map[string]checks.Path
}

// linkedApp is an app of the program, installed or not.
type linkedApp struct {
	AppInfo
	links     []middleware.Link
	installed bool
	// meant says that a misspelt entry of INSTALLED_APPS is likely to be this
	// app: it is judged as if it were installed, so that one slip is one
	// message.
	meant bool
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

// failed says whether a setting could not be decoded.
func (s *setup) failed(setting string) bool {
	return slices.ContainsFunc(s.found, func(m checks.Message) bool {
		return m.Class == checks.Unbuildable && m.Setting.Name() == setting
	})
}

// decodeCore reads core's settings, which say what else is to be read.
func (s *setup) decodeCore() {
	info := s.linked[0].AppInfo
	s.project.core = info.App.(*core)
	s.add(s.project.file.Decode(info.Name, info.Settings)...)
}

// decodeApps gives every installed app its settings, in order, and lets the
// file know whose the others are.
func (s *setup) decodeApps() {
	f := s.project.file
	for _, info := range s.project.apps[1:] {
		if info.Settings == nil {
			continue
		}
		for _, m := range f.Decode(info.Name, info.Settings) {
			if m.ID == "settings.E012" {
				m = m.See(s.project.listed(info.Name), "installed here")
			}
			s.add(m)
		}
	}
	for _, app := range s.linked {
		switch {
		case app.installed || app.Settings == nil:
		case s.unreadable:
			f.Decode(app.Name, app.Settings) // claims the settings; what it finds is moot
		case app.meant:
			s.add(f.Decode(app.Name, app.Settings)...)
		default:
			f.Offer(app.Name, app.Settings)
		}
	}
}

// place fills in where the messages' settings are written. A message whose
// setting is not written anywhere stands at the first other place it has.
func (p *Project) place(ms checks.Messages) checks.Messages {
	placed := p.file.Place(ms)
	for i, m := range placed {
		if m.At.Start.Line > 0 || m.At.File != p.file.Name() && m.At.File != "" {
			continue
		}
		j := slices.IndexFunc(m.Related, func(r checks.Related) bool { return r.At.Start.Line > 0 })
		if j >= 0 {
			placed[i].At = m.Related[j].At
			placed[i].Related = slices.Delete(slices.Clone(m.Related), j, j+1)
		}
	}
	return placed
}

// listed is where an app is listed, or "".
func (p *Project) listed(app string) checks.Path {
	if i := slices.Index(p.core.settings.InstalledApps, app); i >= 0 {
		return checks.Path("INSTALLED_APPS").Index(i)
	}
	return ""
}

func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return strings.Join(names, ", ")
}
