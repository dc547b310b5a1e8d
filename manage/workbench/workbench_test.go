package workbench_test

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/manage/workbench"
	"github.com/settled-go/settled/settledtest"
)

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
			r := httptest.NewRequest("GET", "/__settled__/tool/x", nil)
			r.RemoteAddr, r.Host = tt.remote, tt.host
			w := httptest.NewRecorder()
			open(t, tt.settings+"\nINSTALLED_APPS = [\"shop\"]\n").handler.ServeHTTP(w, r)
			if w.Code != tt.status || tt.status == 200 && w.Body.String() != "tool /x" {
				t.Errorf("got %d %q, want %d", w.Code, w.Body, tt.status)
			}
		})
	}
}

// What another origin makes a browser ask for is not answered, but for a link
// that somebody follows; nor is what a proxy passes on.
func TestWhatIsAsked(t *testing.T) {
	h := open(t, sound).handler
	for _, tt := range []struct {
		name, method string
		header       []string
		status       int
	}{
		{"curl", "GET", nil, 200},
		{"curl posts", "POST", nil, 200},
		{"typed into the address bar", "GET", []string{"Sec-Fetch-Site", "none", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 200},
		{"its own script", "GET", []string{"Sec-Fetch-Site", "same-origin", "Sec-Fetch-Mode", "cors", "Sec-Fetch-Dest", "empty"}, 200},
		{"its own form", "POST", []string{"Sec-Fetch-Site", "same-origin", "Origin", "http://localhost:8000"}, 200},
		{"a link", "GET", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 200},
		{"a frame", "GET", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "iframe"}, 404},
		{"a script of another site", "GET", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "cors", "Origin", "https://evil.example"}, 404},
		{"a script of another port", "GET", []string{"Sec-Fetch-Site", "same-site", "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "script"}, 404},
		{"a form of another site", "POST", []string{"Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"}, 404},
		{"an old browser", "GET", []string{"Origin", "http://localhost:3000"}, 404},
		{"an opaque origin", "POST", []string{"Origin", "null"}, 404},
		{"nginx", "GET", []string{"X-Forwarded-For", "192.0.2.1"}, 404},
		{"a tunnel", "GET", []string{"X-Forwarded-Proto", "https"}, 404},
		{"a proxy by RFC 7239", "GET", []string{"Forwarded", "for=192.0.2.1"}, 404},
		{"a gateway", "GET", []string{"Via", "1.1 gateway"}, 404},
		{"X-Real-IP", "GET", []string{"X-Real-IP", "192.0.2.1"}, 404},
		{"Cloudflare", "GET", []string{"CF-Connecting-IP", "192.0.2.1"}, 404},
		{"Akamai", "GET", []string{"True-Client-IP", "192.0.2.1"}, 404},
		{"a CDN", "GET", []string{"CDN-Loop", "cdn"}, 404},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if w := ask(h, tt.method, "/__settled__/tool/x", tt.header...); w.Code != tt.status {
				t.Errorf("got %d, want %d", w.Code, tt.status)
			}
		})
	}
}

// nginx as it comes sets no header, and asks for 127.0.0.1:8000 in HTTP/1.0.
func TestAskedInHTTP10(t *testing.T) {
	h := open(t, sound).handler
	r := httptest.NewRequest("GET", "http://127.0.0.1:8000/__settled__/", nil)
	r.RemoteAddr, r.Proto, r.ProtoMinor = "127.0.0.1:1234", "HTTP/1.0", 0
	w := httptest.NewRecorder()
	if h.ServeHTTP(w, r); w.Code != http.StatusNotFound {
		t.Errorf("got %d", w.Code)
	}
}

// What a tool panics with is answered and logged as what the site's handlers do, and
// its requests know the site.
func TestToolThatFails(t *testing.T) {
	var log bytes.Buffer
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(&log, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	h := open(t, sound+"SHOP_KEY = \"0123456789abcdef\"\n").handler
	w := ask(h, "GET", "/__settled__/tool/fails")
	if w.Code != http.StatusInternalServerError || !strings.Contains(w.Body.String(), "no ****") || strings.Contains(w.Body.String()+log.String(), "0123456789") ||
		!strings.Contains(log.String(), "Internal Server Error") {
		t.Errorf("got %d\n%s\nthe log: %s", w.Code, w.Body, log.String())
	}
	if got := ask(h, "GET", "/__settled__/tool/knows").Body.String(); got != "/items/5<nil>" {
		t.Errorf("got %q", got)
	}
}

// A tool's page has the workbench around it.
func TestFrame(t *testing.T) {
	h := open(t, sound).handler
	w := ask(h, "GET", "/__settled__/tool/framed")
	for _, want := range []string{
		`<h1>Framed</h1>`, `<p>body</p>`, `<a href="/__settled__/tool/" aria-current="page">A &lt;tool&gt;</a>`,
		`<a href="/__settled__/">Overview</a>`,
	} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s is missing in\n%s", want, w.Body)
		}
	}
	for name, want := range map[string]string{
		"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": pages.FramePolicy, "Cache-Control": "no-store",
		"Cross-Origin-Resource-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin",
		"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
	} {
		if got := w.Header().Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for path, want := range map[string]string{
		"frame.css": "text/css; charset=utf-8", "frame.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml", "frame.html": "",
	} {
		w := ask(h, "GET", "/__settled__/-/"+path)
		if got := w.Header().Get("Content-Type"); want != "" && (w.Code != 200 || got != want) || want == "" && w.Code != 404 {
			t.Errorf("%s: %d %s", path, w.Code, got)
		}
	}
}

// A tool that can't be mounted is left out, and keeps nothing else from being
// served.
func TestToolsThatCantBeMounted(t *testing.T) {
	before := slog.Default()
	t.Cleanup(func() { slog.SetDefault(before) })
	slog.SetDefault(slog.New(slog.DiscardHandler))
	body := open(t, "DEBUG = true\nINSTALLED_APPS = [\"shop\", \"odd\"]\n").get("checks/")
	for _, title := range []string{"Taken", "Ours", "Slash", "Empty"} {
		if strings.Contains(body, title) {
			t.Errorf("the navigation has %q", title)
		}
	}
	if !strings.Contains(body, "<h1>Checks</h1>") {
		t.Error("a tool stands in the place of the checks")
	}
}

func TestPathsOfTheWorkbench(t *testing.T) {
	h := open(t, sound).handler
	for path, status := range map[string]int{
		"/__settled__": 307, "/__settled__/": 200, "/__settled__/nothing": 404, "/__settled__/checks/no.E001": 404, "/__settled__x": 404,
	} {
		if w := ask(h, "GET", path); w.Code != status {
			t.Errorf("%s: %d, want %d", path, w.Code, status)
		}
	}
	if w := ask(h, "POST", "/__settled__/checks/"); w.Code < 400 {
		t.Errorf("POST: %d", w.Code)
	}
}

// crowd has routes where the workbench is.
type crowd struct{}

func (crowd) Settings() any { return nil }

func (crowd) Routes() []settled.Route {
	answer := func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("of the app")) }
	return []settled.Route{settled.Path("/__settled__/{$}", answer, ""), settled.Path("/{rest...}", answer, "")}
}

// Whatever the site allows, and whatever its apps serve, the workbench stays what
// it is, and no CORS header opens it.
func TestTheSiteCantOpenIt(t *testing.T) {
	const text = "INSTALLED_APPS = [\"corsheaders\", \"crowd\"]\nMIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\n" +
		"CORS_ALLOW_ALL_ORIGINS = true\n"
	apps := settledtest.Apps{"corsheaders": corsheaders.NewApp, "crowd": func() settled.App { return crowd{} }}
	h := workbench.Handler(settledtest.Start(t, apps, "DEBUG = true\n"+text))
	for _, origin := range []string{"http://localhost:8000", "https://evil.example"} {
		for _, method := range []string{"GET", "OPTIONS"} {
			w := ask(h, method, "/__settled__/", "Origin", origin, "Access-Control-Request-Method", "GET")
			for name := range w.Header() {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("%s from %s: %s is sent", method, origin, name)
				}
			}
			if strings.Contains(w.Body.String(), "of the app") {
				t.Errorf("%s: a route of an app answers", method)
			}
		}
	}
	if w := ask(h, "GET", "/x", "Origin", "https://evil.example"); w.Header().Get("Access-Control-Allow-Origin") != "*" {
		t.Error("the site itself has no CORS header")
	}
	off := workbench.Handler(settledtest.Start(t, apps, "DEBUG = false\nALLOWED_HOSTS = [\"localhost\"]\n"+text))
	if w := ask(off, "GET", "/__settled__/"); w.Body.String() != "of the app" {
		t.Errorf("without DEBUG: %s", w.Body)
	}
}
