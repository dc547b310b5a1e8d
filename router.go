package settled

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/middleware"
)

// A router gives requests to the routes, with Django's pages where none matches.
type router struct {
	mux   *http.ServeMux
	marks map[string]middleware.Mark // by pattern; those that have some
}

func newRouter(mux *http.ServeMux, routes []appRoute) *router {
	r := &router{mux: mux, marks: map[string]middleware.Mark{}}
	for _, route := range routes {
		if route.Marks != 0 {
			r.marks[route.Pattern] = route.Marks
		}
	}
	return r
}

func (t *router) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.RequestURI == "*" {
		pages.Asterisk(w, r)
		return
	}
	h, pattern := t.mux.Handler(r)
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
		if h, pattern := s.router.mux.Handler(asked); isRoute(h, pattern) {
			return s.router.marksOf(pattern), true
		}
	}
	return 0, false
}
