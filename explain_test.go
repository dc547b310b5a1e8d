package settled_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/settings"
	"github.com/settled-go/settled/settledtest"
)

// trouble is an app that refuses and panics in all ways.
type trouble struct{ settings troubleSettings }

type troubleSettings struct {
	APIToken settings.Secret              `toml:"TROUBLE_SEED"`
	Password string                       `toml:"TROUBLE_PASSWORD"`
	Database string                       `toml:"TROUBLE_DATABASE"`
	Caches   map[string]map[string]string `toml:"TROUBLE_CACHES"`
}

func newTrouble() settled.App { return &trouble{} }

func (a *trouble) Settings() any { return &a.settings }

func (a *trouble) Routes() []settled.Route {
	return []settled.Route{
		settled.Path("/missing/{id}/", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "3")
			settled.NotFound(w, r, "no thing <b>7</b>")
		}, "thing"),
		settled.Path("/denied/", func(w http.ResponseWriter, r *http.Request) { settled.PermissionDenied(w, r, "staff only") }, "denied"),
		settled.Path("/bad/", func(w http.ResponseWriter, r *http.Request) { settled.BadRequest(w, r, "no number") }, "bad"),
		settled.Path("/forged/", func(w http.ResponseWriter, r *http.Request) { settled.CSRFFailed(w, r, "") }, "forged"),
		settled.Path("GET /only/", func(w http.ResponseWriter, r *http.Request) {}, "only"),
		settled.Path("/panic/{kind}/", a.panic, "panic"),
	}
}

func (a *trouble) panic(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	s := a.settings
	switch kind := r.PathValue("kind"); kind {
	case "text":
		panic("boom <b>")
	case "nil":
		var missing *trouble
		missing.settings.Password = "x"
	case "wrapped":
		panic(fmt.Errorf("outer: %w", errors.New("inner")))
	case "rude":
		panic(rude{})
	case "huge":
		panic(strings.Repeat("x", 1<<20))
	case "invalid":
		panic("\xff\x1b[31m\x00")
	case "secrets":
		panic(fmt.Errorf("%s %s %s %s %v %s %s", s.APIToken.Value(), s.Password, s.Database, s.Caches["default"]["PASSWORD"],
			r.Header["Authorization"], r.Header.Get("Cookie"), r.PostForm.Get("password")))
	}
}

// rude is an error that can't say what it is.
type rude struct{}

func (rude) Error() string { panic("no text") }

var troubleApps = settledtest.Apps{"trouble": newTrouble}

func troubled(t *testing.T, debug bool, more string) http.Handler {
	t.Helper()
	silence(t)
	return settledtest.Start(t, troubleApps, fmt.Sprintf("DEBUG = %v\nALLOWED_HOSTS = [\"example.com\"]\nINSTALLED_APPS = [\"trouble\"%s]\n", debug, more)).Handler()
}

func request(h http.Handler, method, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	for _, line := range headers {
		name, value, _ := strings.Cut(line, ": ")
		if name == "Host" {
			r.Host = value
		} else {
			r.Header.Add(name, value)
		}
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Each page in each form, with DEBUG and without.
func TestPages(t *testing.T) {
	pages := []struct {
		name, method, path, host string
		status                   int
		title, explains          string // of the page that explains
		short                    string // Django's
		size                     int
		problem                  string // what JSON has as title
	}{
		{"no route", "GET", "/nowhere/", "", 404, "Page not found (404)", `No route matches the path "/nowhere/".`, "Not Found", 179, "Not Found"},
		{"NotFound", "GET", "/missing/7/", "", 404, "Page not found (404)", "no thing <b>7</b>", "Not Found", 179, "Not Found"},
		{"PermissionDenied", "GET", "/denied/", "", 403, "Permission denied (403)", "staff only", "403 Forbidden", 135, "Forbidden"},
		{"BadRequest", "POST", "/bad/", "", 400, "Bad request (400)", "no number", "Bad Request (400)", 143, "Bad Request"},
		{"CSRFFailed", "POST", "/forged/", "", 403, "Forbidden (403)", "Origin checking failed.", "CSRF verification failed. Request aborted.", 254, "Forbidden"},
		{"host", "GET", "/", "evil.example", 400, "DisallowedHost at /", `"evil.example"`, "Bad Request (400)", 143, "Bad Request"},
		{"no host", "GET", "/", "bad host", 400, "DisallowedHost at /", "No setting allows such a host.", "Bad Request (400)", 143, "Bad Request"},
		{"panic", "GET", "/panic/text/", "", 500, "Panic at /panic/text/", "boom <b>", "Server Error (500)", 145, "Internal Server Error"},
	}
	forms := []struct{ accept, debug, deployed string }{
		{"", "text/plain; charset=utf-8", "text/html"},
		{"*/*", "text/plain; charset=utf-8", "text/html"},
		{"text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html; charset=utf-8", "text/html"},
		{"application/json, text/plain, */*", "application/problem+json", "application/problem+json"},
		{"application/problem+json", "application/problem+json", "application/problem+json"},
		{"text/html, application/json", "text/html; charset=utf-8", "text/html"},
		{"application/*", "application/problem+json", "text/html"},
		{"text/plain", "text/plain; charset=utf-8", "text/html"},
		{"image/png", "text/plain; charset=utf-8", "text/html"},
	}
	debug, deployed := troubled(t, true, ""), troubled(t, false, "")
	for _, page := range pages {
		for _, form := range forms {
			for _, method := range []string{page.method, "HEAD"} {
				t.Run(page.name+" "+method+" "+form.accept, func(t *testing.T) {
					headers := []string{"Host: example.com"}
					if form.accept != "" {
						headers = append(headers, "Accept: "+form.accept)
					}
					if page.host != "" {
						headers = append(headers, "Host: "+page.host)
					}
					w := request(debug, method, page.path, headers...)
					checkHead(t, w, method, page.status, form.debug, true)
					if method != "HEAD" {
						checkExplains(t, w, page.title, page.problem, page.explains)
					}
					w = request(deployed, method, page.path, headers...)
					checkHead(t, w, method, page.status, form.deployed, false)
					if method != "HEAD" {
						checkShort(t, w, page.short, page.problem, page.size)
					}
				})
			}
		}
	}
}

// checkHead looks at what all answers have.
func checkHead(t *testing.T, w *httptest.ResponseRecorder, method string, status int, kind string, debug bool) {
	t.Helper()
	h := w.Header()
	if w.Code != status || h.Get("Content-Type") != kind {
		t.Errorf("got %d %s, want %d %s", w.Code, h.Get("Content-Type"), status, kind)
	}
	length, err := strconv.Atoi(h.Get("Content-Length"))
	if err != nil || method == "HEAD" && w.Body.Len() != 0 || method != "HEAD" && length != w.Body.Len() {
		t.Errorf("Content-Length %q for %d bytes", h.Get("Content-Length"), w.Body.Len())
	}
	negotiated := debug || kind != "text/html"
	if slices.Contains(h["Vary"], "Accept") != negotiated {
		t.Errorf("Vary: %q", h["Vary"])
	}
	hardened := strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none';") && h.Get("X-Content-Type-Options") == "nosniff"
	if hardened != debug || (h.Get("Cache-Control") == "no-store") != negotiated {
		t.Errorf("debug %v: %v", debug, h)
	}
}

func checkExplains(t *testing.T, w *httptest.ResponseRecorder, title, problem, explains string) {
	t.Helper()
	body := w.Body.String()
	switch w.Header().Get("Content-Type") {
	case "text/html; charset=utf-8":
		for _, want := range []string{"<title>" + title + "</title>", "<h1>" + title + "</h1>", "DEBUG = true in your test.toml file"} {
			if !strings.Contains(body, want) {
				t.Errorf("no %q in %s", want, body)
			}
		}
		if explains = strings.NewReplacer("<", "&lt;", ">", "&gt;", `"`, "&#34;").Replace(explains); strings.Contains(body, "<b>") {
			t.Error("markup is not escaped")
		}
	case "application/problem+json":
		p := decode(t, w)
		if p.Title != problem || p.Status != w.Code || p.Type != "about:blank" || p.Instance == "" || p.Detail == "" {
			t.Errorf("got %+v", p)
		}
		body = p.Detail + fmt.Sprint(p.Advice)
	default:
		if !strings.HasPrefix(body, title+"\n") {
			t.Errorf("got %s", body)
		}
	}
	if !strings.Contains(body, explains) {
		t.Errorf("no %q in %s", explains, body)
	}
}

func checkShort(t *testing.T, w *httptest.ResponseRecorder, short, problem string, size int) {
	t.Helper()
	body := w.Body.String()
	if w.Header().Get("Content-Type") == "text/html" {
		if len(body) != size || !strings.Contains(body, short) {
			t.Errorf("got %d bytes, want %d with %q: %s", len(body), size, short, body)
		}
		return
	}
	if want := fmt.Sprintf(`{"type":"about:blank","title":%q,"status":%d}`+"\n", problem, w.Code); body != want {
		t.Errorf("got %s, want %s", body, want)
	}
}

// A 405 keeps its status and Allow; without DEBUG it has no body.
func TestMethodNotAllowed(t *testing.T) {
	w := request(troubled(t, true, ""), "PUT", "/only/", "Accept: application/json")
	if p := decode(t, w); w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" || !strings.Contains(p.Detail, "has no route for PUT. It has some for: GET, HEAD.") {
		t.Errorf("got %d %v %s", w.Code, w.Header(), w.Body)
	}
	w = request(troubled(t, false, ""), "PUT", "/only/", "Accept: application/json")
	if w.Code != 405 || w.Header().Get("Allow") != "GET, HEAD" || w.Body.Len() != 0 || w.Header().Get("Content-Length") != "0" {
		t.Errorf("got %d %v %s", w.Code, w.Header(), w.Body)
	}
}

// What apps call works outside of a site, too.
func TestAnswersWithoutASite(t *testing.T) {
	silence(t)
	for status, answer := range map[int]func(http.ResponseWriter, *http.Request, string){
		404: settled.NotFound, 403: settled.PermissionDenied, 400: settled.BadRequest,
	} {
		w := httptest.NewRecorder()
		answer(w, httptest.NewRequest("GET", "/", nil), "why")
		if w.Code != status || strings.Contains(w.Body.String(), "why") {
			t.Errorf("got %d %s, want %d", w.Code, w.Body, status)
		}
	}
}
