// Package requestid gives each request an id: in the header of the answer, whatever
// that is, for handlers, and for the log.
package requestid

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
	"net/http"

	"github.com/settled-go/settled/internal/requestid"
	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// Traits: whoever logs wants the id.
var Traits = middleware.Traits{Is: middleware.Identifies}

// New makes the middleware. An id comes from a trusted proxy, if it is short and of
// harmless characters, or is made up: 128 random bits. It replaces what else the
// request and the response have in the header.
func New(s Settings) (middleware.Func, error) {
	if !IsHeader(s.RequestIDHeader) {
		return nil, fmt.Errorf("REQUEST_ID_HEADER: %q is not the name of a header", s.RequestIDHeader)
	}
	header, trusted := http.CanonicalHeaderKey(s.RequestIDHeader), s.FromTrustedProxy
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			e := &exchange{header: header, id: inbound(r, header, trusted)}
			if e.id == "" {
				e.id = e.fresh()
			}
			e.request[0] = e.id
			r.Header[header] = e.request[:]
			inner := requestid.With(r, &e.id)
			if inner != r {
				// net/http removes the files of an upload through the request it made.
				defer func() { r.MultipartForm, r.Pattern = inner.MultipartForm, inner.Pattern }()
			}
			wrapped.Serve(next, w, inner, e)
		})
	}, nil
}

// From is the id of the request that ctx is of, "" for none.
func From(ctx context.Context) string { return requestid.From(ctx) }

// exchange is one allocation for all that a request needs.
type exchange struct {
	header            string
	id                string
	request, response [1]string
	random            [16]byte
	digits            [32]byte
}

// EditHeader is for wrapped.Editor.
func (e *exchange) EditHeader(h http.Header, _ *http.Request, status int) int {
	e.response[0] = e.id
	h[e.header] = e.response[:]
	return status
}

func (e *exchange) fresh() string {
	_, _ = rand.Read(e.random[:]) // never fails
	hex.Encode(e.digits[:], e.random[:])
	return string(e.digits[:])
}

// longest is the length of an id that is taken over. Those in use are shorter.
const longest = 128

func inbound(r *http.Request, header string, trusted func(*http.Request) bool) string {
	lines := r.Header[header]
	if trusted == nil || len(lines) != 1 || !isHarmless(lines[0]) || !trusted(r) {
		return ""
	}
	return lines[0]
}

// isHarmless knows the characters of UUIDs, of base64 and of the ids of large
// clouds. None of them means something in a log, in HTML or in a shell's word.
func isHarmless(id string) bool {
	for i := range len(id) {
		if c := id[i]; !isAlphanumeric(c) && c != '-' && c != '_' && c != '.' && c != ':' && c != '=' && c != '/' && c != '+' {
			return false
		}
	}
	return id != "" && len(id) <= longest
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z'
}

// IsHeader says whether a name can be that of the header: letters, digits and
// hyphens.
func IsHeader(name string) bool {
	for i := range len(name) {
		if !isAlphanumeric(name[i]) && name[i] != '-' {
			return false
		}
	}
	return name != ""
}

// LogHandler is a slog.Handler that adds request_id to the records of a request, for
// programs that log with a handler of their own. Those of manage have it.
func LogHandler(h slog.Handler) slog.Handler { return logHandler{h} }

type logHandler struct{ slog.Handler }

func (h logHandler) Handle(ctx context.Context, r slog.Record) error {
	if id := From(ctx); id != "" {
		r = r.Clone()
		r.AddAttrs(slog.String("request_id", id))
	}
	return h.Handler.Handle(ctx, r)
}

func (h logHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return logHandler{h.Handler.WithAttrs(attrs)}
}

func (h logHandler) WithGroup(name string) slog.Handler {
	return logHandler{h.Handler.WithGroup(name)}
}
