package common_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/middleware/common"
)

// A body is sent with its length when it is whole, and as it is written when it is
// long or flushed.
func TestContentLength(t *testing.T) {
	part := strings.Repeat("x", 1000)
	write := func(parts int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for range parts {
				io.WriteString(w, part)
			}
		}
	}
	for _, tt := range []struct {
		name string
		h    http.HandlerFunc
		want int64
	}{
		{"nothing", write(0), 0},
		{"small", write(1), 1000},
		{"more than net/http declares", write(20), 20000},
		{"long", write(100), -1},
		{"flushed", func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, part)
			http.NewResponseController(w).Flush()
			io.WriteString(w, part)
		}, -1},
		{"declared", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "100000")
			write(100)(w, r)
		}, 100000},
	} {
		f, err := common.New(common.Defaults())
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(f(tt.h))
		for _, method := range []string{"GET", "HEAD"} {
			r, err := http.NewRequestWithContext(t.Context(), method, server.URL, nil)
			if err != nil {
				t.Fatal(err)
			}
			resp, err := server.Client().Do(r)
			if err != nil {
				t.Fatal(err)
			}
			body, err := io.ReadAll(resp.Body)
			resp.Body.Close()
			if want := tt.want; err != nil || resp.ContentLength != want && (method == "GET" || want != 0) {
				t.Errorf("%s %s: the length is %d, want %d; %v", method, tt.name, resp.ContentLength, want, err)
			}
			if tt.want >= 0 && method == "GET" && int64(len(body)) != tt.want {
				t.Errorf("%s: %d bytes", tt.name, len(body))
			}
		}
		server.Close()
	}
}
