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
	e := &editor{[]string{strings.ToUpper(s.XFrameOptions)}}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			wrapped.Serve(next, w, r, e)
		})
	}, nil
}

// Exempt lets a response be framed by anyone: Django's xframe_options_exempt. Call it
// before the response begins.
func Exempt(w http.ResponseWriter) { w.Header()[header] = nil }

// editor sets the header. Its value is shared by all responses: whoever appends to it
// gets a copy.
type editor struct{ value []string }

// EditHeader is for wrapped.Editor.
func (e *editor) EditHeader(h http.Header, _ *http.Request, status int) int {
	if _, set := h[header]; !set {
		h[header] = e.value
	}
	return status
}
