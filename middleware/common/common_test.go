package common_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/common"
)

// routes are what resolves in these tests.
var routes = map[string]middleware.Mark{"/ok/": 0, "/both": 0, "/both/": 0, "/kept/": middleware.NoAppendSlash, "/a b/": 0, "/": 0}

func resolves(_ *http.Request, path string) (middleware.Mark, bool) {
	marks, ok := routes[path]
	return marks, ok
}

func notFound(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Etag", `"1"`)
	http.Error(w, "not here", http.StatusNotFound)
}

func build(t testing.TB, change func(*common.Settings), h http.HandlerFunc) http.Handler {
	t.Helper()
	s := common.Defaults()
	s.Resolves = resolves
	if change != nil {
		change(&s)
	}
	f, err := common.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return f(h)
}

func serve(h http.Handler, method, target string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	r := httptest.NewRequest(method, target, nil)
	h.ServeHTTP(w, r)
	return w
}

// The answers of Django 6.0.
func TestAppendSlash(t *testing.T) {
	for _, tt := range []struct{ method, target, location string }{
		{"GET", "/ok", "/ok/"},
		{"HEAD", "/ok", "/ok/"},
		{"POST", "/ok", "/ok/"}, // without DEBUG
		{"GET", "/ok?x=1", "/ok/?x=1"},
		{"GET", "/ok?", "/ok/"},
		{"GET", "/a%20b?q=%20", "/a%20b/?q=%20"},
		{"GET", "/ok?q=\"<é>", "/ok/?q=%22%3C%C3%A9%3E"},
		{"GET", "/ok/", ""},
		{"GET", "/both", ""}, // its handler said so
		{"GET", "/kept", ""},
		{"GET", "/nowhere", ""},
		{"GET", "/", ""},
	} {
		t.Run(tt.method+" "+tt.target, func(t *testing.T) {
			w := serve(build(t, nil, notFound), tt.method, tt.target)
			got := w.Header().Get("Location")
			if got != tt.location {
				t.Fatalf("got %d to %q, want %q", w.Code, got, tt.location)
			}
			if tt.location == "" {
				if w.Code != 404 || w.Body.String() != "not here\n" || w.Header().Get("Etag") == "" {
					t.Errorf("got %d %q %v", w.Code, w.Body, w.Header())
				}
				return
			}
			want := http.Header{"Location": {tt.location}, "Content-Type": {"text/html; charset=utf-8"}, "Content-Length": {"0"}}
			if w.Code != 301 || w.Body.Len() != 0 || !sameHeader(w.Header(), want) {
				t.Errorf("got %d %q %v", w.Code, w.Body, w.Header())
			}
		})
	}
}

// A redirect has the headers of layers further out, whenever they set them, and none of
// layers further in.
func TestAppendSlashMakesANewResponse(t *testing.T) {
	h := build(t, nil, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Vary", "Cookie")
		w.Header().Set("X-Frame-Options", "DENY")
		http.NotFound(w, r)
	})
	w := httptest.NewRecorder()
	w.Header().Set("X-Request-Id", "7")
	w.Header().Set("Vary", "Origin")
	h.ServeHTTP(w, httptest.NewRequest("GET", "/ok", nil))
	want := http.Header{"Location": {"/ok/"}, "Content-Type": {"text/html; charset=utf-8"}, "Content-Length": {"0"},
		"X-Request-Id": {"7"}, "Vary": {"Origin"}}
	if w.Code != 301 || !sameHeader(w.Header(), want) {
		t.Errorf("got %d %v, want %v", w.Code, w.Header(), want)
	}
}

func sameHeader(a, b http.Header) bool {
	for name := range a {
		if !slices.Equal(a[name], b[name]) {
			return false
		}
	}
	return len(a) == len(b)
}

// Other answers than 404 are left alone, and so is a site that appends none.
func TestAppendSlashOnlyFor404(t *testing.T) {
	for _, status := range []int{200, 403, 410, 500} {
		h := build(t, nil, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status); io.WriteString(w, "a") })
		if w := serve(h, "GET", "/ok"); w.Code != status || w.Body.String() != "a" {
			t.Errorf("got %d %q", w.Code, w.Body)
		}
	}
	h := build(t, func(s *common.Settings) { s.AppendSlash = false }, notFound)
	if w := serve(h, "GET", "/ok"); w.Code != 404 {
		t.Errorf("got %d", w.Code)
	}
	f, err := common.New(common.Defaults()) // nothing is known of routes
	if err != nil {
		t.Fatal(err)
	}
	if w := serve(f(http.HandlerFunc(notFound)), "GET", "/ok"); w.Code != 404 {
		t.Errorf("got %d", w.Code)
	}
}

// While DEBUG is on, a form that would lose its data is an error with Django's text.
func TestAppendSlashDebug(t *testing.T) {
	h := build(t, func(s *common.Settings) { s.Debug = true }, notFound)
	for _, method := range []string{"POST", "PUT", "PATCH", "DELETE"} {
		func() {
			defer func() {
				var err common.RuntimeError
				value, _ := recover().(error)
				want := "You called this URL via " + method + ", but the URL doesn't end in a slash and you have APPEND_SLASH set. " +
					"Settled can't redirect to the slash URL while maintaining " + method + " data. " +
					"Change your form to point to example.com/ok/?x=1 (note the trailing slash), or set APPEND_SLASH = false in your settings."
				if !errors.As(value, &err) || err.Error() != want {
					t.Errorf("%s: got %v", method, value)
				}
			}()
			serve(h, method, "/ok?x=1")
		}()
	}
	if w := serve(h, "GET", "/ok"); w.Code != 301 {
		t.Errorf("GET: %d", w.Code)
	}
	if w := serve(h, "POST", "/nowhere"); w.Code != 404 {
		t.Errorf("a path that is nowhere: %d", w.Code)
	}
}

func TestPrependWWW(t *testing.T) {
	for _, tt := range []struct{ target, location string }{
		{"http://example.com/both?x=1", "http://www.example.com/both?x=1"},
		{"http://example.com:8000/ok?x=1", "http://www.example.com:8000/ok/?x=1"}, // one redirect for both
		{"http://example.com/nowhere", "http://www.example.com/nowhere"},
		{"http://example.com//evil.com", "http://www.example.com/evil.com"},
		{"http://www.example.com/both", ""},
		{"http://bad_host!/both", ""},
	} {
		h := build(t, func(s *common.Settings) { s.PrependWWW = true }, func(http.ResponseWriter, *http.Request) {})
		w := serve(h, "GET", tt.target)
		if got := w.Header().Get("Location"); got != tt.location || (w.Code == 301) != (got != "") || got != "" && w.Header().Get("Content-Length") != "0" {
			t.Errorf("%s: got %d to %q, want %q", tt.target, w.Code, got, tt.location)
		}
	}
	h := build(t, func(s *common.Settings) {
		s.PrependWWW = true
		s.IsSecure = func(*http.Request) bool { return true }
		s.Host = func(*http.Request) string { return "forwarded.example" }
	}, notFound)
	if w := serve(h, "GET", "/"); w.Header().Get("Location") != "https://www.forwarded.example/" {
		t.Errorf("got %v", w.Header())
	}
}

// Who is refused for the user agent never gets to the check of the host, and who is
// refused there is not redirected: Django's order.
func TestOrderOfChecks(t *testing.T) {
	h := build(t, func(s *common.Settings) {
		s.PrependWWW = true
		s.DisallowedUserAgents = []string{`(?i)badbot`, `^curl/`}
		s.CheckHost = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Host == "evil.com" {
					http.Error(w, "", http.StatusBadRequest)
					return
				}
				next.ServeHTTP(w, r)
			})
		}
	}, notFound)
	for _, tt := range []struct {
		agent, host string
		want        int
	}{
		{"the BadBot 1.0", "evil.com", 403}, {"curl/8", "example.com", 403},
		{"not curl/8", "evil.com", 400}, {"", "evil.com", 400},
		{"", "example.com", 301}, {"Mozilla/5.0", "www.example.com", 404},
	} {
		w, r := httptest.NewRecorder(), httptest.NewRequest("GET", "/nowhere", nil)
		r.Host = tt.host
		r.Header.Set("User-Agent", tt.agent)
		h.ServeHTTP(w, r)
		if w.Code != tt.want {
			t.Errorf("%q at %s: got %d, want %d", tt.agent, tt.host, w.Code, tt.want)
		}
		if w.Code == 403 && w.Body.Len() != 135 {
			t.Errorf("got a page of %d bytes, Django's has 135", w.Body.Len())
		}
	}
}

func TestNewNamesTheRegex(t *testing.T) {
	_, err := common.New(common.Settings{DisallowedUserAgents: []string{"("}})
	var bad *pyre.Error
	if !errors.As(err, &bad) || !strings.HasPrefix(err.Error(), "DISALLOWED_USER_AGENTS: ") {
		t.Errorf("got %v", err)
	}
}

// leaves says whether a browser that is at http://example.com/ would go to another
// host. Browsers drop tabs and newlines, and take a backslash for a slash.
func leaves(location string) bool {
	clean := strings.NewReplacer("\t", "", "\n", "", "\r", "", `\`, "/").Replace(strings.TrimLeft(location, " "))
	base, _ := url.Parse("http://example.com/")
	u, err := base.Parse(clean)
	return err != nil || u.Host != "example.com" || strings.HasPrefix(clean, "//")
}

// No path is a redirect to another site.
func FuzzNoOpenRedirect(f *testing.F) {
	for _, path := range []string{"/ok", "//evil.com", `/\evil.com`, "/%5Cevil.com", "/%2Fevil.com", "/%2f%2fevil.com", "///evil.com/%2e%2e",
		"//evil.com/%2f..", `\/evil.com`, "/%09/evil.com", "/.//evil.com", "/x?next=//evil.com", "//", "/%00", "http://evil.com//evil.com", "/é"} {
		f.Add(path)
	}
	h := build(f, func(s *common.Settings) {
		s.Resolves = func(_ *http.Request, path string) (middleware.Mark, bool) { return 0, strings.HasSuffix(path, "/") }
	}, notFound)
	f.Fuzz(func(t *testing.T, target string) {
		u, err := url.ParseRequestURI(target)
		if err != nil || u.Path == "" {
			return
		}
		r := &http.Request{Method: "GET", URL: u, Host: "example.com", Header: http.Header{}, RequestURI: target}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		location := w.Header().Get("Location")
		if w.Code == 301 && leaves(location) {
			t.Errorf("%q is redirected to %q", target, location)
		}
		if w.Code == 301 && strings.ContainsFunc(location, func(r rune) bool { return r <= ' ' || r >= 0x7f }) {
			t.Errorf("%q: Location has bytes that it must not have: %q", target, location)
		}
	})
}

func Benchmark(b *testing.B) {
	ok := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) }
	for name, tt := range map[string]struct {
		target string
		h      http.HandlerFunc
		change func(*common.Settings)
	}{
		"nothing to do": {"/ok/", ok, nil},
		"user agents": {"/ok/", ok, func(s *common.Settings) {
			s.DisallowedUserAgents = []string{`(?i)badbot`, `^curl/`}
		}},
		"redirect": {"/ok", notFound, nil},
	} {
		b.Run(name, func(b *testing.B) {
			h := build(b, tt.change, tt.h)
			r := httptest.NewRequest("GET", tt.target, nil)
			r.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
			w := &nowhere{h: http.Header{}}
			b.ReportAllocs()
			for b.Loop() {
				clear(w.h)
				h.ServeHTTP(w, r)
			}
		})
	}
}

type nowhere struct{ h http.Header }

func (w *nowhere) Header() http.Header         { return w.h }
func (w *nowhere) Write(p []byte) (int, error) { return len(p), nil }
func (w *nowhere) WriteHeader(int)             {}
