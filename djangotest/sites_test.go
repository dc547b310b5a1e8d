package djangotest

import (
	"bytes"
	stdgzip "compress/gzip"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Middleware by short names.
const (
	cors        = "corsheaders.middleware.CorsMiddleware"
	security    = "django.middleware.security.SecurityMiddleware"
	gzip        = "django.middleware.gzip.GZipMiddleware"
	conditional = "django.middleware.http.ConditionalGetMiddleware"
	common      = "django.middleware.common.CommonMiddleware"
	csrf        = "django.middleware.csrf.CsrfViewMiddleware"
	whitenoise  = "whitenoise.middleware.WhiteNoiseMiddleware"
	frames      = "django.middleware.clickjacking.XFrameOptionsMiddleware"
)

// A site is a project that both sides serve.
type site struct {
	name       string
	middleware []string
	settings   map[string]any // beside base
	// django are settings that Django 3.2 writes in another way.
	django map[string]any
}

// base are the settings of every site.
var base = map[string]any{
	"DEBUG":         false,
	"SECRET_KEY":    "of the tests, and of nothing else: 0123456789",
	"ALLOWED_HOSTS": []string{"example.com", "www.example.com", ".example.org", "[::1]"},
}

func (s site) forSettled() map[string]any {
	all := maps.Clone(base)
	maps.Copy(all, s.settings)
	if all["STATIC_URL"] != nil {
		all["STATIC_ROOT"] = staticRoot
	}
	return all
}

func (s site) forDjango() map[string]any {
	all := s.forSettled()
	maps.Copy(all, s.django)
	return all
}

// standard is the list of startproject, without sessions, users and messages.
var standard = []string{security, common, csrf, frames}

var (
	proxied = map[string]any{"SECURE_PROXY_SSL_HEADER": []string{"HTTP_X_FORWARDED_PROTO", "https"}}
	shop    = map[string]any{"CORS_ALLOWED_ORIGINS": []string{"https://shop.example"}}
)

// static are the settings for files, which are in staticRoot.
var static = map[string]any{"STATIC_URL": "/static/"}

var staticRoot string

// writeStatic makes the folder for files. Their time is part of their tags.
func writeStatic(t *testing.T) {
	staticRoot = t.TempDir()
	var zipped bytes.Buffer
	z := stdgzip.NewWriter(&zipped)
	z.Write([]byte(long))
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{
		"site.css": long, "site.css.gz": zipped.String(), "site.0123456789ab.css": "a { color: red }", "plain.txt": "plain",
		"deep/a.js": "let a", "data.json": "{}", "unknown.xyz": "?",
	} {
		name = filepath.Join(staticRoot, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o700), os.WriteFile(name, []byte(content), 0o600), os.Chtimes(name, then, then)); err != nil {
			t.Fatal(err)
		}
	}
}

var then = time.Date(2022, 1, 1, 0, 0, 0, 0, time.UTC)

// with joins settings.
func with(all ...map[string]any) map[string]any {
	joined := map[string]any{}
	for _, m := range all {
		maps.Copy(joined, m)
	}
	return joined
}

var sites = []site{
	{name: "bare"},
	{name: "standard", middleware: standard},
	{name: "standard, DEBUG", middleware: standard, settings: map[string]any{"DEBUG": true}},
	{name: "standard behind a proxy", middleware: standard, settings: with(proxied, map[string]any{
		"SECURE_HSTS_SECONDS": 3600, "SECURE_HSTS_INCLUDE_SUBDOMAINS": true, "SECURE_HSTS_PRELOAD": true,
		"SECURE_SSL_REDIRECT": true, "SECURE_REDIRECT_EXEMPT": []string{"^plain$", "o/$"},
		"CSRF_COOKIE_SECURE": true,
	})},
	{name: "CORS first", middleware: append([]string{cors}, standard...), settings: with(shop, map[string]any{"CORS_ALLOW_CREDENTIALS": true})},
	{name: "CORS first, redirected", middleware: append([]string{cors}, standard...), settings: with(shop, proxied, map[string]any{
		"SECURE_SSL_REDIRECT": true, "SECURE_SSL_HOST": "safe.example.com", "PREPEND_WWW": true, "CORS_EXPOSE_HEADERS": []string{"X-Total"}})},
	{name: "all", middleware: []string{cors, security, gzip, conditional, common, csrf, frames}, settings: with(shop, proxied)},

	{name: "X-Frame-Options", middleware: []string{frames}},
	{name: "X-Frame-Options SAMEORIGIN", middleware: []string{frames}, settings: map[string]any{"X_FRAME_OPTIONS": "sameorigin"}},
	{name: "Security", middleware: []string{security}, settings: proxied},
	{name: "Security, off", middleware: []string{security}, settings: with(proxied, map[string]any{
		"SECURE_CONTENT_TYPE_NOSNIFF": false, "SECURE_HSTS_SECONDS": 60, "SECURE_REFERRER_POLICY": "no-referrer, strict-origin"})},
	{name: "Common", middleware: []string{common}, settings: map[string]any{"DISALLOWED_USER_AGENTS": []string{"^Bad", "[Bb]ot/\\d"}}},
	{name: "Common, DEBUG", middleware: []string{common}, settings: map[string]any{"DEBUG": true}},
	{name: "Common, no slash", middleware: []string{common}, settings: map[string]any{"APPEND_SLASH": false}},
	{name: "Common, www", middleware: []string{common}, settings: with(proxied, map[string]any{"PREPEND_WWW": true})},
	{name: "Common, forwarded host", middleware: []string{common}, settings: map[string]any{"USE_X_FORWARDED_HOST": true, "USE_X_FORWARDED_PORT": true}},
	{name: "CSRF", middleware: []string{csrf}},
	{name: "CSRF, trusted", middleware: []string{csrf}, settings: with(proxied, map[string]any{
		"CSRF_TRUSTED_ORIGINS": []string{"https://shop.example", "https://*.partner.example"}, "CSRF_COOKIE_NAME": "xsrf", "CSRF_HEADER_NAME": "HTTP_X_XSRF_TOKEN",
		"CSRF_COOKIE_HTTPONLY": true, "CSRF_COOKIE_SAMESITE": "Strict", "CSRF_COOKIE_PATH": "/", "CSRF_COOKIE_DOMAIN": "example.com"}),
		django: map[string]any{"CSRF_TRUSTED_ORIGINS": []string{"shop.example", ".partner.example"}}},
	{name: "GZip", middleware: []string{gzip}},
	{name: "ConditionalGet", middleware: []string{conditional}},
	{name: "GZip, ConditionalGet", middleware: []string{gzip, conditional}},
	{name: "GZip, ConditionalGet, Common", middleware: []string{gzip, conditional, common}},
	{name: "CORS", middleware: []string{cors}, settings: with(shop, map[string]any{
		"CORS_ALLOWED_ORIGIN_REGEXES": []string{`^https://[a-z]+\.apps\.example$`}, "CORS_PREFLIGHT_MAX_AGE": 60, "CORS_URLS_REGEX": "^/(ok|plain|raise)"})},
	{name: "WhiteNoise", middleware: []string{whitenoise}, settings: static},
	{name: "WhiteNoise in its place", middleware: []string{cors, security, whitenoise, gzip, common, frames}, settings: with(shop, static)},
	{name: "CORS for all", middleware: []string{cors, common}, settings: map[string]any{"CORS_ALLOW_ALL_ORIGINS": true}},
}
