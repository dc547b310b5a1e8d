// Package bodylimit refuses requests whose body is too long: before a byte is read
// where the request says how long it is, else as soon as it gets too long.
package bodylimit

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"sync/atomic"

	"github.com/settled-go/settled/internal/exempt"
	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// Traits: it may answer instead of the handler.
var Traits = middleware.Traits{Is: middleware.Answers}

// New makes the middleware. A body whose length is not known beforehand gives a
// *http.MaxBytesError where it gets too long. If the handler then answers with an
// error, whichever, or panics, the answer is 413.
func New(s Settings) (middleware.Func, error) {
	if s.RequestBodyLimit < 1 {
		return nil, fmt.Errorf("REQUEST_BODY_LIMIT: %d is no limit", s.RequestBodyLimit)
	}
	paths, err := exempt.Compile("REQUEST_BODY_LIMIT_EXEMPT", s.RequestBodyLimitExempt)
	if err != nil {
		return nil, err
	}
	limit := s.RequestBodyLimit
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			length := r.ContentLength
			switch {
			case 0 <= length && length <= limit, paths.Has(r.URL.Path):
				next.ServeHTTP(w, r) // net/http lets nobody send more than they say
			case length > limit:
				warn(r, limit)
				tooLarge.ServeHTTP(w, r)
			case r.Body == nil:
				next.ServeHTTP(w, r)
			default:
				b := &body{ReadCloser: r.Body, left: limit, limit: limit}
				r.Body = b
				wrapped.Serve(next, w, r, b)
			}
		})
	}, nil
}

var tooLarge = pages.Short{Status: http.StatusRequestEntityTooLarge, Title: "Content Too Large (413)"}

func warn(r *http.Request, limit int64) {
	slog.WarnContext(r.Context(), printable.Line("Content Too Large: "+r.URL.Path), "limit", limit)
}

// A body is what a request sends, up to the limit. It edits the answer, too. Who
// reads it may be in another goroutine than who answers.
type body struct {
	io.ReadCloser
	left, limit int64
	exceeded    atomic.Bool
	answer      []byte
}

// Read reads one byte more than the limit, to know whether there is one.
func (b *body) Read(p []byte) (int, error) {
	if b.exceeded.Load() {
		return 0, &http.MaxBytesError{Limit: b.limit}
	}
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	if int64(n) > b.left {
		b.exceeded.Store(true)
		return int(b.left), &http.MaxBytesError{Limit: b.limit}
	}
	b.left -= int64(n)
	return n, err
}

// EditHeader is for wrapped.Editor. A handler that succeeds had enough of the body.
func (b *body) EditHeader(h http.Header, r *http.Request, status int) int {
	if !b.exceeded.Load() || status < 400 || status == tooLarge.Status {
		return status
	}
	warn(r, b.limit)
	middleware.ResetHeader(h)
	page := &page{header: http.Header{}}
	tooLarge.ServeHTTP(page, r)
	b.answer = page.bytes
	for name, values := range page.header {
		if name == "Vary" {
			values = append(h["Vary"], values...)
		}
		h[name] = values
	}
	if r.ProtoMajor == 1 {
		h.Set("Connection", "close") // or the rest of the body would be read first
	}
	return tooLarge.Status
}

// Body is for wrapped.Replacer.
func (b *body) Body(*http.Request) []byte { return b.answer }

// A page is a ResponseWriter for the short page.
type page struct {
	header http.Header
	bytes  []byte
}

func (p *page) Header() http.Header { return p.header }
func (p *page) WriteHeader(int)     {}

func (p *page) Write(b []byte) (int, error) {
	p.bytes = append(p.bytes, b...)
	return len(b), nil
}
