package proxy_test

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settledtest"
)

// early is an app whose middleware sets headers before the request goes on.
type early struct{}

func (early) Settings() any { return nil }

func (early) Middleware() []middleware.Link {
	return []middleware.Link{{Name: "early.Middleware", New: func() (middleware.Func, error) {
		return func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				h := w.Header()
				h.Set("Set-Cookie", "own=1")
				h.Set("Vary", "Cookie")
				h.Set("Content-Language", "en")
				h.Set("X-Own", "1")
				next.ServeHTTP(w, r)
			})
		}, nil
	}}}
}

// What is set in front and behind is there once, as the server behind says; cookies are
// there from both, and Vary has all names.
func TestMergedHeaders(t *testing.T) {
	up := behind(t, func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h["Set-Cookie"] = []string{"up=1", "up=2"}
		h.Set("Vary", "Accept, cookie")
		h.Set("Content-Language", "de")
	})
	all := maps.Clone(apps)
	all["early"] = func() settled.App { return early{} }
	s := httptest.NewServer(settledtest.Start(t, all, "DEBUG = true\nINSTALLED_APPS = [\"early\", \"proxy\"]\nMIDDLEWARE = [\"early.Middleware\"]\n"+route("/", up.URL)).Handler())
	t.Cleanup(s.Close)
	res, _ := get(t, s.URL+"/")
	for name, want := range map[string][]string{
		"Set-Cookie": {"own=1", "up=1", "up=2"}, "Vary": {"Cookie, Accept"}, "Content-Language": {"de"}, "X-Own": {"1"},
	} {
		if got := res.Header[name]; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, strings.Join(got, " | "), strings.Join(want, " | "))
		}
	}
}
