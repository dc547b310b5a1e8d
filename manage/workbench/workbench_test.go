package workbench_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/manage/workbench"
	"github.com/settled-go/settled/settledtest"
)

type app struct{}

func (app) Settings() any { return nil }

func (app) Tools(*settled.Site) []settled.Tool {
	return []settled.Tool{{Name: "tool", Title: "A tool", Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = w.Write([]byte("tool " + r.URL.Path))
	})}}
}

// The workbench is for this machine, under this machine's names, while DEBUG is
// on.
func TestWhoGetsIn(t *testing.T) {
	for _, tt := range []struct {
		name, settings, remote, host string
		status                       int
	}{
		{"loopback", "DEBUG = true", "127.0.0.1:5000", "localhost:8000", 200},
		{"IPv6", "DEBUG = true", "[::1]:5000", "[::1]:8000", 200},
		{"mapped", "DEBUG = true", "[::ffff:127.0.0.1]:5000", "127.0.0.1:8000", 200},
		{"without DEBUG", "DEBUG = false\nALLOWED_HOSTS = [\"localhost\"]", "127.0.0.1:5000", "localhost:8000", 404},
		{"another machine", "DEBUG = true", "192.0.2.1:5000", "localhost:8000", 404},
		{"a name that was made to resolve to here", "DEBUG = true\nALLOWED_HOSTS = [\"*\"]", "127.0.0.1:5000", "evil.example:8000", 404},
		{"no host", "DEBUG = true", "127.0.0.1:5000", "", 404},
		{"no address", "DEBUG = true", "@", "localhost", 404},
	} {
		t.Run(tt.name, func(t *testing.T) {
			site := settledtest.Start(t, settledtest.Apps{"a": func() settled.App { return app{} }},
				tt.settings+"\nINSTALLED_APPS = [\"a\"]\n")
			r := httptest.NewRequest("GET", "/__settled__/tool/x", nil)
			r.RemoteAddr, r.Host = tt.remote, tt.host
			w := httptest.NewRecorder()
			workbench.Handler(site).ServeHTTP(w, r)
			if w.Code != tt.status || tt.status == 200 && w.Body.String() != "tool /x" {
				t.Errorf("got %d %q, want %d", w.Code, w.Body, tt.status)
			}
		})
	}
}
