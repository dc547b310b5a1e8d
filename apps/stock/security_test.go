package stock_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/middleware/clickjacking"
	"github.com/settled-go/settled/middleware/csp"
)

const (
	securityName     = "django.middleware.security.SecurityMiddleware"
	clickjackingName = "django.middleware.clickjacking.XFrameOptionsMiddleware"
	cspName          = "django.middleware.csp.ContentSecurityPolicyMiddleware"
)

var securityRoutes = []settled.Route{
	settled.Path("/{$}", func(w http.ResponseWriter, r *http.Request) {}, "home"),
	settled.Path("/framed/{$}", func(w http.ResponseWriter, r *http.Request) { clickjacking.Exempt(w) }, "framed"),
	settled.Path("/nonce/{$}", func(w http.ResponseWriter, r *http.Request) { w.Header().Set("Nonce", csp.Nonce(r)) }, "nonce"),
	settled.Path("/map/{$}", csp.Override(csp.Policy{"img-src": "*"}, func(http.ResponseWriter, *http.Request) {}), "map"),
	settled.Path("/panic/{$}", func(http.ResponseWriter, *http.Request) { panic("boom") }, "panic"),
}

// Who asks in the clear is sent to HTTPS; whether that is so, and for which host, is the
// project's to say. A host that is none of the site's is refused, as in Django, and
// nobody is sent there.
func TestSecurityInASite(t *testing.T) {
	for _, tt := range []struct {
		name, settings, target string
		header                 []string
		status                 int
		location, hsts         string
	}{
		{"in the clear", "", "http://www.example.com/?a=b", nil, 301, "https://www.example.com/?a=b", ""},
		{"no route", "", "http://www.example.com/nowhere", nil, 301, "https://www.example.com/nowhere", ""},
		{"another's host", "", "http://evil.com/", nil, 400, "", ""},
		{"a host of its own", "SECURE_SSL_HOST = \"secure.example.com\"\n", "http://evil.com/x", nil, 301, "https://secure.example.com/x", ""},
		{"another's host, exempt", "SECURE_REDIRECT_EXEMPT = ['^$']\n", "http://evil.com/", nil, 400, "", ""},
		{"encrypted", "", "https://www.example.com/", nil, 200, "", "max-age=60"},
		{"said by anyone", "", "http://www.example.com/", []string{"X-Forwarded-Proto", "https"}, 301, "https://www.example.com/", ""},
		{"said by the proxy", "SECURE_PROXY_SSL_HEADER = [\"HTTP_X_FORWARDED_PROTO\", \"https\"]\n", "http://www.example.com/",
			[]string{"X-Forwarded-Proto", "https"}, 200, "", "max-age=60"},
		{"said by no proxy", "SECURE_PROXY_SSL_HEADER = [\"HTTP_X_FORWARDED_PROTO\", \"https\"]\nTRUSTED_PROXIES = [\"10.0.0.1\"]\n", "http://www.example.com/",
			[]string{"X-Forwarded-Proto", "https"}, 301, "https://www.example.com/", ""},
		{"the proxy's host", "USE_X_FORWARDED_HOST = true\n", "http://10.0.0.2/", []string{"X-Forwarded-Host", "www.example.com"}, 301, "https://www.example.com/", ""},
		{"another's host by the proxy", "USE_X_FORWARDED_HOST = true\n", "http://www.example.com/", []string{"X-Forwarded-Host", "evil.com"}, 400, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			site := startWith(t, securityRoutes, securityName, "SECURE_SSL_REDIRECT = true\nSECURE_HSTS_SECONDS = 60\n"+tt.settings)
			w := ask(site, "GET", tt.target, tt.header...)
			h := w.Result().Header
			if w.Code != tt.status || h.Get("Location") != tt.location || h.Get("Strict-Transport-Security") != tt.hsts {
				t.Errorf("%d %v, want %d %s", w.Code, h, tt.status, tt.location)
			}
			if h.Get("Access-Control-Allow-Origin") == "" {
				t.Error("a script can't read it")
			}
		})
	}
}

// The headers of all three are on pages about errors too, and those of a page that has
// a policy of its own stay.
func TestPoliciesInASite(t *testing.T) {
	const policy = "SECURE_CSP = { default-src = [\"'self'\"], script-src = [\"'self'\", \"<CSP_NONCE_SENTINEL>\"] }\n"
	site := startWith(t, securityRoutes, securityName+" "+clickjackingName+" "+cspName, policy)
	for target, want := range map[string]struct {
		status        int
		frame, policy string
	}{
		"/":        {200, "DENY", "default-src 'self'; script-src 'self'"},
		"/framed/": {200, "", "default-src 'self'; script-src 'self'"},
		"/nonce/":  {200, "DENY", "default-src 'self'; script-src 'self' 'nonce-N'"},
		"/map/":    {200, "DENY", "img-src *"},
		"/panic/":  {500, "DENY", "default-src 'self'; script-src 'self'"},
		"/nowhere": {404, "DENY", "default-src 'self'; script-src 'self'"},
	} {
		w := ask(site, "GET", "http://localhost"+target)
		h := w.Result().Header
		got := h.Get("Content-Security-Policy")
		if nonce := h.Get("Nonce"); nonce != "" {
			got = strings.Replace(got, nonce, "N", 1)
		}
		if w.Code != want.status || h.Get("X-Frame-Options") != want.frame || got != want.policy || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", target, w.Code, h)
		}
	}
}
