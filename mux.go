package settled

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
)

// mux joins all routes into one ServeMux. The messages name those left out.
func (p *Project) mux() (*http.ServeMux, checks.Messages) {
	mux, ms := http.NewServeMux(), checks.Messages(nil)
	var done []appRoute
	for _, route := range p.routes() {
		if problem := add(mux, route); problem != nil {
			ms = append(ms, p.routeMessage(route, done, problem))
			continue
		}
		done = append(done, route)
	}
	for _, short := range slashlessOf(done) {
		// One that overlaps it with another wildcard decides, too.
		_ = add(mux, appRoute{Route: Route{Pattern: short, Handler: slashless{}}})
	}
	return mux, ms
}

// add registers a route, and returns what is wrong with it.
func add(mux *http.ServeMux, r appRoute) (problem *fault) {
	if problem := r.fault(); problem != nil {
		return problem
	}
	defer func() {
		if value := recover(); value != nil {
			problem = &fault{fmt.Sprint(value), "write the pattern as \"[METHOD ]/path\", as http.ServeMux takes it"}
		}
	}()
	mux.Handle(r.Pattern, r.handler())
	return nil
}

// slashlessOf are the paths "/x" for routes that have "/x/". They are registered as not
// found: otherwise ServeMux would redirect by itself, and whether a slash is appended is
// the project's to decide. Where a route has "/x", that route decides.
func slashlessOf(routes []appRoute) (short []string) {
	taken := map[string]bool{}
	for _, route := range routes {
		_, path := splitPattern(route.Pattern)
		taken[path] = true
	}
	for _, path := range slices.Sorted(maps.Keys(taken)) {
		i := strings.LastIndexByte(path, '/')
		last := path[i+1:]
		ends := last == "" || last == "{$}" || strings.HasSuffix(last, "...}")
		if i > 0 && ends && !taken[path[:i]] {
			short = append(short, path[:i])
		}
	}
	return short
}
