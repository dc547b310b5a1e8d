package conditional

import (
	"net/http"
	"strings"

	"github.com/settled-go/settled/internal/wrapped"
)

// A judge is the keeper of a request with conditions.
type judge struct {
	keeper
	// outer are the names of the headers that layers further out have set on the
	// request's way in.
	outer []string
}

func newJudge(h http.Header) *judge {
	j := &judge{}
	for name := range h {
		j.outer = append(j.outer, name)
	}
	return j
}

// Hold is for wrapped.Keeper: a body of which no ETag is made need not be known, but
// the response is judged all the same.
func (j *judge) Hold(h http.Header, r *http.Request, status int) int {
	return max(j.keeper.Hold(h, r, status), 0)
}

// Send is for wrapped.Keeper.
func (j *judge) Send(w http.ResponseWriter, r *http.Request, b wrapped.Beginning) wrapped.Body {
	h := w.Header()
	setETag(h, b)
	switch verdict(r, h, b.Status) {
	case http.StatusNotModified:
		j.keep(h, validators[:]...)
		w.WriteHeader(http.StatusNotModified)
		return nothing{}
	case http.StatusPreconditionFailed:
		j.keep(h)
		h["Content-Type"] = []string{"text/html; charset=utf-8"} // Django's
		h["Content-Length"] = []string{"0"}
		w.WriteHeader(http.StatusPreconditionFailed)
		return nothing{}
	}
	return j.keeper.Send(w, r, b)
}

// validators are what Django leaves on a 304 (RFC 9110, section 15.4.5).
var validators = [...]string{"Cache-Control", "Content-Location", "Date", "Etag", "Expires", "Last-Modified", "Set-Cookie", "Vary"}

// keep takes all headers out but the given ones, those of layers further out, and
// those without which a page's script may not read the answer.
func (j *judge) keep(h http.Header, names ...string) {
	for name := range h {
		if !has(names, name) && (!has(j.outer, name) || describesBody(name)) && !strings.HasPrefix(name, "Access-Control-") {
			delete(h, name)
		}
	}
}

func describesBody(name string) bool {
	return name == "Etag" || name == "Content-Type" || name == "Content-Length" || name == "Content-Encoding" || name == "Last-Modified"
}

func has(names []string, name string) bool {
	for _, n := range names {
		if n == name {
			return true
		}
	}
	return false
}

// nothing is where the body of a handler goes that is not sent.
type nothing struct{}

func (nothing) Write(p []byte) (int, error) { return len(p), nil }
func (nothing) Flush() error                { return nil }
func (nothing) Close() error                { return nil }
func (nothing) Abort()                      {}
