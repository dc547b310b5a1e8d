package settled_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settledtest"
)

// Whatever a handler panics with, there is an answer, and it says where.
func TestPanics(t *testing.T) {
	site := troubled(t, true, "")
	for _, tt := range []struct{ kind, title, value, source string }{
		{"text", "Panic at", "boom <b>", `panic("boom <b>")`},
		{"nil", "Runtime error at", "invalid memory address or nil pointer dereference", `missing.settings.Password = "x"`},
		{"wrapped", "Error at", "outer: inner", `panic(fmt.Errorf("outer: %w", errors.New("inner")))`},
		{"rude", "settled_test.rude at", "PANIC=Error method: no text", "panic(rude{})"},
		{"huge", "Panic at", "xxx... (1048576 bytes in all)", `panic(strings.Repeat("x", 1<<20))`},
		{"invalid", "Panic at", `[31m`, `panic("\xff\x1b[31m\x00")`},
	} {
		t.Run(tt.kind, func(t *testing.T) {
			for _, accept := range []string{"text/html", "text/plain", "application/json"} {
				w := request(site, "GET", "/panic/"+tt.kind+"/", "Accept: "+accept)
				body := w.Body.String()
				if w.Code != 500 || len(body) > 200<<10 {
					t.Errorf("%s: got %d with %d bytes", accept, w.Code, len(body))
				}
				if accept == "text/plain" && (!utf8.ValidString(body) || strings.ContainsAny(body, "\x1b\x00") ||
					!strings.HasPrefix(body, tt.title) || !strings.Contains(body, tt.source)) {
					t.Errorf("got %q", body[:min(len(body), 3000)])
				}
			}
			p := decode(t, request(site, "GET", "/panic/"+tt.kind+"/", "Accept: application/json"))
			if !strings.Contains(p.Detail, tt.value) || len(p.Frames) < 3 || p.Frames[0].Source != tt.source || p.Frames[0].Kind != "app" ||
				p.Frames[0].Function != "settled_test.(*trouble).panic" {
				t.Errorf("got %q %+v", p.Detail[:min(len(p.Detail), 100)], p.Frames)
			}
		})
	}
	p := decode(t, request(site, "GET", "/panic/wrapped/", "Accept: application/json"))
	if len(p.Exception) != 2 || p.Exception[1].Value != "inner" || p.Facts["Route"] != "/panic/{kind}/ (panic)" || p.Facts["App"] != "trouble" {
		t.Errorf("got %+v", p)
	}
}

// planted is in two parts, since the pages show this source.
const (
	planted = "pl4" + "nted"
	short   = "q" + "7z" // too short to be looked for in texts
)

// A secret is in no form of any page, wherever it came from: settings, also nested
// and as the password of a URL, headers, cookies, query and form.
func TestNoSecrets(t *testing.T) {
	silence(t)
	site := settledtest.Start(t, troubleApps, strings.ReplaceAll(`DEBUG = true
INSTALLED_APPS = ["trouble"]
SECRET_KEY = "!-secret-key"
TROUBLE_SEED = "!-seed"
TROUBLE_PASSWORD = "!-password"
TROUBLE_DATABASE = "postgres://polls:!-url@db.example/polls"
TROUBLE_CACHES = { default = { PASSWORD = "!-nested", HOST = "cache.example" } }
`, "!", planted)).Handler()
	for _, path := range []string{"/panic/secrets/", "/panic/text/", "/forged/", "/missing/1/", "/nowhere/"} {
		for _, accept := range []string{"text/html", "text/plain", "application/json"} {
			r := httptest.NewRequest("POST", "http://localhost"+path+"?token="+planted+"-query&page=2&key="+short, strings.NewReader("password="+planted+"-form&size=9&pin="+short))
			for name, value := range map[string]string{
				"Accept": accept, "Content-Type": "application/x-www-form-urlencoded",
				"Authorization": "Bearer " + planted + "-bearer", "Proxy-Authorization": "Basic " + planted + "-proxy", "X-Api-Key": planted + "-key",
				"X-Auth-Token": planted + "-token", "Cookie": "anything=" + planted + "-cookie; other=" + short, "X-Pin-Token": short, "X-Session-Id": planted + "-session",
				"Referer": "http://localhost/reset?token=" + planted + "-referer&x=1", "X-Upstream": "http://u:" + planted + "-upstream@proxy.example/",
			} {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			site.ServeHTTP(w, r)
			body := w.Body.String()
			if i := strings.Index(body, planted); i >= 0 {
				t.Errorf("%s as %s shows %q", path, accept, body[i:min(len(body), i+30)])
			}
			if path != "/panic/secrets/" && strings.Contains(body, short) {
				t.Errorf("%s as %s shows what is short", path, accept)
			}
			if !strings.HasPrefix(path, "/panic/") {
				continue
			}
			for _, want := range []string{"anything", "cache.example", "page", "size", "X-Api-Key", "SECRET_KEY", "proxy.example"} {
				if !strings.Contains(body, want) {
					t.Errorf("%s as %s does not name %q", path, accept, want)
				}
			}
		}
	}
}

// Who may read what: a page of another origin gets the outline, a host that is not
// allowed the short page, whatever the CORS settings say.
func TestWhoReads(t *testing.T) {
	silence(t)
	apps := settledtest.Apps{"trouble": newTrouble, "corsheaders": corsheaders.NewApp}
	site := settledtest.Start(t, apps, `DEBUG = true
INSTALLED_APPS = ["corsheaders", "trouble"]
MIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]
CORS_ALLOW_ALL_ORIGINS = true
`).Handler()
	for _, tt := range []struct {
		name    string
		headers []string
		all     bool
	}{
		{"no origin", nil, true},
		{"same origin", []string{"Origin: http://localhost"}, true},
		{"same origin in other letters", []string{"Origin: http://LOCALHOST"}, true},
		{"same origin, says the browser", []string{"Origin: http://front.example", "Sec-Fetch-Site: same-origin"}, true},
		{"a form of another origin", []string{"Origin: http://other.example", "Sec-Fetch-Mode: navigate"}, true},
		{"another port", []string{"Origin: http://localhost:3000"}, false},
		{"another origin", []string{"Origin: http://other.example", "Sec-Fetch-Mode: cors", "Sec-Fetch-Site: cross-site"}, false},
		{"null", []string{"Origin: null"}, false},
		{"two origins", []string{"Origin: http://localhost", "Origin: http://other.example"}, false},
		{"nonsense", []string{"Origin: ://"}, false},
		{"empty", []string{"Origin: "}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := request(site, "GET", "http://localhost/panic/text/", append([]string{"Accept: application/json"}, tt.headers...)...)
			p := decode(t, w)
			all := len(p.Settings) > 0 && len(p.Request) > 0 && p.Frames[0].Source != "" && strings.Contains(p.Frames[0].File, "/") && p.Withheld == ""
			nothing := p.Settings == nil && p.Request == nil && p.Frames[0].Source == "" && !strings.Contains(p.Frames[0].File, "/") && p.Withheld != ""
			if all != tt.all || nothing == tt.all || p.Detail != "boom <b>" {
				t.Errorf("got %s", w.Body)
			}
			if vary := strings.Join(w.Header()["Vary"], ", "); vary != "Accept, origin" {
				t.Errorf("Vary: %s", vary)
			}
		})
	}
	for _, host := range []string{"evil.example", "bad host"} {
		w := request(site, "GET", "http://localhost/panic/text/", "Host: "+host, "Accept: application/json")
		if p := decode(t, w); w.Code != 400 || len(p.Settings)+len(p.Request)+len(p.Frames) > 0 {
			t.Errorf("%s: got %s", host, w.Body)
		}
	}
}

// early is an app whose middleware panics before the host is looked at.
type early struct{ bare }

func (early) Middleware() []middleware.Link {
	return []middleware.Link{{Name: "early.Panics", New: func() (middleware.Func, error) {
		return func(http.Handler) http.Handler {
			return http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("too early") })
		}, nil
	}}}
}

func TestPanicForAHostThatIsNotAllowed(t *testing.T) {
	silence(t)
	site := settledtest.Start(t, settledtest.Apps{"early": func() settled.App { return early{} }},
		"DEBUG = true\nINSTALLED_APPS = [\"early\"]\nMIDDLEWARE = [\"early.Panics\"]\n").Handler()
	if w := request(site, "GET", "http://evil.example/"); w.Code != 500 || w.Body.Len() != 145 {
		t.Errorf("got %d %s, want the short page", w.Code, w.Body)
	}
	if w := request(site, "GET", "http://localhost/"); w.Code != 500 || !strings.Contains(w.Body.String(), "too early") {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
}

// fickle is an app whose Routes panic when it is told to.
type fickle struct {
	bare
	broken *bool
}

func (a fickle) Routes() []settled.Route {
	if *a.broken {
		panic("no more routes")
	}
	return nil
}

// A page that can't be made is no reason to give no answer.
func TestPageThatCannotBeMade(t *testing.T) {
	silence(t)
	broken := false
	site := settledtest.Start(t, settledtest.Apps{"fickle": func() settled.App { return fickle{broken: &broken} }},
		"DEBUG = true\nINSTALLED_APPS = [\"fickle\"]\n").Handler()
	broken = true
	if w := request(site, "GET", "http://localhost/nowhere/"); w.Code != 404 || w.Body.Len() != 179 {
		t.Errorf("got %d %s, want the short page", w.Code, w.Body)
	}
}
