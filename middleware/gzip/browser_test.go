package gzip_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/chromiumtest"
	"github.com/settled-go/settled/middleware/gzip"
)

func TestMain(m *testing.M) { chromiumtest.Main(m) }

// A real browser reads what is compressed, with the padding of each coding.
func TestChromium(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a browser")
	}
	bodies := map[string]string{"/whole": text, "/long": strings.Repeat(text, 5000)}
	for _, encoding := range []string{"gzip", "zstd", "br"} {
		f, err := gzip.New(gzip.Settings{Encodings: []string{encoding}})
		if err != nil {
			t.Fatal(err)
		}
		server := httptest.NewServer(f(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			if r.URL.Path != "/flushed" {
				io.WriteString(w, bodies[r.URL.Path])
				return
			}
			for word := range strings.FieldsSeq(text) {
				io.WriteString(w, word+" ")
				http.NewResponseController(w).Flush()
			}
		})))
		defer server.Close()
		tab := chromiumtest.Open(t, server.URL)
		for path, want := range map[string]string{"/whole": text, "/long": bodies["/long"], "/flushed": text} {
			for range 3 { // the padding differs
				got := tab.Fetch(path, `{cache: "no-store"}`)
				if got.Headers["content-encoding"] != encoding || got.Body != want {
					t.Errorf("%s, %s: got %d bytes as %q; %s", encoding, path, len(got.Body), got.Headers["content-encoding"], got.Error)
				}
			}
		}
	}
}
