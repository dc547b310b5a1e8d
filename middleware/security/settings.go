package security

import (
	"embed"
	"net/http"

	"github.com/settled-go/settled/middleware"
)

// Settings are Django's, as of Django 6.0.
type Settings struct {
	// HSTSSeconds is for how many seconds a browser that came over HTTPS must
	// not come in the clear again (Strict-Transport-Security). It can't be
	// taken back before that time: begin with 3600. 0 leaves the header out.
	// Default: 0.
	HSTSSeconds int `toml:"SECURE_HSTS_SECONDS" wrong:"HSTS_SECONDS SECURE_HSTS_MAX_AGE HSTS_MAX_AGE SECURE_HSTS STS_SECONDS" validate:"min=0"`
	// HSTSIncludeSubdomains extends HSTSSeconds to all hosts below that of the
	// request. Default: false.
	HSTSIncludeSubdomains bool `toml:"SECURE_HSTS_INCLUDE_SUBDOMAINS" wrong:"HSTS_INCLUDE_SUBDOMAINS SECURE_HSTS_SUBDOMAINS SECURE_HSTS_INCLUDE_SUBDOMAIN"`
	// HSTSPreload consents to the list of hosts that browsers know beforehand.
	// Default: false.
	HSTSPreload bool `toml:"SECURE_HSTS_PRELOAD" wrong:"HSTS_PRELOAD"`
	// ContentTypeNosniff forbids browsers to guess another type than
	// Content-Type has: X-Content-Type-Options: nosniff. Default: true.
	ContentTypeNosniff bool `toml:"SECURE_CONTENT_TYPE_NOSNIFF" wrong:"CONTENT_TYPE_NOSNIFF SECURE_NOSNIFF X_CONTENT_TYPE_OPTIONS"`
	// ReferrerPolicy is what pages tell others about where a visitor comes
	// from (Referrer-Policy): a string or a list of strings, of which a browser
	// takes the last that it knows. "" leaves the header out. Default:
	// "same-origin".
	ReferrerPolicy any `toml:"SECURE_REFERRER_POLICY" wrong:"REFERRER_POLICY SECURE_REFERER_POLICY REFERER_POLICY" validate:"referrer_policy"`
	// CrossOriginOpenerPolicy says which windows share a browsing context with
	// this site's (Cross-Origin-Opener-Policy). "" leaves the header out.
	// Default: "same-origin".
	CrossOriginOpenerPolicy string `toml:"SECURE_CROSS_ORIGIN_OPENER_POLICY" wrong:"CROSS_ORIGIN_OPENER_POLICY SECURE_COOP"`
	// SSLRedirect sends requests that come in the clear to HTTPS, whatever
	// their method, with 301. Behind a proxy that ends HTTPS,
	// SECURE_PROXY_SSL_HEADER has to be set too. Default: false.
	SSLRedirect bool `toml:"SECURE_SSL_REDIRECT" wrong:"SSL_REDIRECT SECURE_HTTPS_REDIRECT FORCE_SSL FORCE_HTTPS SECURE_REDIRECT"`
	// SSLHost is the host that SSLRedirect sends to, with a port if need be.
	// Default: "", which is the host of the request.
	SSLHost string `toml:"SECURE_SSL_HOST" wrong:"SSL_HOST SECURE_REDIRECT_HOST"`
	// RedirectExempt are regular expressions of the paths that SSLRedirect
	// leaves alone. They match anywhere in the path, which comes without its
	// first slash: '^health$'. Default: none.
	RedirectExempt []string `toml:"SECURE_REDIRECT_EXEMPT" wrong:"SECURE_SSL_REDIRECT_EXEMPT SSL_REDIRECT_EXEMPT"`

	// IsSecure says whether a request came over HTTPS. Default: the connection
	// of the request tells.
	IsSecure func(*http.Request) bool `toml:"-"`
	// Host is the host that SSLRedirect sends a request to if SSLHost does not
	// say. Default: that of the request.
	Host func(*http.Request) string `toml:"-"`
	// CheckHost wraps the answer that redirects to Host. It answers itself where
	// the host is none of this site's, so that nobody is sent to a foreign one.
	// Default: all hosts are this site's.
	CheckHost middleware.Func `toml:"-"`
}

// Defaults are Django's.
func Defaults() Settings {
	return Settings{
		ContentTypeNosniff:      true,
		ReferrerPolicy:          "same-origin",
		CrossOriginOpenerPolicy: "same-origin",
		RedirectExempt:          []string{},
	}
}

// Docs explain the settings and the checks, for settled.Documenter.
//
//go:embed settings.go checks.md
var Docs embed.FS
