package settled

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/places"
)

// RouteInfo is a route as a project serves it.
type RouteInfo struct {
	Method  string // "" for all
	Pattern string // the path, joined to the mount: "/polls/{id}"
	App     string
	Name    string // "" for none; settled.Reverse takes App:Name
	// Place is the file:line where Path was called, or of the setting that makes
	// the route; "" for a Route that was made without Path.
	Place string
	// Target is where requests are passed on to; "" for a route that answers.
	Target string
	// Mount is the path under which URLS has the app, or "/".
	Mount string
}

// Routes are the routes of the installed apps, joined to where the apps are
// mounted: in the order of INSTALLED_APPS, an app that is mounted at several
// paths once for each, in the order of URLS. Routes that can't be served, which
// check reports, are among them.
func (p *Project) Routes() []RouteInfo {
	var infos []RouteInfo
	for _, r := range p.routes() {
		method, path := splitPattern(r.Pattern)
		infos = append(infos, RouteInfo{Method: method, Pattern: path, App: r.app, Name: r.Name, Place: r.place, Target: r.target, Mount: cmp.Or(r.mount, "/")})
	}
	return infos
}

// lineOf is a place in a settings file as Path notes those in source code.
func lineOf(at checks.Range) string {
	if at.Start.Line == 0 {
		return at.File
	}
	return at.File + ":" + strconv.Itoa(at.Start.Line)
}

// appRoute is a Route, joined to its mount, and the app that brings it.
type appRoute struct {
	Route
	app   string
	mount string // a path of URLS, or "" when the app is not in it
	// placed says that the app is mounted at several paths, or at one that holds
	// a wildcard.
	placed bool
}

// routes are the routes of all apps, in their order, with their patterns joined
// to where the apps are mounted.
func (p *Project) routes() []appRoute {
	var routes []appRoute
	for _, info := range p.apps {
		r, ok := info.App.(Router)
		if !ok {
			continue
		}
		own := r.Routes()
		mounts := p.mounts(info.Name)
		placed := len(mounts) > 1 || strings.Contains(mounts[0], "{")
		for _, mount := range mounts {
			for _, route := range own {
				if route.Develop && !p.servesDevelop() {
					continue
				}
				route.Pattern = join(mount, route.Pattern)
				if route.setting != "" {
					route.place = lineOf(p.file.Origin(route.setting))
				}
				routes = append(routes, appRoute{route, info.Name, mount, placed})
			}
		}
	}
	return routes
}

// ServeDevelop has the routes that are for development served, or not served,
// whatever DEBUG is. Call it before Check and Start.
func (p *Project) ServeDevelop(serve bool) { p.develop = &serve }

func (p *Project) servesDevelop() bool {
	if p.develop != nil {
		return *p.develop
	}
	return p.Debug()
}

// String is the route with its app and where it was written.
func (r appRoute) String() string {
	if r.place == "" {
		return fmt.Sprintf("%q of app %q", r.Pattern, r.app)
	}
	return fmt.Sprintf("%q of app %q (%s)", r.Pattern, r.app, places.Short(r.place))
}

// splitPattern takes a pattern of http.ServeMux apart: "GET /{id}" is "GET" and
// "/{id}".
func splitPattern(pattern string) (method, path string) {
	i := strings.IndexAny(pattern, " \t")
	if i < 0 {
		return "", pattern
	}
	return pattern[:i], strings.TrimLeft(pattern[i:], " \t")
}
