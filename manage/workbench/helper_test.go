package workbench_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/manage/workbench"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

// shop is an app with a bit of everything.
type shop struct {
	s struct {
		Title  string          `toml:"SHOP_TITLE"`
		Size   int             `toml:"SHOP_SIZE" validate:"min=1"`
		Feeds  []string        `toml:"SHOP_FEEDS"`
		Key    settings.Secret `toml:"SHOP_KEY"`
		Token  string          `toml:"SHOP_TOKEN"`
		Labels map[string]int  `toml:"SHOP_LABELS"`
	}
}

func newShop() settled.App {
	a := &shop{}
	a.s.Title, a.s.Size = "Shop", 10
	return a
}

func (a *shop) Settings() any { return &a.s }

func (a *shop) Middleware() []middleware.Link {
	pass := func() (middleware.Func, error) { return func(h http.Handler) http.Handler { return h }, nil }
	links := []middleware.Link{
		{Name: "shop.Outer", Traits: middleware.Traits{Is: middleware.HTTPS | middleware.Answers}, New: pass},
		{Name: "shop.Inner", Traits: middleware.Traits{Is: middleware.Compresses, After: []string{"shop.Outer"}}, New: pass},
	}
	for i := range 30 {
		links = append(links, middleware.Link{Name: fmt.Sprint("shop.AnotherLayerWithALongName", i), New: pass})
	}
	return links
}

func (a *shop) Routes() []settled.Route {
	return []settled.Route{settled.Path("GET /items/{id}", func(http.ResponseWriter, *http.Request) {}, "item")}
}

func (a *shop) Checks() []settled.Check {
	return []settled.Check{{IDs: []string{"shop.W001", "shop.E002"}, Tags: []string{"shop"}, Settings: []string{"SHOP_TITLE"},
		Run: func(*settled.Project) checks.Messages {
			if a.s.Title == "bad" {
				return checks.Messages{checks.Errorf("shop.E002", "%q is a bad title", a.s.Title).On("SHOP_TITLE").WithHint("write another")}
			}
			if a.s.Title != "Shop" {
				return checks.Messages{checks.Warningf("shop.W001", "%q is another title", a.s.Title).On("SHOP_TITLE")}
			}
			return nil
		}}}
}

func (a *shop) Tools(*settled.Site) []settled.Tool {
	answer := func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/framed" {
			settled.ToolPage{Title: "Framed", Body: "<p>body</p>"}.ServeHTTP(w, r)
			return
		}
		switch r.URL.Path {
		case "/fails":
			panic("no " + a.s.Key.Value())
		case "/knows":
			path, err := settled.Reverse(r.Context(), "shop:item", 5)
			_, _ = fmt.Fprint(w, path, err)
			return
		}
		_, _ = w.Write([]byte("tool " + r.URL.Path))
	}
	return []settled.Tool{{Name: "tool", Title: "A <tool>", Handler: http.HandlerFunc(answer)}}
}

// odd has tools that can't be mounted.
type odd struct{}

func (odd) Settings() any { return nil }

func (odd) Tools(*settled.Site) []settled.Tool {
	return []settled.Tool{
		{Name: "tool", Title: "Taken", Handler: http.NotFoundHandler()},
		{Name: "checks", Title: "Ours", Handler: http.NotFoundHandler()},
		{Name: "no/name", Title: "Slash", Handler: http.NotFoundHandler()},
		{Name: "nothing", Title: "Empty"},
	}
}

// A place is a settings file on disk and the workbench of its site.
type place struct {
	t       *testing.T
	file    string
	handler http.Handler
}

// sound are settings that check has nothing against.
const sound = `DEBUG = true
INSTALLED_APPS = ["shop"]
MIDDLEWARE = ["shop.Outer", "shop.Inner"]
`

// open serves the project of a settings file with this text.
func open(t *testing.T, text string) *place {
	t.Helper()
	p := &place{t: t, file: filepath.Join(t.TempDir(), "settings.toml")}
	p.write(text)
	f, err := settings.Load(p.file)
	if err != nil {
		t.Fatal(err)
	}
	var r settled.Registry
	r.Register("shop", newShop)
	r.Register("odd", func() settled.App { return odd{} })
	project, _ := r.Setup(f)
	site, err := project.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = site.Close() })
	p.handler = workbench.Handler(site)
	return p
}

func (p *place) write(text string) {
	p.t.Helper()
	if err := os.WriteFile(p.file, []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// get is a page of the workbench.
func (p *place) get(path string) string {
	p.t.Helper()
	w := ask(p.handler, "GET", workbench.Path+path)
	if w.Code != 200 {
		p.t.Errorf("%s: %d", path, w.Code)
	}
	return w.Body.String()
}

// ask is a request from this machine.
func ask(h http.Handler, method, path string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, nil)
	r.RemoteAddr, r.Host = "127.0.0.1:5000", "localhost:8000"
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// all are the paths of all kinds of pages.
var all = []string{"", "checks/", "checks/shop.W001", "apps/", "routes/", "tool/framed"}
