package settled

import (
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/nearest"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

// resolve turns MIDDLEWARE into the project's chain and judges its order.
func (s *setup) resolve() {
	var order order
	for i, name := range s.project.core.settings.Middleware {
		path := checks.Path("MIDDLEWARE").Index(i)
		owner, link, ok := s.findLink(name, path)
		if !ok {
			s.add(s.unknownLink(name).On(path).Of(checks.Unbuildable))
			order.Links = append(order.Links, placedLink{name: name})
			continue
		}
		if !owner.installed && !owner.meant {
			s.add(checks.Errorf("middleware.E004", "%s belongs to the app %q, which is not in INSTALLED_APPS", name, owner.Name).
				On(path).WithHint("add %q to INSTALLED_APPS", owner.Name).Of(checks.Unbuildable))
		}
		order.Links = append(order.Links, placedLink{name, link, true})
		s.project.chain = append(s.project.chain, link)
	}
	s.add(settings.Validate(order)...)
	s.project.resolved = !s.failed("MIDDLEWARE")
}

// findLink is the middleware of that name and its app: an installed one, if
// there is one. Two would be a matter of luck.
func (s *setup) findLink(name string, path checks.Path) (owner linkedApp, link middleware.Link, ok bool) {
	for _, app := range s.linked {
		i := slices.IndexFunc(app.links, func(l middleware.Link) bool { return l.Name == name })
		if i < 0 {
			continue
		}
		if owner.installed && app.installed {
			s.add(checks.Errorf("apps.E004", "the apps %q and %q both bring a middleware %s: which one is meant can't be told", owner.Name, app.Name, name).
				On(path).WithHint("take one of the two apps out of INSTALLED_APPS").Of(checks.Unbuildable))
		}
		if !ok || app.installed && !owner.installed {
			owner, link, ok = app, app.links[i], true
		}
	}
	return owner, link, ok
}

// unknownLink says what there is, the nearest name, and the import to add.
func (s *setup) unknownLink(name string) checks.Message {
	var names []string
	for _, app := range s.linked {
		for _, link := range app.links {
			names = append(names, link.Name)
		}
	}
	slices.Sort(names)
	m := checks.Errorf("middleware.E002", "no middleware is called %q; linked into this program: %s", name, list(names))
	if near := nearLink(name, names); near != "" {
		return m.WithHint("did you mean %q?", near)
	}
	if app, _, _ := strings.Cut(name, "."); known[app] != "" {
		return m.WithHint("add _ %q to the imports of your manage/main.go, and %q to INSTALLED_APPS", known[app], app)
	}
	return m.WithHint("take the entry out, or add the package of its app to the imports of your manage/main.go: _ \"example.org/the/package\"")
}

// nearLink also finds a middleware by the name of its app alone.
func nearLink(name string, names []string) string {
	if near := nearest.Name(name, names); near != "" {
		return near
	}
	i := slices.IndexFunc(names, func(n string) bool { return strings.HasPrefix(n, name+".") })
	if i < 0 {
		return ""
	}
	return names[i]
}
