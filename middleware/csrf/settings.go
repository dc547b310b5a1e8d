package csrf

import (
	"embed"
	"net/http"

	"github.com/settled-go/settled/internal/forwarded"
)

// Settings are Django's, and Check.
type Settings struct {
	// TrustedOrigins are other origins whose pages may send unsafe requests,
	// such as forms: scheme://host, with the port unless it is the scheme's own;
	// https://*.example.com is example.com and all that is below it. Default:
	// none.
	TrustedOrigins []string `toml:"CSRF_TRUSTED_ORIGINS" wrong:"CSRF_TRUSTED_ORIGIN CSRF_ALLOWED_ORIGINS CSRF_ORIGINS CSRF_TRUSTED_HOSTS CSRF_ORIGIN_WHITELIST" validate:"trusted_origins"`
	// Check is how much an unsafe request has to prove: "django" asks for the
	// token, whatever else it has, as Django does. "headers" is content with what
	// the browser says in Origin, Sec-Fetch-Site and Referer; a request with
	// cookies and none of these still needs the token. Default: django.
	Check string `toml:"CSRF_CHECK" wrong:"CSRF_MODE CSRF_TOKENS" validate:"oneof=django headers"`
	// CookieName is the name of the cookie. Default: csrftoken.
	CookieName string `toml:"CSRF_COOKIE_NAME" validate:"cookie_name"`
	// CookieAge is for how many seconds the browser keeps the cookie. Default:
	// 31449600, which is 52 weeks.
	CookieAge int `toml:"CSRF_COOKIE_AGE" wrong:"CSRF_COOKIE_MAX_AGE CSRF_AGE" validate:"min=1"`
	// CookieDomain is the domain that gets the cookie, with all that is below
	// it. Default: none, so that only the host gets it which has set it.
	CookieDomain string `toml:"CSRF_COOKIE_DOMAIN" wrong:"CSRF_DOMAIN" validate:"cookie_domain"`
	// CookiePath is the path that gets the cookie, with all that is below it.
	// Default: /.
	CookiePath string `toml:"CSRF_COOKIE_PATH" wrong:"CSRF_PATH" validate:"cookie_path"`
	// CookieSecure keeps the cookie to HTTPS. Default: false.
	CookieSecure bool `toml:"CSRF_COOKIE_SECURE" wrong:"CSRF_SECURE CSRF_COOKIE_HTTPS"`
	// CookieHTTPOnly hides the cookie from scripts, which then have to find the
	// token in the page. Default: false.
	CookieHTTPOnly bool `toml:"CSRF_COOKIE_HTTPONLY" wrong:"CSRF_HTTPONLY"`
	// CookieSameSite says with which requests of other sites' pages the browser
	// sends the cookie: Lax, Strict or None; empty leaves that to the browser, as
	// False does in Django. Default: Lax.
	CookieSameSite string `toml:"CSRF_COOKIE_SAMESITE" wrong:"CSRF_SAMESITE" validate:"same_site" should:"be \"Lax\", \"Strict\", \"None\", or \"\" for no such attribute"`
	// HeaderName is the header for the token of requests that scripts send, as
	// WSGI writes it. Default: HTTP_X_CSRFTOKEN, which is X-CSRFToken.
	HeaderName string `toml:"CSRF_HEADER_NAME" wrong:"CSRF_HEADER CSRF_TOKEN_HEADER" validate:"header_name"`
	// UseSessions would keep the token in the session. There are no sessions
	// yet, so it can only be false. Default: false.
	UseSessions bool `toml:"CSRF_USE_SESSIONS" wrong:"CSRF_USE_SESSION CSRF_IN_SESSION" validate:"no_sessions"`
	// FailureView names the page for refused requests. It is a function of
	// Python, so that it can only be Django's own. Default:
	// django.views.csrf.csrf_failure.
	FailureView string `toml:"CSRF_FAILURE_VIEW" validate:"failure_view"`

	// Failed answers a request that is refused, with 403. why is in Django's words.
	// A site has settled.CSRFFailed; default: Django's words and no reason.
	Failed func(w http.ResponseWriter, r *http.Request, why string) `toml:"-"`
	// TooLarge answers a form that is larger than MaxForm, with 400.
	TooLarge func(w http.ResponseWriter, r *http.Request, why string) `toml:"-"`
	// IsSecure says whether a request came over HTTPS, Host for which host it is,
	// and Port by which port it came, "" for none. A site has the functions of
	// these names in package settled; default: what the connection and the Host
	// header say.
	IsSecure   func(*http.Request) bool   `toml:"-"`
	Host, Port func(*http.Request) string `toml:"-"`
}

// Defaults are Django's.
func Defaults() Settings {
	var direct forwarded.Trust
	return Settings{
		TrustedOrigins: []string{},
		Check:          "django",
		CookieName:     "csrftoken",
		CookieAge:      52 * 7 * 24 * 60 * 60,
		CookiePath:     "/",
		CookieSameSite: "Lax",
		HeaderName:     "HTTP_X_CSRFTOKEN",
		FailureView:    "django.views.csrf.csrf_failure",
		Failed:         refuse(http.StatusForbidden, "CSRF verification failed. Request aborted."),
		TooLarge:       refuse(http.StatusBadRequest, "The form is too large."),
		IsSecure:       direct.Secure,
		Host:           direct.HostOf,
		Port:           direct.PortOf,
	}
}

// Docs explain the settings and the ids of what is wrong with them, for
// settled.Documenter.
//
//go:embed settings.go *.md
var Docs embed.FS
