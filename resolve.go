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
		owner, link, ok := s.findLink(name)
		if known, named := knownLinks[name]; !ok && named {
			s.add(known.message(name).On(path))
			order.Links = append(order.Links, placedLink{name: name, link: middleware.Link{Traits: middleware.Traits{Is: known.is}}, named: true})
			continue
		}
		if !ok {
			s.add(s.unknownLink(name).On(path).Of(checks.Unbuildable))
			order.Links = append(order.Links, placedLink{name: name})
			continue
		}
		if !owner.installed && !owner.meant {
			s.add(s.notInstalled(owner.Name, name, path))
		}
		if !order.has(name) {
			s.findShared(name, path)
		}
		order.Links = append(order.Links, placedLink{name, link, true, true})
		s.project.chain = append(s.project.chain, link)
	}
	s.add(settings.Validate(order)...)
}

// notInstalled reports a middleware whose app is not installed. Further ones of
// that app follow from the first.
func (s *setup) notInstalled(app, link string, path checks.Path) checks.Message {
	m := checks.Errorf("middleware.E004", "%s belongs to the app %q, which is not in INSTALLED_APPS", link, app).
		On(path).WithHint("add %q to INSTALLED_APPS", app).Of(checks.Unbuildable)
	if first, ok := s.missed[app]; ok {
		return m.From("middleware.E004", first)
	}
	s.missed[app] = path
	return m
}

// findLink is the middleware of that name and its app: an installed one, if
// there is one, else one that a misspelt entry means.
func (s *setup) findLink(name string) (owner linkedApp, link middleware.Link, ok bool) {
	best := -1
	for _, app := range s.linked {
		i := slices.IndexFunc(app.links, func(l middleware.Link) bool { return l.Name == name })
		if i >= 0 && app.rank() > best {
			owner, link, ok, best = app, app.links[i], true, app.rank()
		}
	}
	return owner, link, ok
}

// rank says how surely an app is part of the project.
func (a linkedApp) rank() int {
	switch {
	case a.installed:
		return 2
	case a.meant:
		return 1
	}
	return 0
}

// findShared reports a middleware that two installed apps bring: which one would
// run is a matter of luck.
func (s *setup) findShared(name string, path checks.Path) {
	var owners []string
	for _, app := range s.linked {
		if app.installed && slices.ContainsFunc(app.links, func(l middleware.Link) bool { return l.Name == name }) {
			owners = append(owners, app.Name)
		}
	}
	if len(owners) > 1 {
		s.add(checks.Errorf("apps.E004", "the apps %s each bring a middleware %s: which one is meant can't be told", strings.Join(owners, " and "), name).
			On(path).WithHint("keep one of these apps in INSTALLED_APPS").Of(checks.Unbuildable))
	}
}

// unknownLink says what there is, the nearest name, and the import to add.
func (s *setup) unknownLink(name string) checks.Message {
	names, others := s.linkNames()
	m := checks.Errorf("middleware.E002", "no middleware is called %q; linked into this program: %s", name, others)
	if near := nearLink(name, names); near != "" {
		return m.WithHint("did you mean %q?", near)
	}
	if isStock(name) && !slices.ContainsFunc(names, isStock) {
		return m.WithHint("add _ %q to the imports of your manage/main.go: it brings Django's middleware under this name", stockImport)
	}
	if app, _, _ := strings.Cut(name, "."); known[app] != "" {
		if i := slices.IndexFunc(names, func(n string) bool { return strings.HasPrefix(n, app+".") }); i >= 0 {
			return m.WithHint("did you mean %q?", names[i])
		}
		return m.WithHint("add _ %q to the imports of your manage/main.go, and %q to INSTALLED_APPS", known[app], app)
	}
	return m.WithHint("take the entry out, or add the package of its app to the imports of your manage/main.go: _ \"example.org/the/package\"")
}

// stockImport is the package that brings the middleware of Django and of Settled.
const stockImport = "github.com/settled-go/settled/apps/stock"

// isStock says whether a name, which this program does not know, is likely to be of
// that package.
func isStock(name string) bool {
	return slices.ContainsFunc([]string{"django.middleware.", "whitenoise.middleware.", "settled.middleware."},
		func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// linkNames are all that MIDDLEWARE may name, and a text that leaves out those
// that every program has.
func (s *setup) linkNames() (names []string, text string) {
	var others []string
	builtin := false
	for _, app := range s.linked {
		for _, link := range app.links {
			names = append(names, link.Name)
			builtin = builtin || app.Builtin
			if !app.Builtin {
				others = append(others, link.Name)
			}
		}
	}
	slices.Sort(names)
	slices.Sort(others)
	switch {
	case !builtin:
		return names, list(others)
	case len(others) == 0:
		return names, "Settled's own (docs/middleware.md)"
	}
	return names, list(others) + ", and Settled's own (docs/middleware.md)"
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
