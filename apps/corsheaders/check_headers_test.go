package corsheaders_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settledtest"
)

// forgery is an app with a CSRF middleware and the setting that such a one has.
type forgery struct{ settings forgerySettings }

type forgerySettings struct {
	Trusted []string `toml:"CSRF_TRUSTED_ORIGINS"`
	Header  string   `toml:"CSRF_HEADER_NAME"`
}

func (a *forgery) Settings() any { return &a.settings }

func (a *forgery) Middleware() []middleware.Link {
	return []middleware.Link{{Name: "forgery.Middleware", Traits: middleware.Traits{Is: middleware.CSRF},
		New: func() (middleware.Func, error) { return func(h http.Handler) http.Handler { return h }, nil }}}
}

const (
	cors   = "DEBUG = true\nINSTALLED_APPS = ['corsheaders']\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']\nCORS_ALLOWED_ORIGINS = ['https://app.example.com']\n"
	noCSRF = "DEBUG = true\nINSTALLED_APPS = ['corsheaders', 'forgery']\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware']\nCORS_ALLOWED_ORIGINS = ['https://app.example.com']\n"
	csrf   = "DEBUG = true\nINSTALLED_APPS = ['corsheaders', 'forgery']\nMIDDLEWARE = ['corsheaders.middleware.CorsMiddleware', 'forgery.Middleware']\n"
)

func TestHeaderChecks(t *testing.T) {
	const cookies = "CORS_ALLOW_CREDENTIALS = true\n"
	const listed = "CORS_ALLOWED_ORIGINS = ['https://app.example.com', 'https://b.example.com:8443', 'capacitor://localhost', 'null']\n"
	for _, tt := range []struct{ name, toml, want string }{
		{"defaults", cors, ""},
		{"defaults with cookies", cors + cookies, ""},

		{"all methods with cookies", cors + cookies + "CORS_ALLOW_METHODS = ['GET', '*']", "W155 CORS_ALLOW_METHODS[1]"},
		{"all headers with cookies", cors + cookies + "CORS_ALLOW_HEADERS = ['*']", "W155 CORS_ALLOW_HEADERS[0]"},
		{"all headers with cookies, and authorization", cors + cookies + "CORS_ALLOW_HEADERS = ['*', 'authorization']", "W155 CORS_ALLOW_HEADERS[0]"},
		{"all exposed with cookies", cors + cookies + "CORS_EXPOSE_HEADERS = ['*']", "W155 CORS_EXPOSE_HEADERS[0]"},
		{"all headers", cors + "CORS_ALLOW_HEADERS = ['*']", "W155 CORS_ALLOW_HEADERS[0]"},
		{"all headers and authorization", cors + "CORS_ALLOW_HEADERS = ['Authorization', '*']", ""},
		{"all methods, all exposed", cors + "CORS_ALLOW_METHODS = ['*']\nCORS_EXPOSE_HEADERS = ['*']", ""},

		{"a list that adds", cors + "CORS_ALLOW_HEADERS = ['X-Token', 'Content-Type', 'Authorization']", ""},
		{"a list that replaces", cors + "CORS_ALLOW_HEADERS = ['X-Token']", "W158 CORS_ALLOW_HEADERS lacks content-type and authorization"},
		{"an empty list", cors + "CORS_ALLOW_HEADERS = []", "W158 CORS_ALLOW_HEADERS lacks content-type and authorization"},
		{"what it should name is E157's", cors + "CORS_ALLOW_HEADERS = ['content-type: ', 'x, Authorization']", "E157 CORS_ALLOW_HEADERS[0] E157 CORS_ALLOW_HEADERS[1]"},
		{"authorization alone", cors + "CORS_ALLOW_HEADERS = ['content-type']", "W158 CORS_ALLOW_HEADERS lacks authorization"},
		{"content-type alone", cors + "CORS_ALLOW_HEADERS = ['authorization']", "W158 CORS_ALLOW_HEADERS lacks content-type"},
		{"the token of a CSRF middleware", csrf + listed + "CORS_ALLOW_HEADERS = ['authorization', 'content-type']", "W158 CORS_ALLOW_HEADERS lacks x-csrftoken"},
		{"the token by another name", csrf + listed + "CSRF_HEADER_NAME = 'HTTP_X_XSRF_TOKEN'\nCORS_ALLOW_HEADERS = ['authorization', 'content-type', 'x-csrftoken']", "W158 CORS_ALLOW_HEADERS lacks x-xsrf-token"},
		{"the token by another name, and the default list", csrf + listed + "CSRF_HEADER_NAME = 'HTTP_X_XSRF_TOKEN'", ""},
		{"the token is there", csrf + listed + "CORS_ALLOW_HEADERS = ['authorization', 'content-type', 'X-CSRFToken']", ""},
		{"the token without the middleware", noCSRF + "CORS_ALLOW_HEADERS = ['authorization', 'content-type']", ""},

		{"two hours", cors + "CORS_PREFLIGHT_MAX_AGE = 7200", ""},
		{"more", cors + "CORS_PREFLIGHT_MAX_AGE = 7201", "I161 CORS_PREFLIGHT_MAX_AGE"},
		{"the default, written", cors + "CORS_PREFLIGHT_MAX_AGE = 86400", "I161 CORS_PREFLIGHT_MAX_AGE"},
		{"a day and more", cors + "CORS_PREFLIGHT_MAX_AGE = 86401", "W161 CORS_PREFLIGHT_MAX_AGE"},
		{"none", cors + "CORS_PREFLIGHT_MAX_AGE = 0", ""},

		{"the dropped draft", cors + "CORS_ALLOW_PRIVATE_NETWORK = true", "W162 CORS_ALLOW_PRIVATE_NETWORK"},
		{"not even that", cors + "CORS_ALLOW_PRIVATE_NETWORK = false", ""},

		{"no origin trusted", csrf + listed + cookies, "W172 CORS_ALLOWED_ORIGINS[0] W172 CORS_ALLOWED_ORIGINS[1]"},
		{"one trusted", csrf + listed + cookies + "CSRF_TRUSTED_ORIGINS = ['https://app.example.com', 'http://b.example.com:8443']", "W172 CORS_ALLOWED_ORIGINS[1]"},
		{"below a domain", csrf + listed + cookies + "CSRF_TRUSTED_ORIGINS = ['https://*.example.com', 'https://*.example.com:8443']", ""},
		{"the domain itself", csrf + "CORS_ALLOWED_ORIGINS = ['https://example.com']\n" + cookies + "CSRF_TRUSTED_ORIGINS = ['https://*.example.com']", ""},
		{"below another domain", csrf + "CORS_ALLOWED_ORIGINS = ['https://app-example.com', 'http://x.example.com']\n" + cookies + "CSRF_TRUSTED_ORIGINS = ['https://*.example.com']",
			"W172 CORS_ALLOWED_ORIGINS[0] W172 CORS_ALLOWED_ORIGINS[1]"},
		{"no cookies", csrf + listed, ""},
		{"safe methods", csrf + listed + cookies + "CORS_ALLOW_METHODS = ['GET', 'HEAD', 'OPTIONS']", ""},
		{"no CSRF middleware", noCSRF + cookies, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p, _ := settledtest.Setup(t, settledtest.Apps{"corsheaders": corsheaders.NewApp,
				"forgery": func() settled.App { return &forgery{} }}, tt.toml)
			var got []string
			for _, m := range p.Check(settled.Selection{}) {
				if !slices.Contains(headerIDs, m.ID) {
					continue // others are tested elsewhere
				}
				line := strings.TrimPrefix(m.ID, "corsheaders.") + " " + string(m.Setting)
				if _, lacks, ok := strings.Cut(m.Text, " and lacks "); ok {
					lacks, _, _ = strings.Cut(lacks, ":")
					line += " lacks " + lacks
				}
				got = append(got, line)
			}
			if diff := cmp.Diff(tt.want, strings.Join(got, " ")); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

var headerIDs = []string{"corsheaders.E151", "corsheaders.E152", "corsheaders.W153", "corsheaders.E154", "corsheaders.W155", "corsheaders.W156",
	"corsheaders.I156", "corsheaders.E157", "corsheaders.W158", "corsheaders.W161", "corsheaders.I161", "corsheaders.W162", "corsheaders.W172"}
