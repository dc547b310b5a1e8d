package stock_test

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/csrf"
)

const (
	csrfName   = "django.middleware.csrf.CsrfViewMiddleware"
	csrfSecret = "abcdefghijklmnopqrstuvwxyz012345"
)

var csrfRoutes = []settled.Route{
	settled.Path("GET /page/{$}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, csrf.Token(r)) }, "page"),
	settled.Path("POST /form/{$}", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "posted "+r.PostFormValue("a")) }, "form"),
	settled.Path("POST /things/{id}", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, r.PathValue("id")+r.PostFormValue("a"))
	}, "thing"),
	settled.Path("/hook", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hooked") }, "hook").Marked(middleware.CSRFExempt),
	settled.Path("/panic", func(w http.ResponseWriter, r *http.Request) { csrf.Token(r); panic("oh") }, "panic"),
	settled.Path("/rotate", func(w http.ResponseWriter, r *http.Request) { csrf.Rotate(r) }, "rotate").Marked(middleware.CSRFExempt),
}

// submit sends a form.
func submit(site *settled.Site, target, form string, header ...string) *httptest.ResponseRecorder {
	w, r := httptest.NewRecorder(), httptest.NewRequest("POST", target, strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	site.Handler().ServeHTTP(w, r)
	return w
}

// In a site the check waits for the route; its answer passes through all layers.
func TestCSRFInASite(t *testing.T) {
	site := startWith(t, csrfRoutes, csrfName, "SECURE_PROXY_SSL_HEADER = ['HTTP_X_FORWARDED_PROTO', 'https']\nCSRF_TRUSTED_ORIGINS = ['https://app.example.org']\n")
	const sound, cookie = "a=b&csrfmiddlewaretoken=" + csrfSecret, "csrftoken=" + csrfSecret
	for _, tt := range []struct {
		name, target, form string
		header             []string
		status             int
		body               string
	}{
		{"a form", "http://localhost/form/", sound, []string{"Cookie", cookie}, 200, "posted b"},
		{"a wildcard", "http://localhost/things/7", sound, []string{"Cookie", cookie}, 200, "7b"},
		{"no token", "http://localhost/form/", "a=b", []string{"Cookie", cookie}, 403, "CSRF verification failed. Request aborted."},
		{"an unknown path", "http://localhost/nowhere", "", nil, 404, "Not Found"},
		{"an unknown method", "http://localhost/page/", "", nil, 405, ""},
		{"an exempt route", "http://localhost/hook", "", []string{"Origin", "https://evil.example"}, 200, "hooked"},
		{"an unknown host", "http://evil.example/form/", sound, []string{"Cookie", cookie, "Origin", "http://evil.example"}, 400, "Bad Request"},
		{"a trusted origin", "http://localhost/form/", sound, []string{"Cookie", cookie, "Origin", "https://app.example.org", "Sec-Fetch-Site", "cross-site"}, 200, "posted b"},
		{"an own origin behind a proxy", "http://www.example.com/form/", sound, []string{"Cookie", cookie, "Origin", "https://www.example.com", "X-Forwarded-Proto", "https"}, 200, "posted b"},
		{"the proxy says nothing", "http://www.example.com/form/", sound, []string{"Cookie", cookie, "Origin", "https://www.example.com"}, 403, "CSRF verification failed."},
		{"no referer behind a proxy", "http://www.example.com/form/", sound, []string{"Cookie", cookie, "X-Forwarded-Proto", "https"}, 403, "CSRF verification failed."},
		{"a large form", "http://localhost/form/", strings.Repeat("x", csrf.MaxForm+1), []string{"Cookie", cookie}, 400, "Bad Request"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := submit(site, tt.target, tt.form, tt.header...)
			if w.Code != tt.status || !strings.Contains(w.Body.String(), tt.body) {
				t.Errorf("%d %s", w.Code, w.Body)
			}
			if w.Header().Get("Vary") == "" {
				t.Error("the CORS layer has not seen it")
			}
		})
	}
}

// The token of a page is taken in the next request; the cookie comes with whatever
// answer there is, and once.
func TestCSRFCookieInASite(t *testing.T) {
	site := startWith(t, csrfRoutes, csrfName, "")
	page := ask(site, "GET", "http://localhost/page/")
	cookies := page.Result().Cookies()
	if len(cookies) != 1 || strings.Join(page.Header()["Vary"], ", ") != "Cookie, origin" {
		t.Fatal(page.Header())
	}
	form := "a=b&csrfmiddlewaretoken=" + page.Body.String()
	if w := submit(site, "http://localhost/form/", form, "Cookie", cookies[0].String()); w.Code != 200 || len(w.Result().Cookies()) != 0 {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	if w := ask(site, "GET", "http://localhost/hook"); len(w.Result().Cookies()) != 0 || strings.Contains(strings.Join(w.Header()["Vary"], " "), "Cookie") {
		t.Errorf("nobody asked: %v", w.Header())
	}
	if w := ask(site, "GET", "http://localhost/panic"); w.Code != 500 || len(w.Result().Cookies()) != 1 {
		t.Errorf("a panic: %d %v", w.Code, w.Header())
	}
	if w := ask(site, "GET", "http://localhost/rotate", "Cookie", "csrftoken="+csrfSecret); w.Result().Cookies()[0].Value == csrfSecret {
		t.Error("the secret stays")
	}
	if w := submit(site, "http://localhost/form/", "", "Cookie", "csrftoken=x"); w.Code != 403 || len(w.Result().Cookies()) != 1 {
		t.Errorf("a bad cookie: %d %v", w.Code, w.Header())
	}
}

// While DEBUG is on, the page says why, and what to do with this middleware.
func TestCSRFDebugPage(t *testing.T) {
	site := startWith(t, csrfRoutes, csrfName, "DEBUG = true\n")
	w := submit(site, "http://localhost/form/", "a=b", "Cookie", "csrftoken="+csrfSecret, "Accept", "text/html")
	for _, want := range []string{"CSRF token missing.", "CSRF_TRUSTED_ORIGINS", "csrf.Field", "X-CSRFToken", "middleware.CSRFExempt"} {
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if strings.Contains(w.Body.String(), "AddTrustedOrigin") || strings.Contains(w.Body.String(), csrfSecret) {
		t.Error("it is about another protection, or tells the secret")
	}
}

// Over TLS the Referer counts where there is no Origin.
func TestCSRFOverTLS(t *testing.T) {
	site := startWith(t, csrfRoutes, csrfName, "")
	for referer, want := range map[string]int{"": 403, "https://localhost/page/": 200, "http://localhost/page/": 403, "https://evil.example/": 403} {
		w, r := httptest.NewRecorder(), httptest.NewRequest("POST", "https://localhost/form/", nil)
		r.TLS = &tls.ConnectionState{}
		r.Header.Set("Cookie", "csrftoken="+csrfSecret)
		r.Header.Set("X-CSRFToken", csrfSecret)
		if referer != "" {
			r.Header.Set("Referer", referer)
		}
		site.Handler().ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%q: %d", referer, w.Code)
		}
	}
}
