package gzip_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// sink is a ResponseWriter that costs nothing.
type sink struct{ h http.Header }

func (s sink) Header() http.Header         { return s.h }
func (s sink) Write(p []byte) (int, error) { return len(p), nil }
func (s sink) WriteHeader(int)             {}

func BenchmarkGZip(b *testing.B) {
	for _, size := range []int{100, 10_000} {
		body := []byte(strings.Repeat(text, 10)[:size])
		h := wrap(b, func(w http.ResponseWriter, _ *http.Request) { w.Write(body) })
		for _, encoding := range []string{"none", "gzip", "zstd", "br"} {
			b.Run(fmt.Sprintf("%d/%s", size, encoding), func(b *testing.B) {
				r := httptest.NewRequest("GET", "/", nil)
				r.Header.Set("Accept-Encoding", encoding)
				w := sink{http.Header{}}
				b.ReportAllocs()
				b.SetBytes(int64(size))
				for b.Loop() {
					clear(w.h)
					h.ServeHTTP(w, r)
				}
			})
		}
	}
}
