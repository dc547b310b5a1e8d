package settled_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
	"github.com/settled-go/settled/settledtest"
)

// testApps are apps that have what the stock ones have not: each is there for
// one message or one hook.
func testApps() settledtest.Apps {
	return settledtest.Apps{
		"hello":     func() settled.App { return &hello{name: "World"} },
		"rival":     func() settled.App { return rival{} },
		"impostor":  func() settled.App { return impostor{} },
		"othercors": func() settled.App { return plain{links: []string{"othercors.Middleware"}, is: middleware.CORS} },
		"redirects": func() settled.App { return plain{links: []string{"redirects.Middleware"}, is: middleware.Redirects} },
		"login":     func() settled.App { return plain{links: []string{"login.Middleware"}, is: middleware.Authenticates} },
		"lookalike": func() settled.App { return plain{links: []string{"corsheaders.middleware.CorsMiddleware"}} },
		"things":    func() settled.App { return plain{routes: []string{"/things/{id}"}} },
		"latest":    func() settled.App { return plain{routes: []string{"/{kind}/latest"}} },
		"badroute":  func() settled.App { return plain{routes: []string{"no slash"}} },
		"badroutes": func() settled.App {
			return plain{routes: []string{"", "GET ", "polls/", "POST {id}/", "www.example.com/", "GET localhost:8000/", "Get /", "/a//b", "GET /../b/",
				"/{id", "/{a}/{a}", "/{rest...}/b", "CONNECT /a//b"}}
		},
		"panics":  func() settled.App { return plain{check: noLuck} },
		"vault":   func() settled.App { return &vault{} },
		"vault2":  func() settled.App { return &vault{} },
		"stuck":   func() settled.App { return stuck{} },
		"audit":   func() settled.App { return audit{} },
		"doorman": func() settled.App { return doorman{} },
		"forgery": func() settled.App { return plain{links: []string{"forgery.Middleware"}, is: middleware.CSRF} },
		"session": func() settled.App { return plain{links: []string{"session.Middleware"}, is: middleware.Varies} },
		"account": func() settled.App {
			return plain{links: []string{"account.Middleware"}, after: []string{"session.Middleware"}}
		},
		"squeeze": func() settled.App { return plain{links: []string{"squeeze.Middleware"}, is: middleware.Compresses} },
		"etags":   func() settled.App { return plain{links: []string{"etags.Middleware"}, is: middleware.Conditional} },
		"minify":  func() settled.App { return plain{links: []string{"minify.Middleware"}, is: middleware.ChangesBody} },
	}
}

// registerTestApps puts them into the default registry, and a builtin one.
func registerTestApps() {
	for name, new := range testApps() {
		settled.Register(name, new)
	}
	settled.RegisterBuiltin("builtin", func() settled.App { return plain{} })
}

// plain is an app with what its fields say.
type plain struct {
	links  []string
	is     middleware.Kind
	after  []string
	routes []string
	check  func(*settled.Project) checks.Messages
}

func (plain) Settings() any { return nil }

func (a plain) Middleware() []middleware.Link {
	var links []middleware.Link
	for _, name := range a.links {
		links = append(links, middleware.Link{Name: name, Traits: middleware.Traits{Is: a.is, After: a.after},
			New: func() (middleware.Func, error) { return func(h http.Handler) http.Handler { return h }, nil }})
	}
	return links
}

func (a plain) Routes() []settled.Route {
	var routes []settled.Route
	for _, pattern := range a.routes {
		routes = append(routes, settled.Route{Pattern: pattern, Name: "page", Handler: http.NotFoundHandler()})
	}
	return routes
}

func (a plain) Checks() []settled.Check {
	if a.check == nil {
		return nil
	}
	return []settled.Check{{IDs: []string{"panics.E001"}, Tags: []string{"panics"}, Run: a.check}}
}

// hello has commands and routes.
type hello struct {
	name string
	fail bool
}

func (a *hello) Settings() any { return nil }

func (a *hello) Commands() []settled.Command {
	flags := func(f *flag.FlagSet) {
		f.StringVar(&a.name, "name", a.name, "whom to greet")
		f.BoolVar(&a.fail, "fail", false, "fail")
	}
	return []settled.Command{
		{Name: "hello", Short: "Says hello.", Flags: flags, Run: a.greet},
	}
}

func (a *hello) greet(ctx context.Context, env settled.Env) error {
	if a.fail {
		return errors.New("the voice is gone\nand will not come back")
	}
	input, err := io.ReadAll(env.Stdin)
	fmt.Fprintf(env.Stdout, "Hello %s! args=%q stdin=%q debug=%v\n", a.name, env.Args, strings.TrimSpace(string(input)), env.Project.Debug())
	return err
}

func (a *hello) Routes() []settled.Route {
	return []settled.Route{
		settled.Path("GET /hello/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, "Hello %s!\n", a.name) }, "hello"),
		settled.Path("/forever/", func(w http.ResponseWriter, r *http.Request) {
			_ = http.NewResponseController(w).Flush()
			<-r.Context().Done()
		}, "forever"),
		settled.Path("/panic/", func(w http.ResponseWriter, r *http.Request) { panic("a\nb") }, ""),
	}
}

// impostor brings a command that no app can replace.
type impostor struct{}

func (impostor) Settings() any { return nil }

func (impostor) Commands() []settled.Command {
	return []settled.Command{{Name: "version", Short: "Never seen.", Run: func(context.Context, settled.Env) error { return errors.New("called") }}}
}

// rival brings the same command and takes one of core's.
type rival struct{}

func (rival) Settings() any { return nil }

func (rival) Commands() []settled.Command {
	run := func(_ context.Context, env settled.Env) error { fmt.Fprintln(env.Stdout, "rival"); return nil }
	return []settled.Command{{Name: "hello", Short: "Rivals.", Run: run}, {Name: "apps", Short: "Rivals too.", Run: run}}
}

// vault has settings of all kinds, a secret one among them.
type vault struct{ settings vaultSettings }

type vaultSettings struct {
	Password settings.Secret   `toml:"VAULT_PASSWORD"`
	Depth    int               `toml:"VAULT_DEPTH"`
	Doors    map[string]string `toml:"VAULT_DOORS"`
}

func (a *vault) Settings() any {
	a.settings = vaultSettings{Depth: 3, Doors: map[string]string{}}
	return &a.settings
}

// stuck does not close.
type stuck struct{}

func (stuck) Settings() any                                 { return nil }
func (stuck) Ready(context.Context, *settled.Project) error { return nil }
func (stuck) Close() error                                  { return errors.New("the door jams") }

// audit finds something of every level, and more for deployments.
type audit struct{}

func (audit) Settings() any { return nil }

func (audit) Checks() []settled.Check {
	message := func(l checks.Level, id, text string) func(*settled.Project) checks.Messages {
		return func(*settled.Project) checks.Messages {
			return checks.Messages{{Level: l, ID: id, Text: text, Setting: "DEBUG", Hint: "look into it"}}
		}
	}
	return []settled.Check{
		{IDs: []string{"audit.W001"}, Tags: []string{"audit"}, Run: message(checks.Warning, "audit.W001", "this is odd")},
		{IDs: []string{"audit.I001"}, Tags: []string{"audit", "notes"}, Run: message(checks.Info, "audit.I001", "for your information")},
		{IDs: []string{"audit.E001"}, Tags: []string{"deployment"}, Deploy: true, Run: message(checks.Error, "audit.E001", "not fit for the public")},
	}
}

// doorman decides about origins at run time.
type doorman struct{}

func (doorman) Settings() any                { return nil }
func (doorman) AllowCORS(*http.Request) bool { return false }
