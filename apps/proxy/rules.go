package proxy

import (
	"net/url"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// What Host may be beside a name.
const (
	hostClient   = "client"
	hostUpstream = "upstream"
)

// Rules are the validate tags of Settings' own.
func (Settings) Rules() []settings.Rule {
	return []settings.Rule{{Tag: "proxy_routes", Find: findBadRoutes}}
}

// findBadRoutes looks at each route, and then for two of the same path.
func findBadRoutes(all, value any) (ms checks.Messages) {
	s := all.(Settings)
	for i, r := range value.([]Route) {
		at := checks.Path("").Index(i)
		ms = append(ms, findBadPath(r, at)...)
		if j := s.first(i); j != i {
			ms = append(ms, checks.Errorf("proxy.E105", "two routes are for the path %q: only one of them could answer", r.Path).
				On(at.Key("path")).See(checks.Path("").Index(j).Key("path"), "the other one").
				WithHint("take one out; several servers for one path are upstreams = [\"http://...\", \"http://...\"]"))
		}
		ms = append(ms, findBadServers(r, at)...)
		ms = append(ms, findBadRewrite(r, at)...)
		ms = append(ms, findBadHost(r, at)...)
		ms = append(ms, findBadHeaders(r, at)...)
	}
	for i := range ms {
		if ms[i].Level >= checks.Error {
			ms[i] = ms[i].Of(checks.Unbuildable)
		}
	}
	return ms
}

// first is the number of the first route that has the path of the route i.
func (s Settings) first(i int) int {
	for j, r := range s.Routes[:i] {
		if plain(r.Path) == plain(s.Routes[i].Path) && pathFault(r.Path) == nil {
			return j
		}
	}
	return i
}

// plain is a path without percent-encoding, as http.ServeMux compares paths.
func plain(path string) string {
	if unescaped, err := url.PathUnescape(path); err == nil {
		return unescaped
	}
	return path
}

func findBadPath(r Route, at checks.Path) checks.Messages {
	if r.Path == "" {
		return checks.Messages{checks.Errorf("proxy.E101", "a route of {name} has no path: it is not known what to pass on").
			On(at).WithHint("add path = \"/\" for everything that the project's apps leave, or a part: path = \"/api/\"")}
	}
	if f := pathFault(r.Path); f != nil {
		return checks.Messages{checks.Errorf("proxy.E101", "the path %q of a route %s", settings.HideText(r.Path), f.text).
			On(at.Key("path")).WithHint("%s", f.hint)}
	}
	return nil
}

// A flaw is what a value has wrong, as the rest of a sentence, and what to do.
type flaw struct{ text, hint string }

// pathFault is what a path has wrong, nil for nothing.
func pathFault(path string) *flaw {
	_, err := url.PathUnescape(path)
	switch {
	case strings.Contains(path, "://"):
		return &flaw{"is an address", "write the path alone, \"/api/\": for which hosts this site answers is for ALLOWED_HOSTS to say"}
	case strings.ContainsAny(path, " \t"):
		return &flaw{"holds a blank", "write the path alone: all methods are passed on, but for those that a route of an app has"}
	case strings.ContainsAny(path, "{}*"):
		return &flaw{"holds a wildcard, and a route has all that is below its path anyway", "write the part before the wildcard: \"/api/\""}
	case strings.ContainsAny(path, "?#"):
		return &flaw{"holds a query or a fragment, by which no route is chosen", "write the path alone: \"/api/\""}
	case err != nil:
		return &flaw{"is no valid percent-encoding: no request has such a path", "write % as %25"}
	case climbs(path) || strings.Contains(path, "/./"):
		return &flaw{"holds \".\" or \"..\", which no request has in its path", "write the path that is meant"}
	case !strings.HasPrefix(path, "/") || !strings.HasSuffix(path, "/") || strings.Contains(path, "//"):
		return &flaw{"does not begin and end with one slash", "write \"" + slashed(path) + "\", which is this path and all that is below it"}
	}
	return nil
}

// slashed is a path with single slashes.
func slashed(path string) string {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	if len(parts) == 0 {
		return "/"
	}
	return "/" + strings.Join(parts, "/") + "/"
}

func findBadRewrite(r Route, at checks.Path) checks.Messages {
	if r.Rewrite == "" {
		return nil
	}
	f := pathFault(r.Rewrite)
	if f == nil {
		return nil
	}
	return checks.Messages{checks.Errorf("proxy.E107", "the rewrite %q of a route %s", settings.HideText(r.Rewrite), f.text).On(at.Key("rewrite")).
		WithHint("write what stands for the route's path in what the server is asked for: \"/\" takes it off, \"/v2/\" replaces it")}
}

func findBadHost(r Route, at checks.Path) checks.Messages {
	switch {
	case r.Host == "" || r.Host == hostClient || r.Host == hostUpstream:
		return nil
	case strings.Contains(r.Host, "://") || strings.ContainsAny(r.Host, "/ \t\"\\,;@<>{}$"):
		return checks.Messages{checks.Errorf("proxy.E108", "the host %q of a route is no name of a host: servers would refuse it", settings.HideText(r.Host)).
			On(at.Key("host")).WithHint("write \"client\" for the host that the client asked for, \"upstream\" for the server's own, or a name: \"old.example.com\"")}
	}
	return nil
}

// checkMounts is about URLS, which has nothing to say of these paths.
func checkMounts(p *settled.Project) (ms checks.Messages) {
	urls, _ := settled.Value[map[string]string](p, "URLS")
	for path, name := range urls {
		if name == "proxy" {
			ms = append(ms, checks.Errorf("proxy.E110", "URLS has the app \"proxy\" at %q: the paths of PROXY_ROUTES are whole ones and begin at the root", path).
				On(checks.Path("URLS").Key(path)).WithHint("take the entry out, and write the whole path in PROXY_ROUTES").Of(checks.Unbuildable))
		}
	}
	return ms
}

// checkRoutes reports an app that does nothing.
func (a *App) checkRoutes(*settled.Project) checks.Messages {
	if len(a.settings.Routes) > 0 {
		return nil
	}
	return checks.Messages{checks.Warningf("proxy.W102", "the app \"proxy\" is installed and PROXY_ROUTES has no route: nothing is passed on").
		On("INSTALLED_APPS").WithHint("add a [[PROXY_ROUTES]] table with path = \"/\" and upstream = \"http://127.0.0.1:9000\", or take the app out")}
}
