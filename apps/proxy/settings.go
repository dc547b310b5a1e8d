package proxy

import (
	"embed"

	"github.com/settled-go/settled/settings"
)

const routesSetting = "PROXY_ROUTES"

// Settings say which paths other servers answer.
type Settings struct {
	// Routes are the paths that other servers answer, each a [[PROXY_ROUTES]]
	// table. Routes of the project's apps that are more specific go before: path =
	// "/" is everything that they leave. Default: none.
	Routes []Route `toml:"PROXY_ROUTES" wrong:"PROXY_ROUTE PROXY_PASS PROXIES PROXY_UPSTREAMS REVERSE_PROXY" validate:"proxy_routes,dive" should:"be a list of tables such as { path = \"/api/\", upstream = \"http://127.0.0.1:9000\" }"`
}

// A Route is an entry of PROXY_ROUTES.
type Route struct {
	// Path is where the route begins: "/api/" is /api/ and all that is below it. The
	// server behind also gets /api, and says itself whether a slash is to follow.
	Path string `toml:"path"`
	// Upstream is the server that answers: "http://127.0.0.1:9000". A path in it
	// goes before the path of each request.
	Upstream string `toml:"upstream"`
	// Upstreams are several servers that answer the same. Default: none.
	Upstreams []string `toml:"upstreams"`
	// Rewrite stands for the route's path in what the server is asked for: with
	// path = "/api/" and rewrite = "/v2/", /api/users is /v2/users there; "/" takes
	// the path off. Redirects are mapped back. Default: the path stays.
	Rewrite string `toml:"rewrite"`
	// Host is what the server sees as Host: "client" for what the client asked
	// for, which Django's ALLOWED_HOSTS and its CSRF check look at; "upstream" for
	// the server's own name; or a name. Default: client.
	Host string `toml:"host"`
	// RequestHeaders are set in what the server gets; "" takes one out. A value is
	// never shown, and may be { env = "NAME" } or { file = "path" }. Default: none.
	RequestHeaders map[string]settings.Secret `toml:"request_headers"`
	// ResponseHeaders are set in what the client gets; "" takes one out. Default:
	// none.
	ResponseHeaders map[string]string `toml:"response_headers"`
	// CSRFCheck has django.middleware.csrf.CsrfViewMiddleware check requests, if it
	// is in MIDDLEWARE. The server behind has its own check, as a rule. Default: false.
	CSRFCheck bool `toml:"csrf_check"`
	Delivery
}

// Defaults are the settings of a project without routes.
func Defaults() Settings { return Settings{Routes: []Route{}} }

// servers are the addresses of the servers, as they are written.
func (r Route) servers() []string {
	if r.Upstream != "" {
		return append([]string{r.Upstream}, r.Upstreams...)
	}
	return r.Upstreams
}

//go:embed settings.go settings_upstream.go docs/*.md
var docs embed.FS
