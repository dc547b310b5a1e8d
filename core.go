package settled

import (
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// coreName is the name of the app that every project has.
const coreName = "settled"

// core is the app behind the framework's own settings. It is an app like any
// other, through the same hooks.
type core struct{ settings Core }

func newCore() App { return &core{settings: coreDefaults()} }

func (c *core) Settings() any { return &c.settings }

// Core are the settings that every project has.
type Core struct {
	// Debug turns on what helps while developing and would tell a stranger
	// too much: the workbench of runserver, pages that explain errors, the
	// welcome page, and hosts on this machine without ALLOWED_HOSTS. Default:
	// false.
	Debug bool `toml:"DEBUG" wrong:"DEBUG_MODE DJANGO_DEBUG"`
	// SecretKey is for signing. Keep it out of version control:
	// SECRET_KEY = { env = "NAME" } or { file = "path" }. Default: none.
	SecretKey settings.Secret `toml:"SECRET_KEY" wrong:"DJANGO_SECRET_KEY APP_SECRET_KEY"`
	// SecretKeyFallbacks are keys from before SECRET_KEY: what they have signed
	// still counts, and nothing new is signed with them. Default: none.
	SecretKeyFallbacks []settings.Secret `toml:"SECRET_KEY_FALLBACKS" wrong:"SECRET_KEY_FALLBACK OLD_SECRET_KEYS SECRET_KEYS"`
	// AllowedHosts are the hosts that this site answers for: a name, ".name"
	// for it and what is below it, or "*" for any. Requests for others are
	// answered 400. With DEBUG on and no entry, it is this machine. Default:
	// none.
	AllowedHosts []string `toml:"ALLOWED_HOSTS" wrong:"ALLOWED_HOST ALLOW_HOSTS ALLOW_HOST DJANGO_ALLOWED_HOSTS TRUSTED_HOSTS" validate:"allowed_hosts"`
	// TrustedProxies are the addresses and networks of the proxies before this
	// site: "10.0.0.7", "10.0.0.0/8". Only their word counts for who sent a
	// request (X-Forwarded-For), and, when there is an entry, for what the settings
	// below believe. Default: none.
	TrustedProxies []string `toml:"TRUSTED_PROXIES" wrong:"TRUSTED_PROXY PROXY_TRUSTED FORWARDED_ALLOW_IPS TRUSTED_PROXY_IPS" validate:"dive,proxy"`
	// SecureProxySSLHeader is a header and the value by which a proxy says that
	// a request came over HTTPS: ["HTTP_X_FORWARDED_PROTO", "https"]. Set it
	// only if the proxy sets or strips that header of every request. Default: none,
	// so that only the connection counts.
	SecureProxySSLHeader []string `toml:"SECURE_PROXY_SSL_HEADER" validate:"ssl_header"`
	// UseXForwardedHost takes the host of a request from X-Forwarded-Host,
	// which a proxy then has to set. Default: false.
	UseXForwardedHost bool `toml:"USE_X_FORWARDED_HOST"`
	// UseXForwardedPort takes the port that a request came in by from
	// X-Forwarded-Port, which a proxy then has to set. As in Django, the host that
	// a request is for has its port from the Host header all the same. Default:
	// false.
	UseXForwardedPort bool `toml:"USE_X_FORWARDED_PORT"`
	// InstalledApps are the apps of the project, by the names under which
	// they are registered. Default: none.
	InstalledApps []string `toml:"INSTALLED_APPS" wrong:"INSTALLED_APP INSTALL_APPS INSTALLED_APPLICATIONS DJANGO_APPS"`
	// Middleware is what a request passes through, outermost first. Default:
	// none.
	Middleware []string `toml:"MIDDLEWARE" wrong:"MIDDLEWARE_CLASSES MIDDLEWARES"`
	// URLs are the paths under which apps serve their routes, Django's include:
	// URLS = { "/polls/" = "polls" }. A path begins and ends with a slash, and may
	// have wildcards: "/teams/{team}/". The routes of an app that is not in it
	// are served at the root, those of one that is in it twice are served
	// twice. Default: none.
	URLs map[string]string `toml:"URLS" validate:"mounts" should:"be a table of paths and the apps served there, such as { \"/polls/\" = \"polls\" }"`
	// SilencedSystemChecks are ids of messages that check does not report:
	// "app.W001", or { id = "app.W001", reason = "why", until = 2027-01-31 },
	// which counts through that day. What makes a project impossible or unsafe
	// can't be silenced. Default: none.
	SilencedSystemChecks []SilencedCheck `toml:"SILENCED_SYSTEM_CHECKS" wrong:"SILENCED_CHECKS SILENCE_SYSTEM_CHECKS SYSTEM_CHECKS_SILENCED" validate:"reasoned" should:"be a list of ids and of tables such as { id = \"app.W001\", reason = \"why\" }"`
}

func coreDefaults() Core {
	return Core{
		SecretKeyFallbacks:   []settings.Secret{},
		AllowedHosts:         []string{},
		TrustedProxies:       []string{},
		SecureProxySSLHeader: []string{},
		InstalledApps:        []string{},
		Middleware:           []string{},
		URLs:                 map[string]string{},
		SilencedSystemChecks: []SilencedCheck{},
	}
}

// Rules are the validate tags of Core's own.
func (Core) Rules() []settings.Rule {
	return []settings.Rule{
		{Tag: "allowed_hosts", Find: findNoHosts},
		{Tag: "proxy", Find: findBadProxy},
		{Tag: "ssl_header", Find: findBadSSLHeader},
		{Tag: "mounts", Find: findMounts, Pattern: `^/([^/ ]+/)*$`},
		{Tag: "reasoned", Find: findUnreasoned},
	}
}

// findNoHosts is the guard of Django's runserver.
func findNoHosts(all, _ any) checks.Messages {
	c := all.(Core)
	if c.Debug || len(c.AllowedHosts) > 0 {
		return nil
	}
	return checks.Messages{checks.Errorf("core.E001",
		"You must set {name} if {name:DEBUG} is false: no request could be answered, since none would be for an allowed host").
		See("DEBUG", "DEBUG is off here").
		WithHint("add ALLOWED_HOSTS = [\"www.example.com\"] with the names of your site, or set DEBUG = true while developing").
		Of(checks.Unbuildable)}
}
