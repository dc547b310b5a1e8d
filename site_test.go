package settled_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
	"github.com/settled-go/settled/settledtest"
)

// listen serves a site on a free port of this machine until the test ends.
func listen(t *testing.T, site *settled.Site) (addr string) {
	t.Helper()
	server := httptest.NewServer(site.Handler())
	t.Cleanup(server.Close)
	return server.Listener.Addr().String()
}

// traced is an app that notes what happens to it.
type traced struct {
	name          string
	trace         *[]string
	ready, closed error
	panics        bool
}

func (a traced) Settings() any { return nil }

func (a traced) Ready(context.Context, *settled.Project) error {
	*a.trace = append(*a.trace, "ready "+a.name)
	if a.panics {
		panic("not today")
	}
	return a.ready
}

func (a traced) Close() error {
	*a.trace = append(*a.trace, "close "+a.name)
	return a.closed
}

func (a traced) Middleware() []middleware.Link {
	return []middleware.Link{{Name: a.name + ".Link", New: func() (middleware.Func, error) {
		*a.trace = append(*a.trace, "link "+a.name)
		return func(next http.Handler) http.Handler { return next }, nil
	}}}
}

func TestLifeCycle(t *testing.T) {
	noDisk := errors.New("no disk")
	all := "DEBUG = true\nINSTALLED_APPS = [\"b\", \"a\", \"c\"]\nMIDDLEWARE = [\"c.Link\", \"a.Link\"]\n"
	for _, tt := range []struct {
		name    string
		break_  func(apps map[string]*traced)
		want    []string
		errors  []string
		closing string
	}{
		{name: "all well",
			want: []string{"ready b", "ready a", "ready c", "link a", "link c", "close c", "close a", "close b"}},
		{name: "a later Ready fails",
			break_: func(apps map[string]*traced) { apps["c"].ready = noDisk },
			want:   []string{"ready b", "ready a", "ready c", "close a", "close b"},
			errors: []string{`app "c" did not get ready: no disk`}},
		{name: "the first Ready fails",
			break_: func(apps map[string]*traced) { apps["b"].ready = noDisk },
			want:   []string{"ready b"},
			errors: []string{`app "b" did not get ready`}},
		{name: "a Ready panics",
			break_: func(apps map[string]*traced) { apps["a"].panics = true },
			want:   []string{"ready b", "ready a", "close b"},
			errors: []string{`app "a" did not get ready: panic: not today (at site_test.go:`}},
		{name: "Ready and Close fail",
			break_: func(apps map[string]*traced) { apps["c"].ready = noDisk; apps["a"].closed = errors.New("stuck") },
			want:   []string{"ready b", "ready a", "ready c", "close a", "close b"},
			errors: []string{"no disk", `app "a" did not close: stuck`}},
		{name: "Close fails",
			break_:  func(apps map[string]*traced) { apps["a"].closed = errors.New("stuck") },
			want:    []string{"ready b", "ready a", "ready c", "link a", "link c", "close c", "close a", "close b"},
			closing: `app "a" did not close: stuck`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var trace []string
			made := map[string]*traced{}
			apps := settledtest.Apps{}
			for _, name := range []string{"a", "b", "c"} {
				made[name] = &traced{name: name, trace: &trace}
				apps[name] = func() settled.App { return made[name] }
			}
			if tt.break_ != nil {
				tt.break_(made)
			}
			p, ms := settledtest.Setup(t, apps, all)
			if len(ms) > 0 {
				t.Fatal(ms)
			}
			site, err := p.Start(t.Context())
			for _, want := range tt.errors {
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("got %v, want %q", err, want)
				}
			}
			if err == nil {
				closing := site.Close()
				if tt.closing == "" && closing != nil || tt.closing != "" && (closing == nil || closing.Error() != tt.closing) {
					t.Errorf("Close: %v, want %q", closing, tt.closing)
				}
			}
			if diff := cmp.Diff(tt.want, trace); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What no project may do stops Start, whatever else was skipped or silenced.
func TestStartRefuses(t *testing.T) {
	for _, tt := range []struct{ name, toml, want string }{
		{"no host", "SILENCED_SYSTEM_CHECKS = [\"core.E001\"]", "core.E001"},
		{"unknown app", "DEBUG = true\nINSTALLED_APPS = [\"nope\"]", "apps.E001"},
		{"missing secret", "DEBUG = true\nSECRET_KEY = { env = \"SETTLEDTEST_NOT_THERE\" }", "settings.E010"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := settledtest.Setup(t, nil, tt.toml)
			_, err := p.Start(t.Context())
			var failure *checks.Failure
			if !errors.As(err, &failure) || failure.Messages[0].ID != tt.want {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

// shop has a setting and routes.
type shop struct{ settings shopSettings }

type shopSettings struct {
	Currency string   `toml:"SHOP_CURRENCY"`
	Goods    []string `toml:"SHOP_GOODS"`
}

func newShop() settled.App { return &shop{shopSettings{Currency: "EUR"}} }

func (s *shop) Settings() any { return &s.settings }

func (s *shop) Routes() []settled.Route {
	return []settled.Route{
		settled.Path("GET /goods/{id}", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintf(w, "%s in %s", r.PathValue("id"), s.settings.Currency)
		}, "good"),
		settled.Path("GET /pattern/{$}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.Pattern) }, "pattern"),
		settled.Path("GET /both", func(w http.ResponseWriter, r *http.Request) {}, "both"),
		settled.Path("GET /both/", func(w http.ResponseWriter, r *http.Request) {}, "both, below"),
		settled.Path("POST /goods/{$}", func(w http.ResponseWriter, r *http.Request) {}, "new"),
		settled.Path("GET /files/{path...}", func(w http.ResponseWriter, r *http.Request) {}, "files"),
		settled.Path("/boom/", func(http.ResponseWriter, *http.Request) { panic("boom") }, "boom"),
	}
}

var shopApps = settledtest.Apps{"shop": newShop}

const shopTOML = "INSTALLED_APPS = [\"shop\"]\nALLOWED_HOSTS = [\"shop.example\"]\nSHOP_CURRENCY = \"CHF\"\n"

func TestGetAndValue(t *testing.T) {
	p, _ := settledtest.Setup(t, shopApps, shopTOML)
	if s, ok := settled.Get[*shop](p); !ok || s.settings.Currency != "CHF" {
		t.Errorf("Get: %v, %v", s, ok)
	}
	if _, ok := settled.Get[bare](p); ok {
		t.Error("Get found an app that is not installed")
	}
	if v, ok := settled.Value[string](p, "SHOP_CURRENCY"); v != "CHF" || !ok {
		t.Errorf("Value: %q, %v", v, ok)
	}
	if v, ok := settled.Value[bool](p, "DEBUG"); v || !ok {
		t.Errorf("Value of a core setting: %v, %v", v, ok)
	}
	if _, ok := settled.Value[int](p, "SHOP_CURRENCY"); ok {
		t.Error("Value has the wrong type and says ok")
	}
	if _, ok := settled.Value[string](p, "NOBODYS"); ok {
		t.Error("Value of a setting that nobody has says ok")
	}
}

func TestResponses(t *testing.T) {
	silence(t)
	site := settledtest.Start(t, shopApps, shopTOML)
	for _, tt := range []struct {
		method, host, path string
		status             int
		body, header       string
	}{
		{"GET", "shop.example", "/goods/7", 200, "7 in CHF", ""},
		{"GET", "SHOP.example.:8000", "/goods/7", 200, "7 in CHF", ""},
		{"GET", "shop.example", "/pattern/", 200, "GET /pattern/{$}", ""},
		{"GET", "evil.example", "/goods/7", 400, "Bad Request (400)", ""},
		{"GET", "bad_host!", "/goods/7", 400, "Bad Request (400)", ""},
		{"GET", "shop.example", "/nothing", 404, "Not Found", ""},
		{"GET", "shop.example", "/", 404, "Not Found", ""},
		{"DELETE", "shop.example", "/goods/7", 405, "", "Allow: GET, HEAD"},
		{"GET", "shop.example", "/boom/x", 500, "Server Error (500)", ""},
		{"GET", "shop.example", "/boom", 404, "Not Found", ""},
		{"POST", "shop.example", "/goods", 404, "Not Found", ""},
		{"GET", "shop.example", "/files", 404, "Not Found", ""},
		{"GET", "shop.example", "//goods/7", 307, "", "Location: /goods/7"},
		{"GET", "shop.example", "*", 400, "Bad Request (400)", ""},
		{"POST", "shop.example", "/both", 405, "", "Allow: GET, HEAD"},
		{"OPTIONS", "shop.example", "*", 200, "", "Content-Length: 0"},
	} {
		t.Run(tt.method+" "+tt.host+tt.path, func(t *testing.T) {
			r := httptest.NewRequest(tt.method, "/", nil)
			r.URL.Path, r.Host, r.RequestURI = tt.path, tt.host, tt.path
			w := httptest.NewRecorder()
			site.Handler().ServeHTTP(w, r)
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.body) {
				t.Errorf("got %d %s, want %d %s", w.Code, w.Body, tt.status, tt.body)
			}
			if name, value, ok := strings.Cut(tt.header, ": "); ok && w.Header().Get(name) != value {
				t.Errorf("%s: got %q, want %q", name, w.Header().Get(name), value)
			}
		})
	}
}

// silence drops the log while a test provokes errors.
func silence(t *testing.T) {
	t.Helper()
	before := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	t.Cleanup(func() { slog.SetDefault(before) })
}

func TestWelcomePage(t *testing.T) {
	get := func(t *testing.T, apps settledtest.Apps, toml string) *httptest.ResponseRecorder {
		site := settledtest.Start(t, apps, toml)
		w := httptest.NewRecorder()
		site.Handler().ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/", nil))
		return w
	}
	page := get(t, shopApps, "DEBUG = true\nINSTALLED_APPS = [\"shop\"]\n")
	if page.Code != 200 || page.Header().Get("Content-Security-Policy") == "" {
		t.Errorf("got %d %v", page.Code, page.Header())
	}
	for _, want := range []string{"It works", "Check finds no issues", `href="/__settled__/"`} {
		if !strings.Contains(page.Body.String(), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, other := range []string{"src=", "@import", "url(", "http://", "https://"} {
		if strings.Contains(page.Body.String(), other) {
			t.Errorf("the page refers to something with %q", other)
		}
	}
	// It is inside the chain, where CORS may open it to others.
	for _, setting := range []string{"shop", "test.toml"} {
		if strings.Contains(page.Body.String(), setting) {
			t.Errorf("the page shows %q of the settings", setting)
		}
	}
	if got := get(t, shopApps, shopTOML+"DEBUG = false\n"); got.Code != 400 {
		t.Errorf("without DEBUG: %d", got.Code)
	}
	if got := get(t, vectorApps, "DEBUG = true\nINSTALLED_APPS = [\"views\"]\n"); strings.Contains(got.Body.String(), "Settled") {
		t.Error("the page stands before a route for /")
	}
}

// headOnly has a route that the welcome page would be in the way of.
type headOnly struct{ bare }

func (headOnly) Routes() []settled.Route {
	return []settled.Route{settled.Path("HEAD /", func(http.ResponseWriter, *http.Request) {}, "head")}
}

func TestWelcomePageGivesWay(t *testing.T) {
	settledtest.Start(t, settledtest.Apps{"head": func() settled.App { return headOnly{} }}, "DEBUG = true\nINSTALLED_APPS = [\"head\"]\n")
}

// clashing brings a route that the shop has too, and one that is wrong.
type clashing struct{ bare }

func (clashing) Routes() []settled.Route {
	nothing := func(http.ResponseWriter, *http.Request) {}
	return []settled.Route{
		settled.Path("GET /{kind}/7", nothing, "overlaps"),
		settled.Path("GET nothing", nothing, "wrong"),
		settled.Path("GET /nil", nil, "nil"),
	}
}

func TestRoutesThatClash(t *testing.T) {
	p, _ := settledtest.Setup(t, settledtest.Apps{"shop": newShop, "clash": func() settled.App { return clashing{} }},
		"DEBUG = true\nINSTALLED_APPS = [\"shop\", \"clash\"]\n")
	ms := p.Check(settled.Selection{})
	if len(ms) != 3 {
		t.Fatalf("got %v, want three messages", ms)
	}
	both := ms[0].Text
	if ms[0].ID != "urls.E101" || strings.Count(both, "site_test.go:") != 2 ||
		!strings.Contains(both, `"GET /goods/{id}" of app "shop"`) || !strings.Contains(both, `"GET /{kind}/7" of app "clash"`) {
		t.Errorf("got %v, want both places", ms[0])
	}
	for _, m := range ms[1:] {
		if m.ID != "urls.E103" || !strings.Contains(m.Text, `of app "clash"`) {
			t.Errorf("got %v", m)
		}
	}
	if _, err := p.Start(t.Context()); err == nil {
		t.Error("a project with routes that clash was started")
	}
}

// URLS says where an app's routes are served; two mounts serve it twice.
func TestMounts(t *testing.T) {
	site := settledtest.Start(t, shopApps, "DEBUG = true\nINSTALLED_APPS = [\"shop\"]\n[URLS]\n\"/shop/\" = \"shop\"\n\"/{lang}/\" = \"shop\"\n")
	for path, status := range map[string]int{
		"/shop/goods/7": 200, "/de/goods/7": 200, "/goods/7": 404, "/shop/goods": 404, "/shop/": 404, "/": 200,
	} {
		w := httptest.NewRecorder()
		site.Handler().ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+path, nil))
		if w.Code != status {
			t.Errorf("GET %s: %d, want %d", path, w.Code, status)
		}
	}
}

// One slip is one message: what follows from it alone is not reported.
func TestOneSlipIsOneMessage(t *testing.T) {
	apps := settledtest.Apps{"corsheaders": corsheaders.NewApp, "shop": newShop}
	const chain = "MIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\n"
	const origins = "CORS_ALLOWED_ORIGINS = [\"https://app.example.com\"]\n"
	for _, tt := range []struct{ name, toml, want string }{
		{"app misspelt", "INSTALLED_APPS = [\"corsheader\"]\n" + chain + "CORS_ALLOWED_ORIGINS = []\n", "apps.E001"},
		{"Django's long name", "INSTALLED_APPS = [\"corsheaders.apps.CorsHeadersAppConfig\"]\n" + chain, "apps.E001"},
		{"name of the package", "INSTALLED_APPS = [\"django-cors-headers\"]\n" + chain, "apps.E001"},
		{"apps not a list", "INSTALLED_APPS = \"corsheaders\"\n" + chain + "CORS_ALLOW_CREDENTIALS = true\n", "settings.E003"},
		{"app listed twice", "INSTALLED_APPS = [\"shop\", \"shop\"]\n", "apps.E002"},
		{"app misspelt, mounted", "INSTALLED_APPS = [\"shopp\"]\nURLS = { \"/s/\" = \"shopp\" }\n", "apps.E001"},
		{"app not linked, mounted", "INSTALLED_APPS = [\"elsewhere\"]\nURLS = { \"/s/\" = \"elsewhere\" }\n", "apps.E001"},
		{"apps not a list, values wrong too", "INSTALLED_APPS = 1\nSHOP_GOODS = 1\nURLS = { \"/s/\" = \"shop\" }\n", "settings.E003"},
		{"middleware misspelt", "INSTALLED_APPS = [\"corsheaders\"]\nMIDDLEWARE = [\"corsheaders.middleware.CORSMiddlewares\"]\n" + origins, "middleware.E002"},
		{"app for a middleware", "INSTALLED_APPS = [\"corsheaders\"]\nMIDDLEWARE = [\"corsheaders\"]\n" + origins, "middleware.E002"},
		{"middleware not a list", "INSTALLED_APPS = [\"corsheaders\"]\nMIDDLEWARE = true\n" + origins, "settings.E003"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := settledtest.Setup(t, apps, "DEBUG = true\n"+tt.toml)
			ms := p.Check(settled.Selection{})
			if len(ms) != 1 || ms[0].ID != tt.want || ms[0].Hint == "" {
				t.Errorf("got %v, want %s alone, with a hint", ms, tt.want)
			}
		})
	}
}

// faulty has a check that panics beside one that finds something.
type faulty struct{ bare }

func (faulty) Checks() []settled.Check {
	return []settled.Check{
		{IDs: []string{"faulty.E001"}, Tags: []string{"faulty"}, Run: func(*settled.Project) checks.Messages { panic("oh") }},
		{IDs: []string{"faulty.W002"}, Tags: []string{"faulty", "other"}, Run: func(*settled.Project) checks.Messages {
			return checks.Messages{checks.Warningf("faulty.W002", "found").On("DEBUG")}
		}},
		{IDs: []string{"faulty.W003"}, Tags: []string{"other"}, Deploy: true, Run: func(*settled.Project) checks.Messages {
			return checks.Messages{checks.Warningf("faulty.W003", "found")}
		}},
	}
}

func TestCheckSelection(t *testing.T) {
	p, _ := settledtest.Setup(t, settledtest.Apps{"faulty": func() settled.App { return faulty{} }},
		"INSTALLED_APPS = [\"faulty\"]\nDEBUG = true\nNOBODYS = 1\n")
	for _, tt := range []struct {
		sel  settled.Selection
		want []string
	}{
		{settled.Selection{}, []string{"apps.C001", "settings.E002", "faulty.W002"}},
		{settled.Selection{Deploy: true}, []string{"apps.C001", "settings.E002", "faulty.W003", "security.W020", "faulty.W002", "security.W018"}},
		{settled.Selection{Tags: []string{"settings"}}, []string{"settings.E002"}},
		{settled.Selection{Tags: []string{"other"}}, []string{"faulty.W002"}},
		{settled.Selection{Tags: []string{"other", "settings"}, Deploy: true}, []string{"settings.E002", "faulty.W003", "faulty.W002"}},
	} {
		var got []string
		for _, m := range p.Check(tt.sel) {
			got = append(got, m.ID)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%+v (-want +got):\n%s", tt.sel, diff)
		}
	}
	if diff := cmp.Diff([]string{"apps", "commands", "faulty", "middleware", "other", "security", "settings", "urls"}, p.Tags(true)); diff != "" {
		t.Error(diff)
	}
}

// Two projects share nothing, also while one serves and others are set up.
func TestProjectsSideBySide(t *testing.T) {
	site := settledtest.Start(t, shopApps, shopTOML)
	addr := listen(t, site)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 20 {
				resp, err := http.Get("http://" + addr + "/nothing")
				if err != nil {
					t.Error(err)
					return
				}
				io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
		})
		wg.Go(func() {
			currency := fmt.Sprint("C", i)
			p, ms := settledtest.Setup(t, shopApps, "INSTALLED_APPS = [\"shop\"]\nDEBUG = true\nSHOP_CURRENCY = \""+currency+"\"\n")
			if v, _ := settled.Value[string](p, "SHOP_CURRENCY"); v != currency || len(ms) > 0 {
				t.Errorf("got %q, %v", v, ms)
			}
			other, err := p.Start(t.Context())
			if err != nil {
				t.Error(err)
				return
			}
			if err := other.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if v, _ := settled.Value[string](site.Project(), "SHOP_CURRENCY"); v != "CHF" {
		t.Errorf("the serving project changed: %q", v)
	}
}

var _ settings.Ruled = settled.Core{}
