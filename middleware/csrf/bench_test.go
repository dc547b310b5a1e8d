package csrf_test

import (
	"net/http"
	"testing"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/csrf"
)

// scratch is a ResponseWriter that is used again.
type scratch struct{ header http.Header }

func (s scratch) Header() http.Header         { return s.header }
func (s scratch) Write(b []byte) (int, error) { return len(b), nil }
func (s scratch) WriteHeader(int)             {}

type view struct{ h http.Handler }

func (v view) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !middleware.Views(w, r, 0) {
		v.h.ServeHTTP(w, r)
	}
}

func BenchmarkCSRF(b *testing.B) {
	body := []byte("ok")
	quiet := func(w http.ResponseWriter, _ *http.Request) { w.Write(body) }
	for _, bb := range []struct {
		name, request string
		h             http.HandlerFunc
	}{
		{"GET", "GET http://example.com/", quiet},
		{"GET with cookie", "GET http://example.com/" + cookie, quiet},
		{"GET with token", "GET http://example.com/" + cookie, func(w http.ResponseWriter, r *http.Request) { csrf.Token(r); w.Write(body) }},
		{"POST", "POST http://example.com/\nOrigin: http://example.com" + proof, quiet},
		{"none", "GET http://example.com/", nil},
	} {
		b.Run(bb.name, func(b *testing.B) {
			h := http.Handler(view{http.HandlerFunc(quiet)})
			if bb.h != nil {
				h = build(b, csrf.Defaults())(view{bb.h})
			}
			r, w := request(bb.request), scratch{http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(w, middleware.Carry(r, "site", 1))
				clear(w.header)
			}
		})
	}
}
