package settled

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/middleware"
)

// A router gives requests to the routes, with Django's pages where none matches.
type router struct {
	mux    *http.ServeMux
	marks  map[string]middleware.Mark // by pattern; those that have some
	raw    map[string]http.Handler    // by pattern; those that take any path as it is
	around map[string]string          // by path without a slash: the pattern in raw that has it
}

func newRouter(mux *http.ServeMux, routes []appRoute) *router {
	r := &router{mux: mux, marks: map[string]middleware.Mark{}, raw: map[string]http.Handler{}, around: map[string]string{}}
	for _, route := range routes {
		if route.Marks != 0 {
			r.marks[route.Pattern] = route.Marks
		}
		if route.Marks.Has(middleware.RawPath) {
			r.raw[route.Pattern] = route.handler()
		}
	}
	for _, short := range slashlessOf(routes) {
		if around := r.rawAround(short); around != "" {
			r.around[short] = around
		}
	}
	return r
}

// find is the handler of a request and what it is registered for. What ServeMux would
// redirect goes to a route that takes paths as they are, as does a path that only lacks
// a slash: whether that is appended is for whoever is behind the route to say.
func (t *router) find(r *http.Request) (h http.Handler, pattern string) {
	h, pattern = t.mux.Handler(r)
	if len(t.raw) == 0 {
		return h, pattern
	}
	pattern = cmp.Or(t.around[pattern], pattern)
	if raw := t.raw[pattern]; raw != nil {
		return raw, pattern
	}
	return h, pattern
}

// rawAround is the innermost route that takes paths as they are and has those below
// path, "" for none.
func (t *router) rawAround(path string) string {
	best := ""
	for pattern := range t.raw {
		if strings.HasPrefix(path+"/", pattern) && len(pattern) > len(best) {
			best = pattern
		}
	}
	return best
}

func (t *router) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.RequestURI == "*" {
		pages.Asterisk(w, r)
		return
	}
	h, pattern := t.find(r)
	if !isRoute(h, pattern) {
		unmatched(w, r, h)
		return
	}
	if middleware.Views(w, r, t.marksOf(pattern)) {
		return
	}
	if hasWildcard(pattern) {
		t.mux.ServeHTTP(w, r) // only it can set the path's values
		return
	}
	r.Pattern = pattern
	h.ServeHTTP(w, r)
}

func (t *router) marksOf(pattern string) middleware.Mark {
	if len(t.marks) == 0 {
		return 0
	}
	return t.marks[pattern]
}

// hasWildcard says whether a pattern has more than a final {$}.
func hasWildcard(pattern string) bool {
	return strings.Contains(strings.TrimSuffix(pattern, "{$}"), "{")
}

// slashless stands where ServeMux would append a slash by itself.
type slashless struct{}

func (slashless) ServeHTTP(w http.ResponseWriter, r *http.Request) { noRoute(w, r) }

func isRoute(h http.Handler, pattern string) bool {
	_, none := h.(slashless)
	return pattern != "" && !none
}

// Resolves says whether the site that serves r has a route for the path, with any
// method, and which marks that has. It is for middleware that redirects; outside
// of a site nothing resolves. path is percent-decoded.
func Resolves(r *http.Request, path string) (marks middleware.Mark, ok bool) {
	s, served := siteFrom(r.Context())
	if !served {
		return 0, false
	}
	for _, method := range []string{r.Method, http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete} {
		asked := &http.Request{Method: method, Host: r.Host, URL: &url.URL{Path: path}}
		if h, pattern := s.router.find(asked); isRoute(h, pattern) {
			return s.router.marksOf(pattern), true
		}
	}
	return 0, false
}
