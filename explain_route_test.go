package settled_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settledtest"
)

// library is an app with routes of all forms.
type library struct{ bare }

func (library) Routes() []settled.Route {
	nothing := func(http.ResponseWriter, *http.Request) {}
	return []settled.Route{
		settled.Path("GET /{$}", nothing, "index"),
		settled.Path("GET /books/{id}", nothing, "book"),
		settled.Path("GET /authors/{$}", nothing, "authors"),
		settled.Path("GET /covers/{path...}", nothing, "covers"),
		settled.Path("DELETE /loans/{id}/", nothing, "loan"),
	}
}

var libraryApps = settledtest.Apps{"library": func() settled.App { return library{} }}

// What came close is said: by a link where it is sure, by a note at the route.
func TestNearRoutes(t *testing.T) {
	silence(t)
	site := settledtest.Start(t, libraryApps, "DEBUG = true\nINSTALLED_APPS = [\"library\"]\n[URLS]\n\"/shelf/\" = \"library\"\n").Handler()
	for _, tt := range []struct {
		method, path string
		advice       []string
		notes        []string
	}{
		{"GET", "/shelf/books/7/", []string{"A route of library matches but for the slash at the end: /shelf/books/7"}, []string{"GET /shelf/books/{id}: matches without the slash at the end"}},
		{"GET", "/shelf/authors", []string{"A route of library matches but for the slash at the end: /shelf/authors/"}, []string{"GET /shelf/authors/{$}: matches with a slash at the end"}},
		{"GET", "/shelf/boks/7", []string{"Did you mean: /shelf/books/7"}, nil},
		{"GET", "/Shelf/Authors/", []string{"Did you mean: /shelf/authors/"}, nil},
		{"GET", "/books/7", []string{"The app library is mounted at /shelf/, by URLS. Did you mean: /shelf/books/7"}, nil},
		{"GET", "/covers/a/b%2f\"<", []string{`The app library is mounted at /shelf/, by URLS. Did you mean: /shelf/covers/a/b/%22%3C`}, nil},
		{"GET", "/quite/another/thing/", nil, nil},
		{"PUT", "/shelf/books/7", nil, []string{"GET /shelf/books/{id}: matches, with another method"}},
	} {
		t.Run(tt.method+" "+tt.path, func(t *testing.T) {
			p := decode(t, asked(site, tt.method, tt.path))
			var notes []string
			for _, r := range p.Patterns {
				if r.Note != "" {
					notes = append(notes, r.Method+" "+r.Pattern+": "+r.Note)
				}
			}
			if diff := cmp.Diff(tt.advice, p.Advice); diff != "" {
				t.Errorf("advice (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.notes, notes); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
			if len(p.Patterns) != 5 || p.Patterns[1].App != "library" || p.Patterns[1].Name != "book" || !strings.HasPrefix(p.Patterns[1].Place, "explain_route_test.go:") {
				t.Errorf("got %+v", p.Patterns)
			}
		})
	}
}

// No link leads away from the site.
func TestLinksStay(t *testing.T) {
	silence(t)
	site := settledtest.Start(t, settledtest.Apps{"any": func() settled.App { return anyPath{} }}, "DEBUG = true\nINSTALLED_APPS = [\"any\"]\n").Handler()
	for _, path := range []string{"/\\evil.example", "/\\evil.example/"} {
		w := askPath(site, path, "text/html")
		if strings.Contains(w, `href="/\`) || strings.Contains(w, `href="//`) || strings.Contains(w, `href="/%5c`) || strings.Contains(w, `href="/%5C`) {
			t.Errorf("%s: got %s", path, w)
		}
	}
}

// anyPath has a route that nearly matches every path.
type anyPath struct{ bare }

func (anyPath) Routes() []settled.Route {
	return []settled.Route{settled.Path("POST /{name}/", func(http.ResponseWriter, *http.Request) {}, "any")}
}

func TestNoRoutesAtAll(t *testing.T) {
	silence(t)
	site := settledtest.Start(t, nil, "DEBUG = true\n").Handler()
	if p := decode(t, asked(site, "GET", "/x/")); len(p.Advice) != 1 || !strings.HasPrefix(p.Advice[0], "No app has a route yet.") {
		t.Errorf("got %+v", p)
	}
}

// Each refusal is logged once, in Django's words.
func TestRefusalsAreLogged(t *testing.T) {
	site := troubled(t, false, "")
	var log bytes.Buffer
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}})))
	for _, tt := range []struct{ method, path, want string }{
		{"GET", "/nowhere/%0Ax", `level=WARN msg="Not Found: /nowhere/\\nx"`},
		{"GET", "/missing/1/", `level=WARN msg="Not Found: /missing/1/"`},
		{"GET", "/denied/", `level=WARN msg="Forbidden (Permission denied): /denied/"`},
		{"GET", "/bad/", `level=WARN msg="no number: /bad/"`},
		{"GET", "/forged/", `level=WARN msg="Forbidden (Origin checking failed.): /forged/"`},
		{"PUT", "/only/", `level=WARN msg="Method Not Allowed (PUT): /only/"`},
	} {
		log.Reset()
		request(site, tt.method, tt.path)
		if log.String() != tt.want+"\n" {
			t.Errorf("%s: got %s, want %s", tt.path, log.String(), tt.want)
		}
	}
}

// The reason of a forged request is worked out from its headers.
func TestWhyForged(t *testing.T) {
	site := troubled(t, true, "")
	for _, tt := range []struct {
		headers []string
		want    string
	}{
		{nil, "Origin checking failed."},
		{[]string{"Origin: https://evil.example"}, "Origin checking failed - https://evil.example does not match any trusted origins."},
		{[]string{"Origin: null"}, "Origin checking failed - null does not match any trusted origins."},
		{[]string{"Origin: http://example.com", "Sec-Fetch-Site: same-site"}, "Origin checking failed - the browser says that the request is same-site (Sec-Fetch-Site)."},
	} {
		w := request(site, "POST", "/forged/", tt.headers...)
		if p := decode(t, request(site, "POST", "/forged/", append(tt.headers, "Accept: application/json")...)); w.Code != 403 || p.Detail != "CSRF verification failed. Request aborted." ||
			p.Advice[1] != "    "+tt.want {
			t.Errorf("%v: got %+v", tt.headers, p)
		}
	}
}

// CSRFFailed is what net/http's own protection can call.
func TestCrossOriginProtection(t *testing.T) {
	silence(t)
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { settled.CSRFFailed(w, r, "") }))
	h := protection.Handler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) }))
	if w := request(h, "POST", "/", "Origin: http://evil.example"); w.Code != 403 || !strings.Contains(w.Body.String(), "CSRF verification failed.") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	if w := request(h, "POST", "/", "Origin: http://example.com"); w.Code != 204 {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

// The line to write is there, and where.
func TestHostAdvice(t *testing.T) {
	silence(t)
	for _, tt := range []struct{ toml, want string }{
		{"", "write this line in test.toml, above the first [table]. It keeps the names of this machine that are allowed without it:\n" +
			`    ALLOWED_HOSTS = [".localhost", "127.0.0.1", "[::1]", "evil.example"]`},
		{"\nALLOWED_HOSTS = []\n", "write this at test.toml, line 3:\n" + `    ALLOWED_HOSTS = [".localhost", "127.0.0.1", "[::1]", "evil.example"]`},
		{"\nALLOWED_HOSTS = [\"a.example\"]\n", "add this to ALLOWED_HOSTS at test.toml, line 3:\n" + `    "evil.example"`},
	} {
		site := settledtest.Start(t, nil, "DEBUG = true\n"+tt.toml).Handler()
		if body := request(site, "GET", "/", "Host: evil.example:8000").Body.String(); !strings.Contains(body, tt.want) || strings.Contains(body, "a.example") {
			t.Errorf("no %q in %s, or more than that", tt.want, body)
		}
	}
}

func asked(h http.Handler, method, path string) *httptest.ResponseRecorder {
	return request(h, method, "http://localhost"+path, "Accept: application/json")
}

func askPath(h http.Handler, path, accept string) string {
	r := httptest.NewRequest("GET", "http://localhost/", nil)
	r.URL.Path = path
	r.Header.Set("Accept", accept)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Body.String()
}
