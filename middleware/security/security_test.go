package security_test

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/middleware/security"
)

// ok is a handler that sets some of the headers itself where the path asks for it.
var ok = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	if strings.Contains(r.URL.Path, "set") {
		w.Header().Set("Referrer-Policy", "unsafe-url")
		w.Header().Set("X-Content-Type-Options", "x")
		w.Header().Set("Cross-Origin-Opener-Policy", "unsafe-none")
		w.Header().Set("Strict-Transport-Security", "max-age=1")
	}
	w.Header().Set("Content-Type", "text/plain")
	io.WriteString(w, "x")
})

func serve(t *testing.T, s security.Settings, r *http.Request) *http.Response {
	t.Helper()
	f, err := security.New(s)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	f(ok).ServeHTTP(w, r)
	return w.Result()
}

func request(method, target string, secure bool) *http.Request {
	r := httptest.NewRequest(method, target, nil)
	if r.TLS = nil; secure {
		r.TLS = &tls.ConnectionState{}
	}
	return r
}

// The headers are those that Django 3.2 sends for these settings, and the opener policy
// of Django 4.0.
func TestHeaders(t *testing.T) {
	hsts := security.Defaults()
	hsts.HSTSSeconds, hsts.HSTSIncludeSubdomains, hsts.HSTSPreload = 60, true, true
	hsts.ReferrerPolicy = " origin , same-origin "
	preload := security.Defaults()
	preload.HSTSSeconds, preload.HSTSPreload = 60, true
	list := security.Defaults()
	list.ReferrerPolicy = []any{"no-referrer", "strict-origin-when-cross-origin"}
	none := security.Settings{ReferrerPolicy: ""}
	for _, tt := range []struct {
		name   string
		s      security.Settings
		path   string
		secure bool
		want   map[string]string
	}{
		{"defaults", security.Defaults(), "/", true, map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"}},
		{"all, secure", hsts, "/", true, map[string]string{
			"Strict-Transport-Security": "max-age=60; includeSubDomains; preload",
			"X-Content-Type-Options":    "nosniff", "Referrer-Policy": "origin,same-origin", "Cross-Origin-Opener-Policy": "same-origin"}},
		{"preload without subdomains", preload, "/", true, map[string]string{
			"Strict-Transport-Security": "max-age=60; preload",
			"X-Content-Type-Options":    "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin"}},
		{"all, in the clear", hsts, "/", false, map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "origin,same-origin", "Cross-Origin-Opener-Policy": "same-origin"}},
		{"a list", list, "/", false, map[string]string{
			"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer,strict-origin-when-cross-origin", "Cross-Origin-Opener-Policy": "same-origin"}},
		{"set already", hsts, "/set", true, map[string]string{
			"Strict-Transport-Security": "max-age=1", "X-Content-Type-Options": "x", "Referrer-Policy": "unsafe-url", "Cross-Origin-Opener-Policy": "unsafe-none"}},
		{"none", none, "/", true, map[string]string{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			resp := serve(t, tt.s, request("GET", tt.path, tt.secure))
			got := map[string]string{}
			for name := range resp.Header {
				if name != "Content-Type" {
					got[name] = strings.Join(resp.Header[name], "|")
				}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" || resp.StatusCode != 200 {
				t.Errorf("%d (-want +got):\n%s", resp.StatusCode, diff)
			}
		})
	}
}

// What one response does with its headers does not show in the next.
func TestResponsesShareNothing(t *testing.T) {
	f, err := security.New(security.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	h := f(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(200)
		w.Header().Add("X-Content-Type-Options", "more")
	}))
	for range 2 {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, request("GET", "/", false))
		if got := w.Result().Header["X-Content-Type-Options"]; len(got) != 1 || got[0] != "nosniff" {
			t.Errorf("got %q", got)
		}
	}
}

// The redirects, recorded from Django 3.2; where the path differs, it is because it is
// left as the client has written it.
func TestRedirect(t *testing.T) {
	s := security.Defaults()
	s.SSLRedirect, s.RedirectExempt = true, []string{`^health$`, `(?i)hook$`}
	for _, tt := range []struct {
		method, target, host string
		secure               bool
		location             string // "" for none
	}{
		{"GET", "/", "example.com", false, "https://example.com/"},
		{"GET", "/", "example.com", true, ""},
		{"GET", "/health", "example.com", false, ""},
		{"GET", "//health", "example.com", false, ""},
		{"GET", "/healthy", "example.com", false, "https://example.com/healthy"},
		{"GET", "/x/HOOK?a=b", "example.com", false, ""},
		{"POST", "/a%20b/%C3%A4?x=1&y=%20", "example.com:8000", false, "https://example.com:8000/a%20b/%C3%A4?x=1&y=%20"},
		{"GET", "//evil.com/x", "example.com", false, "https://example.com//evil.com/x"},
		{"GET", "/q?", "a.example.org.", false, "https://a.example.org./q"},
		{"GET", "/a%2Fb;c=d", "EXAMPLE.com", false, "https://EXAMPLE.com/a%2Fb;c=d"}, // Django: /a/b%3Bc%3Dd
		{"GET", "/?q=\xc3\xa4\"", "example.com", false, "https://example.com/?q=%C3%A4%22"},
		{"HEAD", "/", "example.com", false, "https://example.com/"},
		{"OPTIONS", "*", "example.com", false, "https://example.com/*"},
	} {
		r := request(tt.method, "/", tt.secure)
		r.Host = tt.host
		u, err := r.URL.Parse(tt.target)
		if tt.target == "*" {
			u, err = u.Parse("/")
			u.Path = "*"
		} else if strings.HasPrefix(tt.target, "//") {
			u, err = u.Parse("/")
			u.Path = tt.target
		}
		if err != nil {
			t.Fatal(err)
		}
		r.URL = u
		resp := serve(t, s, r)
		body, _ := io.ReadAll(resp.Body)
		if tt.location == "" {
			if resp.StatusCode != 200 || string(body) != "x" {
				t.Errorf("%s %s: %d %q, want the handler's answer", tt.method, tt.target, resp.StatusCode, body)
			}
			continue
		}
		if resp.StatusCode != 301 || resp.Header.Get("Location") != tt.location || len(body) != 0 ||
			resp.Header.Get("Content-Type") != "text/html; charset=utf-8" || resp.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s %s: %d %v %q, want %s", tt.method, tt.target, resp.StatusCode, resp.Header, body, tt.location)
		}
	}
}

// A host that is none of the site's is nobody's target; with a host of its own, the
// request's does not matter.
func TestRedirectChecksHost(t *testing.T) {
	s := security.Defaults()
	s.SSLRedirect = true
	s.Host = func(r *http.Request) string { return r.Header.Get("X-Host") }
	s.CheckHost = func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("X-Host") == "evil.com" {
				w.WriteHeader(400)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
	get := func(host string) *http.Response {
		r := request("GET", "/p", false)
		r.Header.Set("X-Host", host)
		return serve(t, s, r)
	}
	if resp := get("good.com"); resp.Header.Get("Location") != "https://good.com/p" {
		t.Errorf("got %v", resp.Header)
	}
	if resp := get("evil.com"); resp.StatusCode != 400 || resp.Header.Get("Location") != "" {
		t.Errorf("%d %v", resp.StatusCode, resp.Header)
	}
	s.SSLHost = "secure.good.com:444"
	if resp := get("evil.com"); resp.Header.Get("Location") != "https://secure.good.com:444/p" {
		t.Errorf("got %v", resp.Header)
	}
}

// Whether a request is secure is the hook's to say.
func TestIsSecure(t *testing.T) {
	s := security.Defaults()
	s.SSLRedirect, s.HSTSSeconds = true, 5
	s.IsSecure = func(r *http.Request) bool { return r.Header.Get("X-Forwarded-Proto") == "https" }
	r := request("GET", "/", false)
	r.Header.Set("X-Forwarded-Proto", "https")
	if resp := serve(t, s, r); resp.StatusCode != 200 || resp.Header.Get("Strict-Transport-Security") != "max-age=5" {
		t.Errorf("%d %v", resp.StatusCode, resp.Header)
	}
	if resp := serve(t, s, request("GET", "/", true)); resp.StatusCode != 301 {
		t.Errorf("%d", resp.StatusCode)
	}
}

func TestNewRefuses(t *testing.T) {
	for want, change := range map[string]func(*security.Settings){
		"SECURE_REDIRECT_EXEMPT": func(s *security.Settings) { s.SSLRedirect, s.RedirectExempt = true, []string{"("} },
		"SECURE_REFERRER_POLICY": func(s *security.Settings) { s.ReferrerPolicy = 5 },
	} {
		s := security.Defaults()
		change(&s)
		if _, err := security.New(s); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
}

func BenchmarkSecurity(b *testing.B) {
	s := security.Defaults()
	s.HSTSSeconds, s.SSLRedirect = 3600, true
	f, err := security.New(s)
	if err != nil {
		b.Fatal(err)
	}
	h, r, w := f(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) })), request("GET", "/", true), &discard{http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		clear(w.header)
		h.ServeHTTP(w, r)
	}
}

// discard is a ResponseWriter that costs nothing.
type discard struct{ header http.Header }

func (w *discard) Header() http.Header         { return w.header }
func (w *discard) Write(p []byte) (int, error) { return len(p), nil }
func (w *discard) WriteHeader(int)             {}
