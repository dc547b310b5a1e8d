package settled

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/nearest"
)

// mount looks for the apps that URLS names.
func (s *setup) mount() {
	urls := s.project.core.settings.URLs
	for _, path := range slices.Sorted(maps.Keys(urls)) {
		name := urls[path]
		i := slices.IndexFunc(s.linked, func(a linkedApp) bool { return a.Name == name && (a.installed || a.meant) })
		// An app that is listed and not known has its message already.
		if i < 0 && s.project.listed(name) == "" {
			s.add(s.notMounted(name).On(urlsEntry(path)).Of(checks.Unbuildable))
		}
	}
}

func (s *setup) notMounted(name string) checks.Message {
	var installed []string
	for _, info := range s.project.apps {
		installed = append(installed, info.Name)
	}
	m := checks.Errorf("urls.E102", "URLS names the app %q, which is not installed: its routes can't be served", name)
	if near := nearest.Name(name, installed); near != "" {
		return m.WithHint("did you mean %q?", near)
	}
	return m.WithHint("add %q to INSTALLED_APPS, or take the entry out", name)
}

// mounts are the paths under which an app's routes are served, in the order in
// which URLS has them; "" is the root for an app that is not in it.
func (p *Project) mounts(app string) []string {
	var mounts []string
	for path, name := range p.core.settings.URLs {
		if name == app {
			mounts = append(mounts, path)
		}
	}
	if len(mounts) == 0 {
		return []string{""}
	}
	slices.SortFunc(mounts, func(a, b string) int {
		at, other := p.file.Origin(urlsEntry(a)).Start, p.file.Origin(urlsEntry(b)).Start
		return cmp.Or(cmp.Compare(at.Line, other.Line), cmp.Compare(at.Column, other.Column), cmp.Compare(a, b))
	})
	return mounts
}

// urlsEntry is the setting that mounts an app at a path.
func urlsEntry(path string) checks.Path { return checks.Path("URLS").Key(path) }

// join puts a pattern of http.ServeMux below a mount: "GET /{id}" below "/polls/"
// is "GET /polls/{id}".
func join(mount, pattern string) string {
	method, path := splitPattern(pattern)
	if !strings.HasPrefix(path, "/") {
		return pattern // which is a fault
	}
	return withMethod(method, strings.TrimSuffix(mount, "/")+path)
}

// findMounts is the rule about the paths of URLS.
func findMounts(_, value any) checks.Messages {
	var ms checks.Messages
	for path := range value.(map[string]string) {
		if problem := mountFault(path); problem != nil {
			ms = append(ms, checks.Errorf("core.E002", "the path %q in {name} %s: nothing can be served there", path, problem.text).
				On(checks.Path("").Key(path)).WithHint("%s", problem.hint).Of(checks.Unbuildable))
		}
	}
	return ms
}

// mountFault is what a path of URLS has wrong, nil for nothing.
func mountFault(path string) *fault {
	switch {
	case !strings.HasPrefix(path, "/") && strings.Contains(path, " "):
		return &fault{"holds a blank", "write the path alone: methods belong to the app's routes"}
	case !strings.HasPrefix(path, "/") || !strings.HasSuffix(path, "/") || strings.Contains(path, "//"):
		return &fault{"does not begin and end with one slash", fmt.Sprintf("write %q", clean(path))}
	case strings.Contains(path, " "):
		return &fault{"holds a blank", fmt.Sprintf("write %q", strings.ReplaceAll(path, " ", "%20"))}
	case cleanPath(path) != path:
		return &fault{"holds \".\" or \"..\", which no request has in its path", fmt.Sprintf("write %q", cleanPath(path))}
	case add(http.NewServeMux(), appRoute{Route: Route{Pattern: path, Handler: http.NotFoundHandler()}}) != nil:
		return &fault{"holds a brace and no proper wildcard", "a wildcard is a whole part of the path and has a name of its own: \"/teams/{team}/\""}
	}
	return nil
}

func clean(path string) string {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	if len(parts) == 0 {
		return "/"
	}
	return "/" + strings.Join(parts, "/") + "/"
}
