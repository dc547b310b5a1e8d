package stock_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settledtest"
)

// pages is an app with routes to ask for.
type pages struct{ routes []settled.Route }

func (pages) Settings() any             { return nil }
func (p pages) Routes() []settled.Route { return p.routes }

// startWith starts a site with routes, below the middleware of MIDDLEWARE, which
// are listed after the CORS middleware.
func startWith(t testing.TB, routes []settled.Route, links, settings string) *settled.Site {
	t.Helper()
	apps := settledtest.Apps{"pages": func() settled.App { return pages{routes} }, "corsheaders": corsheaders.NewApp}.WithBuiltin(stock.Apps())
	return settledtest.Start(t, apps, `
ALLOWED_HOSTS = ["localhost", ".example.com"]
INSTALLED_APPS = ["corsheaders", "pages"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware", "`+strings.ReplaceAll(links, " ", `", "`)+`"]
CORS_ALLOWED_ORIGINS = ["https://app.example.org"]
CORS_PREFLIGHT_MAX_AGE = 7200
`+settings)
}

func ask(site *settled.Site, method, target string, header ...string) *httptest.ResponseRecorder {
	w, r := httptest.NewRecorder(), httptest.NewRequest(method, target, nil)
	r.Header.Set("Origin", "https://app.example.org")
	r.Header.Set("Accept", "text/html")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	site.Handler().ServeHTTP(w, r)
	return w
}

const commonName = "django.middleware.common.CommonMiddleware"

var commonRoutes = []settled.Route{
	settled.Path("GET /ok/{$}", func(w http.ResponseWriter, _ *http.Request) {}, "ok"),
	settled.Path("POST /form/{id}/{$}", func(w http.ResponseWriter, _ *http.Request) {}, "form"),
	settled.Path("/kept/{$}", func(w http.ResponseWriter, _ *http.Request) {}, "kept").Marked(middleware.NoAppendSlash),
	settled.Path("/both", func(w http.ResponseWriter, r *http.Request) { settled.NotFound(w, r, "") }, "both"),
	settled.Path("/both/{$}", func(w http.ResponseWriter, _ *http.Request) {}, "both2"),
}

// What parity with Django 6.0 asks of a site; each answer can be read across origins.
func TestCommonInASite(t *testing.T) {
	for _, tt := range []struct {
		name, settings, method, target, agent string
		status                                int
		location                              string
	}{
		{name: "route", method: "GET", target: "http://localhost/ok/", status: 200},
		{name: "slash", method: "GET", target: "http://localhost/ok?x=1", status: 301, location: "/ok/?x=1"},
		{name: "slash for a form", method: "POST", target: "http://localhost/form/1", status: 301, location: "/form/1/"},
		{name: "slash for another method", method: "POST", target: "http://localhost/ok", status: 301, location: "/ok/"},
		{name: "two slashes", method: "GET", target: "http://localhost//ok", status: 307, location: "/ok"}, // http.ServeMux's clean path
		{name: "opted out", method: "GET", target: "http://localhost/kept", status: 404},
		{name: "answered by a handler", method: "GET", target: "http://localhost/both", status: 404},
		{name: "nowhere", method: "GET", target: "http://localhost/nowhere", status: 404},
		{name: "off", settings: "APPEND_SLASH = false", method: "GET", target: "http://localhost/ok", status: 404},
		{name: "host", method: "GET", target: "http://evil.com/ok", status: 400},
		{name: "www", settings: "PREPEND_WWW = true", method: "GET", target: "http://example.com/ok", status: 301, location: "http://www.example.com/ok/"},
		{name: "www of a host that is not allowed", settings: "PREPEND_WWW = true", method: "GET", target: "http://evil.com/ok", status: 400},
		{name: "agent", settings: "DISALLOWED_USER_AGENTS = ['^curl']", method: "GET", target: "http://evil.com/ok", agent: "curl/8", status: 403},
	} {
		t.Run(tt.name, func(t *testing.T) {
			site := startWith(t, commonRoutes, commonName+" django.middleware.clickjacking.XFrameOptionsMiddleware", tt.settings)
			w := ask(site, tt.method, tt.target, "User-Agent", tt.agent)
			if w.Code != tt.status || w.Header().Get("Location") != tt.location {
				t.Errorf("got %d to %q, want %d to %q", w.Code, w.Header().Get("Location"), tt.status, tt.location)
			}
			if w.Header().Get("Access-Control-Allow-Origin") == "" {
				t.Errorf("no script can read it: %v", w.Header())
			}
			if tt.status == 301 && w.Body.Len() != 0 {
				t.Errorf("body: %q", w.Body)
			}
		})
	}
}

// With DEBUG a form that lacks the slash gets the page that says where it has to go.
func TestCommonDebugPage(t *testing.T) {
	site := startWith(t, commonRoutes, commonName, "DEBUG = true")
	w := ask(site, "POST", "http://localhost:8055/form/7", "Origin", "http://localhost:8055")
	for _, want := range []string{"You called this URL via POST", "Change your form to point to localhost:8055/form/7/ (note the trailing slash)"} {
		if w.Code != 500 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("got %d, want %q in it", w.Code, want)
		}
	}
	if strings.Contains(w.Body.String(), "<title>Page not found") {
		t.Error("the page of the 404 is in it")
	}
	if w := ask(site, "GET", "http://localhost:8055/form/7"); w.Code != 301 || w.Body.Len() != 0 {
		t.Errorf("GET: %d %q", w.Code, w.Body)
	}
}

// A redirect to the path with a slash is no path that is not found.
func TestCommonLogsNo404(t *testing.T) {
	var out bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&out, nil)))
	defer slog.SetDefault(before)
	site := startWith(t, commonRoutes, commonName, "")
	if ask(site, "GET", "http://localhost/ok"); out.Len() > 0 {
		t.Errorf("logged %s", out.String())
	}
	if ask(site, "GET", "http://localhost/nowhere"); strings.Count(out.String(), "Not Found: /nowhere") != 1 {
		t.Errorf("logged %q", out.String())
	}
}
