package corsheaders_test

import (
	"bytes"
	"io"
	"log"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settledtest"
)

// A views app has routes, and is a gate for requests with an X-Gate header.
type views struct {
	mu    sync.Mutex
	asked int
}

func (*views) Settings() any { return nil }

func (v *views) AllowCORS(r *http.Request) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.asked++
	return r.Header.Get("X-Gate") != ""
}

func (v *views) Routes() []settled.Route {
	return []settled.Route{
		settled.Path("/api/", func(w http.ResponseWriter, r *http.Request) {}, "api"),
		settled.Path("/own/{id}", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			w.WriteHeader(http.StatusEarlyHints)
		}, "own"),
		settled.Path("/hints/", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusEarlyHints) }, "hints"),
		settled.Path("/panic/", func(http.ResponseWriter, *http.Request) { panic("boom") }, "panic"),
	}
}

// project is a settings file around the CORS settings given.
func project(settings string, debug bool) string {
	text := `
ALLOWED_HOSTS = ["localhost"]
INSTALLED_APPS = ["corsheaders", "views"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
` + settings
	if debug {
		text += "\nDEBUG = true"
	}
	return text
}

// start serves a project, as runserver --skip-checks does.
func start(t *testing.T, v *views, toml string) (addr string) {
	t.Helper()
	p, _ := settledtest.Setup(t, settledtest.Apps{
		"corsheaders": corsheaders.NewApp,
		"views":       func() settled.App { return v },
	}, toml)
	site, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { site.Close() })
	return serve(t, site.Handler())
}

// With a gate, someone may be let in though no origin is listed.
func TestGateIsSomebody(t *testing.T) {
	p, _ := settledtest.Setup(t, settledtest.Apps{
		"corsheaders": corsheaders.NewApp,
		"views":       func() settled.App { return &views{} },
	}, project("", false))
	if ms := p.Check(settled.Selection{Tags: []string{"security"}}); len(ms) > 0 {
		t.Errorf("got %v", ms)
	}
}

func TestGate(t *testing.T) {
	const gate, from = "X-Gate: yes", "Origin: " + origin
	const vary, admitted = "vary: origin", "access-control-allow-origin: " + origin
	const credentials = "access-control-allow-credentials: true"
	const evil = "Origin: https://evil.example"
	const admittedEvil = "access-control-allow-origin: https://evil.example"
	settings := project(`
CORS_ALLOWED_ORIGINS = ["`+origin+`"]
CORS_ALLOW_CREDENTIALS = true
CORS_URLS_REGEX = "^/api/"
CORS_PREFLIGHT_MAX_AGE = 0
CORS_ALLOW_HEADERS = ["a"]
CORS_ALLOW_METHODS = ["b"]`, false)
	for _, tt := range []struct {
		name, path string
		header     []string
		asked      int
		want       []string
	}{
		{"the settings let in", "/api/", []string{from, gate}, 0, []string{vary, admitted, credentials}},
		{"the gate lets in", "/api/", []string{evil, gate}, 1, []string{vary, admittedEvil}},
		{"the gate doesn't", "/api/", []string{evil}, 1, []string{vary}},
		{"no origin", "/api/", []string{gate}, 0, []string{vary}},
		{"a malformed origin", "/api/", []string{"Origin: x", gate}, 0, []string{vary}},
		{"the gate opens a path", "/other/", []string{evil, gate}, 1, []string{vary, admittedEvil}},
		{"to a listed origin too, but without credentials", "/other/", []string{from, gate}, 1, []string{vary, admitted}},
		{"to no origin", "/other/", []string{gate}, 1, []string{vary}},
		{"to no malformed one", "/other/", []string{"Origin: x", gate}, 1, []string{vary}},
		{"the gate opens no path", "/other/", []string{from}, 1, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := &views{}
			addr := start(t, v, settings)
			wantLines(t, last(ask(t, addr, "GET", tt.path, tt.header...)).cors(), tt.want)
			if v.asked != tt.asked {
				t.Errorf("the gate was asked %d times, want %d", v.asked, tt.asked)
			}
		})
	}
	t.Run("a preflight", func(t *testing.T) {
		got := last(ask(t, start(t, &views{}, settings), "OPTIONS", "/other/", evil, gate, "Access-Control-Request-Method: PUT"))
		wantLines(t, got.cors(), []string{vary, admittedEvil, "access-control-allow-headers: a", "access-control-allow-methods: b"})
		if got.status != http.StatusOK {
			t.Errorf("status %d", got.status)
		}
	})
	t.Run("everyone", func(t *testing.T) {
		addr := start(t, &views{}, project("CORS_ALLOW_ALL_ORIGINS = true\nCORS_URLS_REGEX = '^/api/'", false))
		wantLines(t, last(ask(t, addr, "GET", "/other/", evil, gate)).cors(), []string{vary, "access-control-allow-origin: *"})
	})
}

// In a project, errors that can be skipped do not keep the site from
// starting, and what can never match is left out.
func TestSkippedChecks(t *testing.T) {
	addr := start(t, &views{}, project(`CORS_ALLOWED_ORIGINS = ["https://a.example/", "`+origin+`"]`, false))
	wantLines(t, last(ask(t, addr, "GET", "/api/", "Origin: "+origin)).cors(), admittedLines)
	for _, other := range []string{"https://a.example", "https://a.example/"} {
		wantLines(t, last(ask(t, addr, "GET", "/api/", "Origin: "+other)).cors(), []string{"vary: origin"})
	}
}

// The link refuses by itself what is never served, whoever skipped the checks.
func TestLinkRefuses(t *testing.T) {
	app := corsheaders.NewApp()
	s := app.Settings().(*corsheaders.Settings)
	s.AllowAllOrigins, s.AllowCredentials = true, true
	link := app.(settled.MiddlewareProvider).Middleware()[0]
	if f, err := link.New(); err == nil || f != nil {
		t.Errorf("all origins with credentials were accepted")
	}
	if !link.Traits.Is.Has(middleware.CORS|middleware.Answers) || link.Name != "corsheaders.middleware.CorsMiddleware" {
		t.Errorf("got %s, %v", link.Name, link.Traits)
	}
}

// Everything that answers inside the CORS layer has the headers: 404, 405,
// panics, the host check.
func TestErrorPages(t *testing.T) {
	addr := start(t, &views{}, project(`CORS_ALLOWED_ORIGINS = ["`+origin+`"]`, false))
	for path, status := range map[string]int{"/nowhere/": 404, "/panic/": 500} {
		got := last(ask(t, addr, "GET", path, "Origin: "+origin))
		wantLines(t, got.cors(), admittedLines)
		if got.status != status {
			t.Errorf("%s: status %d", path, got.status)
		}
	}
	resp := request(t, "http://"+addr+"/api/")
	if resp.StatusCode != http.StatusBadRequest || resp.Header.Get("Access-Control-Allow-Origin") != origin {
		t.Errorf("a host that is not allowed: %d %v", resp.StatusCode, resp.Header)
	}
}

// request has a Host header that is not allowed.
func request(t *testing.T, url string) *http.Response {
	t.Helper()
	r, err := http.NewRequest("GET", url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = "evil.example"
	r.Header.Set("Origin", origin)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, resp.Body)
	resp.Body.Close()
	return resp
}

// With DEBUG, a handler's own header is reported once a route.
func TestDebugLog(t *testing.T) {
	var logged bytes.Buffer
	before, out, flags := slog.Default(), log.Writer(), log.Flags()
	slog.SetDefault(slog.New(slog.NewTextHandler(&logged, nil)))
	defer func() {
		slog.SetDefault(before)
		log.SetOutput(out)
		log.SetFlags(flags)
	}()
	cors := `CORS_ALLOWED_ORIGINS = ["` + origin + `"]`
	for _, debug := range []bool{true, false} {
		logged.Reset()
		addr := start(t, &views{}, project(cors, debug))
		for _, path := range []string{"/own/1", "/own/2", "/hints/", "/api/"} {
			wantLines(t, last(ask(t, addr, "GET", path, "Origin: "+origin)).cors(), admittedLines)
		}
		want := 0
		if debug {
			want = 1
		}
		if got := strings.Count(logged.String(), "header=Access-Control-Allow-Origin"); got != want {
			t.Errorf("DEBUG %v: reported %d times, want %d:\n%s", debug, got, want, &logged)
		}
		if debug && !strings.Contains(logged.String(), "route=/own/{id}") {
			t.Errorf("the route is not named:\n%s", &logged)
		}
	}
}

// The ids that the rules report are declared.
func TestDeclaredIDs(t *testing.T) {
	declared := map[string]bool{}
	for _, check := range corsheaders.NewApp().(settled.Checker).Checks() {
		for _, id := range check.IDs {
			declared[id] = true
		}
	}
	s := listing("x", "https://a/", "\t")
	s.AllowedOriginRegexes = []string{"(", "."}
	s.AllowCredentials, s.PreflightMaxAge = true, -1
	_, err := corsheaders.New(s)
	failure, ok := err.(*checks.Failure)
	if !ok {
		t.Fatalf("got %v", err)
	}
	for _, m := range failure.Messages {
		if !declared[m.ID] {
			t.Errorf("%s is not declared", m.ID)
		}
	}
}
