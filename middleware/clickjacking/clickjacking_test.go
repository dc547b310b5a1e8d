package clickjacking_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/settled-go/settled/middleware/clickjacking"
)

// The headers are those of Django 3.2 for the same settings.
func TestXFrameOptions(t *testing.T) {
	for _, tt := range []struct {
		name, setting string
		h             http.HandlerFunc
		want          string
	}{
		{"default", "DENY", func(http.ResponseWriter, *http.Request) {}, "DENY"},
		{"upper case", "sameorigin", func(http.ResponseWriter, *http.Request) {}, "SAMEORIGIN"},
		{"an error too", "DENY", http.NotFound, "DENY"},
		{"set already", "DENY", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Frame-Options", "sameorigin") }, "sameorigin"},
		{"set to nothing", "DENY", func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Frame-Options", "") }, ""},
		{"exempt", "DENY", func(w http.ResponseWriter, _ *http.Request) { clickjacking.Exempt(w) }, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := clickjacking.Defaults()
			s.XFrameOptions = tt.setting
			f, err := clickjacking.New(s)
			if err != nil {
				t.Fatal(err)
			}
			server := httptest.NewServer(f(tt.h))
			defer server.Close()
			resp, err := http.Get(server.URL)
			if err != nil {
				t.Fatal(err)
			}
			resp.Body.Close()
			if got, has := resp.Header["X-Frame-Options"]; has && got[0] != tt.want || has == (tt.name == "exempt") {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func BenchmarkClickjacking(b *testing.B) {
	f, err := clickjacking.New(clickjacking.Defaults())
	if err != nil {
		b.Fatal(err)
	}
	h, r, w := f(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) })), httptest.NewRequest("GET", "/", nil), &discard{http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		h.ServeHTTP(w, r)
	}
}

// discard is a ResponseWriter that costs nothing.
type discard struct{ header http.Header }

func (w *discard) Header() http.Header         { return w.header }
func (w *discard) Write(p []byte) (int, error) { return len(p), nil }
func (w *discard) WriteHeader(int)             {}
