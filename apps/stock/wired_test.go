package stock_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/settled-go/settled"
)

// Behind a proxy, each middleware goes by the host and the scheme that the client has
// used, as the settings of the site say.
func TestBehindAProxy(t *testing.T) {
	const trusting = `
DEBUG = true
PREPEND_WWW = true
DISALLOWED_USER_AGENTS = ["^Bad"]
TRUSTED_PROXIES = ["192.0.2.0/24"]
USE_X_FORWARDED_HOST = true
USE_X_FORWARDED_PORT = true
SECURE_PROXY_SSL_HEADER = ["HTTP_X_FORWARDED_PROTO", "https"]
`
	routes := append([]settled.Route{settled.Path("GET /port/{$}", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, settled.Port(r)) }, "port")}, commonRoutes...)
	site := startWith(t, routes, commonName+" django.middleware.csrf.CsrfViewMiddleware", trusting)
	forwarded := func(host string, more ...string) []string {
		return append([]string{"X-Forwarded-Host", host, "X-Forwarded-Proto", "https", "X-Forwarded-Port", "8443"}, more...)
	}
	w := ask(site, "GET", "http://inside.example.com/ok/", forwarded("shop.example.com")...)
	if got := w.Header().Get("Location"); w.Code != 301 || got != "https://www.shop.example.com/ok/" {
		t.Errorf("got %d to %q", w.Code, got)
	}
	w = ask(site, "POST", "http://inside.example.com/form/7/", forwarded("www.example.com", "Origin", "https://www.example.com")...)
	if w.Code != 403 || !strings.Contains(w.Body.String(), "CSRF cookie not set") {
		t.Errorf("a form of the site itself: %d\n%s", w.Code, w.Body)
	}
	if w = ask(site, "GET", "http://inside.example.com/port/", forwarded("www.example.com")...); w.Body.String() != "8443" {
		t.Errorf("the port is %q", w.Body)
	}
	if w = ask(site, "GET", "http://www.example.com/ok/", "User-Agent", "Bad/1"); w.Code != 403 || !strings.Contains(w.Body.String(), "Forbidden user agent") {
		t.Errorf("a robot: %d\n%s", w.Code, w.Body)
	}
}

// WhiteNoise lets all origins read its files but where the CORS middleware decides.
func TestWhiteNoiseLeavesCORS(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"api/a.txt", "b.txt"} {
		path := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{"/api/a.txt": "", "/b.txt": "*"} {
		site := startWith(t, commonRoutes, "whitenoise.middleware.WhiteNoiseMiddleware", fmt.Sprintf("WHITENOISE_ROOT = %q\nCORS_URLS_REGEX = '^/api/'\n", root))
		w := ask(site, "GET", "http://localhost"+path, "Origin", "https://evil.example")
		if got := w.Header().Get("Access-Control-Allow-Origin"); w.Code != 200 || got != want {
			t.Errorf("%s: %d, Access-Control-Allow-Origin is %q, want %q", path, w.Code, got, want)
		}
	}
}
