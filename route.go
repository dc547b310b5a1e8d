package settled

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/pages"
)

// appRoute is a Route and the app that brings it.
type appRoute struct {
	Route
	app string
}

// routes are the routes of all apps, in their order, with their patterns joined
// to where the apps are mounted.
func (p *Project) routes() []appRoute {
	var routes []appRoute
	for _, info := range p.apps {
		if r, ok := info.App.(Router); ok {
			for _, mount := range p.mounts(info.Name) {
				for _, route := range r.Routes() {
					route.Pattern = join(mount, route.Pattern)
					routes = append(routes, appRoute{route, info.Name})
				}
			}
		}
	}
	return routes
}

// String is the route with its app and where it was written.
func (r appRoute) String() string {
	if r.place == "" {
		return fmt.Sprintf("%q of app %q", r.Pattern, r.app)
	}
	return fmt.Sprintf("%q of app %q (%s)", r.Pattern, r.app, r.place)
}

// checkRoutes reports routes that can't be served together.
func checkRoutes(p *Project) checks.Messages {
	_, ms := p.mux()
	return ms
}

// mux joins all routes into one ServeMux. The messages name those left out.
func (p *Project) mux() (*http.ServeMux, checks.Messages) {
	mux, ms := http.NewServeMux(), checks.Messages(nil)
	var done []appRoute
	for _, route := range p.routes() {
		if problem := add(mux, route); problem != "" {
			ms = append(ms, p.routeMessage(route, done, problem))
			continue
		}
		done = append(done, route)
	}
	taken := map[string]bool{}
	for _, route := range done {
		taken[pathOf(route.Pattern)] = true
	}
	for _, path := range slices.Sorted(maps.Keys(taken)) {
		keepSlash(mux, path, taken)
	}
	return mux, ms
}

// add registers a route, and returns what ServeMux has against it.
func add(mux *http.ServeMux, r appRoute) (problem string) {
	if r.Handler == nil {
		return "the handler is nil"
	}
	defer func() {
		if value := recover(); value != nil {
			problem = fmt.Sprint(value)
		}
	}()
	mux.Handle(r.Pattern, r.Handler)
	return ""
}

// routeMessage finds out whether the route is in another's way or wrong by
// itself.
func (p *Project) routeMessage(r appRoute, done []appRoute, problem string) checks.Message {
	for _, other := range done {
		mux := http.NewServeMux()
		mux.Handle(other.Pattern, other.Handler)
		if add(mux, r) != "" && add(http.NewServeMux(), r) == "" {
			return checks.Errorf("urls.E101", "the routes %v and %v overlap, and neither is more specific", other, r).
				On(p.listed(r.app)).See(p.listed(other.app), "the other app").
				WithHint("change one of the two patterns, or serve one of the apps elsewhere with URLS").Of(checks.Unbuildable)
		}
	}
	return checks.Errorf("urls.E103", "the route %v can't be served: %s", r, problem).
		On(p.listed(r.app)).
		WithHint("write the pattern as \"[METHOD ]/path\", as http.ServeMux takes it").Of(checks.Unbuildable)
}

// pathOf is a pattern without its method.
func pathOf(pattern string) string {
	_, path, hasMethod := strings.Cut(pattern, " ")
	if !hasMethod {
		path = pattern
	}
	return strings.TrimLeft(path, " \t")
}

// keepSlash registers "/x" as not found for a path "/x/": otherwise ServeMux
// would redirect by itself, and whether a slash is appended is the project's to
// decide. Where a route has "/x", that route decides.
func keepSlash(mux *http.ServeMux, path string, taken map[string]bool) {
	i := strings.LastIndexByte(path, '/')
	last := path[i+1:]
	if i <= 0 || last != "" && last != "{$}" && !strings.HasSuffix(last, "...}") || taken[path[:i]] {
		return
	}
	// One that overlaps it with another wildcard decides, too.
	_ = add(mux, appRoute{Route: Route{Pattern: path[:i], Handler: http.HandlerFunc(pages.NotFound)}})
}
