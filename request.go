package settled

import (
	"context"
	"net/http"
	"strings"

	"github.com/settled-go/settled/middleware"
)

type siteKey struct{}

// siteFrom returns the site that answers the request whose context ctx is, or
// one made from that. ok is false for a context that no site's handler made.
func siteFrom(ctx context.Context) (s *Site, ok bool) {
	s, ok = ctx.Value(siteKey{}).(*Site)
	return s, ok
}

// AppOf returns the installed app of a type of the site that answers r. ok is false
// for a request that no site's handler made, too.
func AppOf[A App](r *http.Request) (app A, ok bool) {
	s, ok := siteFrom(r.Context())
	if !ok {
		return app, false
	}
	return Get[A](s.project)
}

// carry makes the site known to everything inside the chain, the chain too: Reverse
// and the pages ask for it, and so does whoever logs, to hide secrets. That costs each
// request two allocations, in which there is room for what middleware notes.
func (s *Site) carry(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		serveInner(next, w, r, middleware.Carry(r, siteKey{}, s))
	})
}

// serveWith serves a request whose context has one value more.
func serveWith(next http.Handler, w http.ResponseWriter, r *http.Request, key, value any) {
	serveInner(next, w, r, r.WithContext(context.WithValue(r.Context(), key, value)))
}

// serveInner serves inner in the place of r.
func serveInner(next http.Handler, w http.ResponseWriter, r, inner *http.Request) {
	// net/http removes the files of an upload through the request it made.
	defer func() { r.MultipartForm, r.Pattern = inner.MultipartForm, inner.Pattern }()
	next.ServeHTTP(w, inner)
}

type mountKey struct{}

// mounted is where the request came in, for Reverse.
type mounted struct {
	app, mount string
	prefix     string // of the path, without a slash at the end: what the mount stands for
}

// isAbove says whether the request came in where the target is.
func (m *mounted) isAbove(t *target) bool { return m.app == t.app && m.mount == t.mount }

// handler is the route's handler. That of a route which may be in several places
// knows in which.
func (r appRoute) handler() http.Handler {
	if !r.placed {
		return r.Handler
	}
	slashes := strings.Count(r.mount, "/")
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		at := &mounted{app: r.app, mount: r.mount, prefix: firstSegments(req.URL.EscapedPath(), slashes-1)}
		serveWith(r.Handler, w, req, mountKey{}, at)
	})
}

// firstSegments is a path up to the slash after n segments.
func firstSegments(path string, n int) string {
	for i := 1; i < len(path); i++ {
		if path[i] == '/' {
			if n--; n == 0 {
				return path[:i]
			}
		}
	}
	return ""
}
