// Package csrf refuses requests that a page of another site has made a browser send,
// as Django's CsrfViewMiddleware does: by the request's origin, and by a token that is
// in a cookie and in the page. Token gives a handler the token for its page.
package csrf

import (
	"log/slog"
	"net/http"
	"sync"

	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// Traits: it refuses requests.
var Traits = middleware.Traits{Is: middleware.CSRF | middleware.Answers}

// New makes the middleware. The error says which setting can't be used. Functions of s
// that are nil are those of Defaults.
//
// In a site the check waits for the route, so that unknown paths are 404, and routes
// marked middleware.CSRFExempt pass. Elsewhere every request is checked at once. It is
// safe for concurrent use.
func New(s Settings) (middleware.Func, error) {
	if err := s.fault(); err != nil {
		return nil, err
	}
	p := newProtection(s)
	return func(next http.Handler) http.Handler {
		atOnce := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !p.ServeView(w, r, 0) {
				next.ServeHTTP(w, r)
			}
		})
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r = p.note(r)
			if isSafe(r.Method) || middleware.OnView(r, p) {
				wrapped.Serve(next, w, r, p)
				return
			}
			wrapped.Serve(atOnce, w, r, p)
		})
	}, nil
}

// A protection is the middleware with its settings read.
type protection struct {
	Settings
	trusted trusted
	header  string // in the form of http.Header
	cookie  attributes
	// headersDo says that the token is for those alone of whom the headers say nothing.
	headersDo bool
	// fetch judges requests without an Origin header by Sec-Fetch-Site.
	fetch http.CrossOriginProtection

	entering sync.Mutex // while the state of a request is made
}

func newProtection(s Settings) *protection {
	defaults := Defaults()
	if s.Failed == nil {
		s.Failed = defaults.Failed
	}
	if s.TooLarge == nil {
		s.TooLarge = defaults.TooLarge
	}
	if s.IsSecure == nil {
		s.IsSecure = defaults.IsSecure
	}
	if s.Host == nil {
		s.Host = defaults.Host
	}
	if s.Port == nil {
		s.Port = defaults.Port
	}
	return &protection{Settings: s, trusted: readTrusted(s.TrustedOrigins), header: HTTPHeader(s.HeaderName), cookie: s.attributes(),
		headersDo: s.Check == "headers"}
}

// isSafe holds for the methods that must not change anything (RFC 9110, section
// 9.2.1), and so need no protection.
func isSafe(method string) bool {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace:
		return true
	}
	return false
}

// ServeView is for middleware.View.
func (p *protection) ServeView(w http.ResponseWriter, r *http.Request, marks middleware.Mark) (answered bool) {
	if marks.Has(middleware.CSRFExempt) {
		return false
	}
	switch v := p.judge(r); {
	case v.tooLarge:
		p.TooLarge(w, r, v.why)
	case v.why != "":
		p.Failed(w, r, v.why)
	default:
		return false
	}
	return true
}

// refuse answers without saying why, which the log does.
func refuse(status int, text string) func(http.ResponseWriter, *http.Request, string) {
	return func(w http.ResponseWriter, r *http.Request, why string) {
		slog.WarnContext(r.Context(), printable.Line(http.StatusText(status)+" ("+why+"): "+r.URL.Path))
		http.Error(w, text, status)
	}
}
