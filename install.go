package settled

import (
	"go/token"
	"maps"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/django"
	"github.com/settled-go/settled/internal/nearest"
)

// known are import paths of apps that a program may have forgotten to import.
var known = map[string]string{
	"corsheaders":                "github.com/settled-go/settled/apps/corsheaders",
	"django.contrib.staticfiles": "github.com/settled-go/settled/apps/staticfiles",
	"proxy":                      "github.com/settled-go/settled/apps/proxy",
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
	if s.failed("INSTALLED_APPS") && len(first) == 0 {
		s.unreadable = true
		for i := range s.linked {
			s.linked[i].meant = !s.linked[i].installed
		}
	}
}

func (s *setup) installApp(name string, path checks.Path) {
	i := slices.IndexFunc(s.linked, func(a linkedApp) bool { return a.Name == name })
	switch {
	case i < 0:
		s.add(s.unknownApp(name).On(path).Of(checks.Unbuildable))
	case s.linked[i].Builtin:
		s.add(checks.Errorf("apps.E003", "app %q is built in: it is installed without being listed", name).
			On(path).WithHint("take it out of INSTALLED_APPS").Of(checks.Unbuildable))
	default:
		s.linked[i].installed = true
		s.project.apps = append(s.project.apps, s.linked[i].AppInfo)
	}
}

// unknownApp says what there is, the nearest name, and the import to add.
func (s *setup) unknownApp(name string) checks.Message {
	var names []string
	for _, app := range s.linked {
		if !app.Builtin {
			names = append(names, app.Name)
		}
	}
	m := checks.Errorf("apps.E001", "no app is called %q; linked into this program: %s", name, list(names))
	if hint := django.App(name); hint != "" {
		return m.WithHint("%s", hint)
	}
	if near := nearApp(name, names); near != "" {
		i := slices.IndexFunc(s.linked, func(a linkedApp) bool { return a.Name == near })
		s.linked[i].meant = true
		return m.WithHint("did you mean %q?", near)
	}
	if known[name] != "" {
		return m.WithHint("add _ %q to the imports of your manage/main.go: it brings this app", known[name])
	}
	if near := nearApp(name, slices.Sorted(maps.Keys(known))); near != "" {
		return m.WithHint("did you mean %q? Then add _ %q to the imports of your manage/main.go too", near, known[near])
	}
	return m.WithHint("add the package that registers it to the imports of your manage/main.go: _ %q", likelyImport(name))
}

// likelyImport is where startapp puts an app of this program's module; for what
// can't be one, an example.
func likelyImport(name string) string {
	info, ok := debug.ReadBuildInfo()
	if ok && token.IsIdentifier(name) && info.Main.Path != "" && info.Main.Path != "github.com/settled-go/settled" {
		return info.Main.Path + "/" + name
	}
	return "example.org/the/package"
}

// nearApp also knows Django's longer form of an entry, "polls.apps.PollsConfig", the
// label that stands at the end of one, and the name under which a package is installed, "django-cors-headers".
func nearApp(name string, names []string) string {
	if near := nearest.Name(name, names); near != "" {
		return near
	}
	for _, known := range names {
		if strings.HasSuffix(known, "."+name) { // "staticfiles", the label of Django's app
			return known
		}
	}
	label, _, _ := strings.Cut(strings.TrimPrefix(name, "django-"), ".")
	return nearest.Name(label, names)
}
