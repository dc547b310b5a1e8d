package corsheaders

import (
	"log/slog"
	"net/http"
	"sync"

	"github.com/settled-go/settled/middleware"
)

// A layer is the CORS middleware around one handler.
type layer struct {
	policy *policy
	next   http.Handler
	log    *slog.Logger // nil: says nothing
	said   *sync.Map    // what log has said: warning
}

// wrap is the middleware with a policy.
func (p *policy) wrap(log *slog.Logger) middleware.Func {
	said := new(sync.Map)
	return func(next http.Handler) http.Handler {
		if next == nil {
			panic("corsheaders: the handler to wrap is nil")
		}
		return &layer{policy: p, next: next, log: log, said: said}
	}
}

// ServeHTTP answers a preflight request itself. All others pass, with a guard
// on the response. If the handler panics before the response has begun, the
// headers are there for whoever outside answers instead.
func (l *layer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	grant, origin := l.policy.judge(r)
	switch {
	case !grant.has(enabled):
		l.next.ServeHTTP(w, r)
	case isPreflight(r):
		l.policy.answerPreflight(w, grant, origin)
	default:
		g := newGuard(l, w, r, grant, origin)
		defer g.prepare()
		l.next.ServeHTTP(g, r)
	}
}

// isPreflight takes every OPTIONS that names a method to be one, with or
// without an Origin, as django-cors-headers does.
func isPreflight(r *http.Request) bool {
	if r.Method != http.MethodOptions {
		return false
	}
	_, found := r.Header["Access-Control-Request-Method"]
	return found
}

// answerPreflight answers 200 to whoever asks: the headers say who is let in.
// It looks at nothing that the request asks for, so that no request is dearer
// than another.
func (p *policy) answerPreflight(w http.ResponseWriter, g grant, origin string) {
	h := w.Header()
	room := make([]string, 1+g.headers()+len(h["Vary"]))
	p.writeHeaders(h, g, origin, room[1:])
	set(h, "Content-Length", "0", room)
	w.WriteHeader(http.StatusOK)
}

// A warning is a header of a route that was taken out of a response.
type warning struct{ route, header string }

// report logs which headers the handler set itself, once a route, since it may
// look for them in vain.
func (g *longGuard) report(h http.Header) {
	if g.layer.log == nil {
		return
	}
	for key, values := range h {
		if !isCORS(key) || g.owns(values) {
			continue
		}
		if _, said := g.layer.said.LoadOrStore(warning{g.request.Pattern, key}, true); !said {
			g.layer.log.Warn("corsheaders took out a header that a handler set: the CORS_* settings decide about it",
				"header", key, "route", g.request.Pattern, "method", g.request.Method, "path", g.request.URL.Path)
		}
	}
}

// owns says whether the guard itself wrote the values, before an informational
// response.
func (g *longGuard) owns(values []string) bool {
	for i := range g.room {
		if len(values) > 0 && &values[0] == &g.room[i] {
			return true
		}
	}
	return false
}
