package command_test

import (
	"bytes"
	"context"
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/manage/command"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

// shop is an app with settings, middleware and a route.
type shop struct{ settings shopSettings }

type shopSettings struct {
	Password settings.Secret   `toml:"SHOP_PASSWORD"`
	Token    string            `toml:"SHOP_TOKEN"`
	Rows     int               `toml:"SHOP_ROWS" alias:"SHOP_LINES" check:"shop.E001 alias=shop.W001 both=shop.E002"`
	Filter   string            `toml:"SHOP_FILTER"`
	Hooks    map[string]string `toml:"SHOP_HOOKS"`
	Gone     settings.Removed  `toml:"SHOP_GONE" check:"shop.E003" removed:"."`
}

func newShop() settled.App { return &shop{shopSettings{Rows: 10, Hooks: map[string]string{}}} }

func (a *shop) Settings() any { return &a.settings }

func (a *shop) Checks() []settled.Check {
	return []settled.Check{{IDs: []string{"shop.E001", "shop.E002", "shop.E003", "shop.W001"}, Tags: []string{"shop"}}}
}

func (a *shop) Middleware() []middleware.Link {
	link := func(name string, t middleware.Traits) middleware.Link {
		return middleware.Link{Name: name, Traits: t, New: func() (middleware.Func, error) {
			return func(h http.Handler) http.Handler { return h }, nil
		}}
	}
	return []middleware.Link{
		link("shop.Plain", middleware.Traits{}),
		link("shop.Login", middleware.Traits{Is: middleware.Answers | middleware.Authenticates, After: []string{"shop.Plain"}}),
	}
}

func (a *shop) Routes() []settled.Route {
	return []settled.Route{settled.Path("GET /shop/", http.NotFound, "shop"), {Pattern: "/till/", Handler: http.NotFoundHandler()}}
}

func showing(args ...string) result {
	var r settled.Registry
	r.Register("shop", newShop)
	r.RegisterBuiltin("demo", func() settled.App { return new(testApp) })
	var stdout, stderr bytes.Buffer
	p := command.Program{Name: "manage", Setup: r.Setup, Stdout: &stdout, Stderr: &stderr}
	return result{p.Run(context.Background(), args), stdout.String(), stderr.String()}
}

const shopFile = `DEBUG = true
INSTALLED_APPS = ["shop"]
MIDDLEWARE = [
    "shop.Plain",
    "shop.Login",
]
SHOP_PASSWORD = "hunter2"
SHOP_TOKEN = "hunter3"
SHOP_FILTER = '^\w+$'
`

func TestApps(t *testing.T) {
	in(t, shopFile)
	got := showing("apps")
	core, rest, ok := strings.Cut(got.Stdout, "demo (built in)\n")
	want := `    command     greet
    command     alone
    command     broken
    command     group
    command     level
    command     ownv
    command     fail
    command     panic
    command     wait
    checks      demo.E001 demo.W001
shop
    middleware  shop.Plain
    middleware  shop.Login
    route       GET /shop/  shop
    route       /till/
    checks      shop.E001 shop.E002 shop.E003 shop.W001
`
	if diff := cmp.Diff(want, rest); diff != "" || !ok || !strings.HasPrefix(core, "settled (built in)\n    checks      apps.C001 ") || got.Status != 0 || got.Stderr != "" {
		t.Errorf("%+v (-want +got):\n%s", got, diff)
	}
}

func TestMiddleware(t *testing.T) {
	in(t, shopFile)
	want := result{0, `0  shop.Plain  shop  -
1  shop.Login  shop  answers, authenticates, after shop.Plain
request -> shop.Plain -> shop.Login -> handler
`, ""}
	if diff := cmp.Diff(want, showing("middleware")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What can be shown of a project with errors is shown; the errors go to stderr,
// and the status tells.
func TestMiddlewareOfABrokenProject(t *testing.T) {
	in(t, "DEBUG = true\nINSTALLED_APPS = [\"shop\"]\nMIDDLEWARE = [\"shop.Plan\\u001b[2J\", \"shop.Plain\"]\n")
	got := showing("middleware")
	want := "0  shop.Plan\\x1b[2J        not linked into this program\n1  shop.Plain        shop  -\nrequest -> shop.Plain -> handler\n"
	if got.Status != 1 || got.Stdout != want || !strings.HasPrefix(got.Stderr, "SystemCheckError: ") || !strings.Contains(got.Stderr, "(middleware.E002)") {
		t.Errorf("got %+v, want %s", got, want)
	}
}

func TestDiffsettings(t *testing.T) {
	const stars = `"********************"`
	for _, tt := range []struct {
		name   string
		env    map[string]string
		more   string
		args   []string
		want   string
		stderr string
	}{
		{name: "hash", want: `DEBUG = true  # settings.toml:1
INSTALLED_APPS = ["shop"]  # settings.toml:2
MIDDLEWARE = ["shop.Plain", "shop.Login"]  # settings.toml:3
SHOP_FILTER = '^\w+$'  # settings.toml:9
SHOP_PASSWORD = ` + stars + `  # settings.toml:7
SHOP_TOKEN = ` + stars + `  # settings.toml:8
`},
		{name: "all", args: []string{"--all"}, want: `### ALLOWED_HOSTS = []
DEBUG = true  # settings.toml:1
INSTALLED_APPS = ["shop"]  # settings.toml:2
MIDDLEWARE = ["shop.Plain", "shop.Login"]  # settings.toml:3
### SECRET_KEY = ""
### SECRET_KEY_FALLBACKS = []
### SECURE_PROXY_SSL_HEADER = []
SHOP_FILTER = '^\w+$'  # settings.toml:9
### SHOP_HOOKS = {}
SHOP_PASSWORD = ` + stars + `  # settings.toml:7
### SHOP_ROWS = 10
SHOP_TOKEN = ` + stars + `  # settings.toml:8
### SILENCED_SYSTEM_CHECKS = []
### TRUSTED_PROXIES = []
### URLS = {}
### USE_X_FORWARDED_HOST = false
### USE_X_FORWARDED_PORT = false
`},
		{name: "unified", args: []string{"--output", "unified"}, want: `- DEBUG = false
+ DEBUG = true  # settings.toml:1
- INSTALLED_APPS = []
+ INSTALLED_APPS = ["shop"]  # settings.toml:2
- MIDDLEWARE = []
+ MIDDLEWARE = ["shop.Plain", "shop.Login"]  # settings.toml:3
- SHOP_FILTER = ""
+ SHOP_FILTER = '^\w+$'  # settings.toml:9
- SHOP_PASSWORD = ""
+ SHOP_PASSWORD = ` + stars + `  # settings.toml:7
- SHOP_TOKEN = ""
+ SHOP_TOKEN = ` + stars + `  # settings.toml:8
`},
		{name: "against another file", args: []string{"--default", "base.toml", "--output", "unified"}, want: `- SHOP_PASSWORD = ` + stars + `
+ SHOP_PASSWORD = ` + stars + `  # settings.toml:7
`},
		{name: "environment", env: map[string]string{"SETTLED_DEBUG": "false", "SETTLED_ALLOWED_HOSTS": "a.example,b.example"},
			want: `ALLOWED_HOSTS = ["a.example", "b.example"]  # SETTLED_ALLOWED_HOSTS
INSTALLED_APPS = ["shop"]  # settings.toml:2
MIDDLEWARE = ["shop.Plain", "shop.Login"]  # settings.toml:3
SHOP_FILTER = '^\w+$'  # settings.toml:9
SHOP_PASSWORD = ` + stars + `  # settings.toml:7
SHOP_TOKEN = ` + stars + `  # settings.toml:8
`},
		{name: "old name, table", more: "SHOP_LINES = 20\nSHOP_HOOKS = { pay = \"https://u:hunter4@pay.example/\", API = \"hunter5\" }\n", want: `DEBUG = true  # settings.toml:1
INSTALLED_APPS = ["shop"]  # settings.toml:2
MIDDLEWARE = ["shop.Plain", "shop.Login"]  # settings.toml:3
SHOP_FILTER = '^\w+$'  # settings.toml:9
SHOP_HOOKS = { API = ` + stars + `, pay = "https://u:********************@pay.example/" }  # settings.toml:11
SHOP_PASSWORD = ` + stars + `  # settings.toml:7
SHOP_ROWS = 20  # settings.toml:10
SHOP_TOKEN = ` + stars + `  # settings.toml:8
`, stderr: "(shop.W001)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in(t, shopFile+tt.more)
			if err := os.WriteFile("base.toml", []byte(strings.Replace(shopFile, "hunter2", "other", 1)), 0o666); err != nil {
				t.Fatal(err)
			}
			for name, value := range tt.env {
				t.Setenv(name, value)
			}
			got := showing(append([]string{"diffsettings"}, tt.args...)...)
			if diff := cmp.Diff(tt.want, got.Stdout); diff != "" || got.Status != 0 {
				t.Errorf("status %d, %s (-want +got):\n%s", got.Status, got.Stderr, diff)
			}
			if (tt.stderr == "") != (got.Stderr == "") || !strings.Contains(got.Stderr, tt.stderr) || strings.Contains(got.Stderr, "hunter") {
				t.Errorf("stderr: %s", got.Stderr)
			}
		})
	}
}
