// Package clickjacking keeps other sites from showing this one in a frame, as
// Django's middleware of that name does.
package clickjacking

import (
	"net/http"
	"strings"

	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// Traits: it sets a header, wherever it stands.
var Traits = middleware.Traits{}

const header = "X-Frame-Options"

// New makes the middleware, which sets the header on every response that has none. A
// handler that may be framed calls Exempt.
func New(s Settings) (middleware.Func, error) {
	e := &editor{strings.ToUpper(s.XFrameOptions)}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			wrapped.Serve(next, w, r, e)
		})
	}, nil
}

type exemptKey struct{}

// Exempt lets the response to r be framed by anyone: Django's
// xframe_options_exempt.
func Exempt(r *http.Request) { middleware.Note(r, exemptKey{}, true) }

type editor struct{ value string }

// EditHeader is for wrapped.Editor.
func (e *editor) EditHeader(h http.Header, r *http.Request, status int) int {
	if _, set := h[header]; !set && r.Context().Value(exemptKey{}) == nil {
		h[header] = []string{e.value}
	}
	return status
}
