package csrf_test

import (
	"crypto/tls"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/csrf"
)

// A secret, two tokens of it, and another secret. The first token is the vector of
// Django's algorithm with its mask.
const (
	secret  = "abcdefghijklmnopqrstuvwxyz012345"
	masked  = "AbCdEfGhIjKlMnOpQrStUvWxYz012345" + "AcEgIkMoQsUwYA2E6IaMeQiUmYQSUWY0"
	another = "ABCDEFGHIJKLMNOPQRSTUVWXYZ543210"
)

// refused has the middleware say why.
func refused(s csrf.Settings) csrf.Settings {
	s.Failed = func(w http.ResponseWriter, _ *http.Request, why string) {
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, why)
	}
	s.TooLarge = func(w http.ResponseWriter, _ *http.Request, why string) {
		w.WriteHeader(http.StatusBadRequest)
		io.WriteString(w, why)
	}
	return s
}

func build(t testing.TB, s csrf.Settings) middleware.Func {
	t.Helper()
	f, err := csrf.New(refused(s))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// request is from text: a line "POST https://example.com/", headers, and behind an
// empty line the body.
func request(text string) *http.Request {
	head, body, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	method, url, _ := strings.Cut(lines[0], " ")
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		r.Header.Add(name, value)
	}
	return r
}

// ask gives a request to a handler behind the middleware.
func ask(t testing.TB, s csrf.Settings, text string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	ok := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "ok") })
	build(t, s)(ok).ServeHTTP(w, request(text))
	return w
}

const (
	cookie = "\nCookie: csrftoken=" + secret
	header = "\nX-CSRFToken: " + masked
	form   = "\nContent-Type: application/x-www-form-urlencoded\n\na=b&csrfmiddlewaretoken="
	proof  = cookie + header
)

// The whole of Django's check, with its reasons.
func TestCheck(t *testing.T) {
	trusting := func(origins ...string) func(*csrf.Settings) {
		return func(s *csrf.Settings) { s.TrustedOrigins = origins }
	}
	example := trusting("https://app.example.org", "https://*.example.net", "http://*.example.net:8080", "https://Upper.example", "https://*", "https://a.*.example.info")
	domain := func(s *csrf.Settings) { s.CookieDomain = ".example.com" }
	domainAt := func(port string) func(s *csrf.Settings) {
		return func(s *csrf.Settings) {
			s.CookieDomain = ".example.com"
			s.Port = func(*http.Request) string { return port }
		}
	}
	const plain, secure = "POST http://example.com/", "POST https://example.com/"
	for _, tt := range []struct {
		name, request string
		settings      func(*csrf.Settings)
		want          string // "ok", or the reason
	}{
		{"GET", "GET http://example.com/\nOrigin: https://evil.example", nil, "ok"},
		{"HEAD", "HEAD http://example.com/", nil, "ok"},
		{"OPTIONS", "OPTIONS http://example.com/", nil, "ok"},
		{"TRACE", "TRACE http://example.com/", nil, "ok"},
		{"a method that looks safe", "get http://example.com/", nil, "CSRF cookie not set."},
		{"PUT", "PUT http://example.com/" + proof, nil, "ok"},
		{"DELETE without", "DELETE http://example.com/", nil, "CSRF cookie not set."},

		{"no cookie", plain, nil, "CSRF cookie not set."},
		{"no cookie, a token", plain + header, nil, "CSRF cookie not set."},
		{"no token", plain + cookie, nil, "CSRF token missing."},
		{"token in header", plain + proof, nil, "ok"},
		{"secret in header", plain + cookie + "\nX-CSRFToken: " + secret, nil, "ok"},
		{"token in form", plain + cookie + form + masked, nil, "ok"},
		{"secret in form", plain + cookie + form + secret + "&c=d", nil, "ok"},
		{"token in form of PUT", "PUT http://example.com/" + cookie + form + masked, nil, "CSRF token missing."},
		{"form wins", plain + proof + form + another, nil, "CSRF token from POST incorrect."},
		{"empty in form, header", plain + proof + form, nil, "ok"},
		{"the last one in the form", plain + cookie + form + another + "&csrfmiddlewaretoken=" + masked, nil, "ok"},
		{"escaped in form", plain + cookie + "\nContent-Type: application/x-www-form-urlencoded; charset=utf-8\n\n%63srfmiddlewaretoken=%61" + secret[1:], nil, "ok"},
		{"in the query", "POST http://example.com/?csrfmiddlewaretoken=" + masked + cookie, nil, "CSRF token missing."},
		{"in JSON", plain + cookie + "\nContent-Type: application/json\n\n{\"csrfmiddlewaretoken\":\"" + masked + "\"}", nil, "CSRF token missing."},
		{"old cookie", plain + "\nCookie: csrftoken=" + masked + "\nX-CSRFToken: " + masked, nil, "ok"},
		{"old cookie, secret", plain + "\nCookie: csrftoken=" + masked + "\nX-CSRFToken: " + secret, nil, "ok"},
		{"among cookies", plain + "\nCookie: a=b; csrftoken=" + secret + " ;c" + header, nil, "ok"},
		{"in a second line", plain + "\nCookie: a=b\nCookie: csrftoken=" + secret + header, nil, "ok"},
		{"the last cookie", plain + "\nCookie: csrftoken=" + another + "; csrftoken=" + secret + header, nil, "ok"},
		{"the first cookie", plain + "\nCookie: csrftoken=" + secret + "; csrftoken=" + another + header, nil, "CSRF token from the 'X-Csrftoken' HTTP header incorrect."},
		{"quoted cookie", plain + "\nCookie: csrftoken=\"" + secret + "\"" + header, nil, "ok"},
		{"other name of the cookie", plain + "\nCookie: xsrf=" + secret + header, func(s *csrf.Settings) { s.CookieName = "xsrf" }, "ok"},
		{"case of the cookie's name", plain + "\nCookie: CSRFTOKEN=" + secret + header, nil, "CSRF cookie not set."},
		{"other header", plain + cookie + "\nX-XSRF-Token: " + masked, func(s *csrf.Settings) { s.HeaderName = "HTTP_X_XSRF_TOKEN" }, "ok"},

		{"empty cookie", plain + "\nCookie: csrftoken=" + header, nil, "CSRF cookie has incorrect length."},
		{"short cookie", plain + "\nCookie: csrftoken=abc" + header, nil, "CSRF cookie has incorrect length."},
		{"bad cookie", plain + "\nCookie: csrftoken=" + secret[1:] + "*" + header, nil, "CSRF cookie has invalid characters."},
		{"long cookie", plain + "\nCookie: csrftoken=" + masked + "a" + header, nil, "CSRF cookie has incorrect length."},
		{"empty header", plain + cookie + "\nX-CSRFToken: ", nil, "CSRF token from the 'X-Csrftoken' HTTP header has incorrect length."},
		{"bad header", plain + cookie + "\nX-CSRFToken: " + secret[1:] + "-", nil, "CSRF token from the 'X-Csrftoken' HTTP header has invalid characters."},
		{"wrong header", plain + cookie + "\nX-CSRFToken: " + another, nil, "CSRF token from the 'X-Csrftoken' HTTP header incorrect."},
		{"two headers", plain + proof + header, nil, "CSRF token from the 'X-Csrftoken' HTTP header has incorrect length."},
		{"short in form", plain + cookie + form + "abc", nil, "CSRF token from POST has incorrect length."},
		{"bad in form", plain + cookie + form + secret[1:] + "%C3%A9", nil, "CSRF token from POST has invalid characters."},
		{"wrong in form", plain + cookie + form + another, nil, "CSRF token from POST incorrect."},

		{"own origin", plain + proof + "\nOrigin: http://example.com", nil, "ok"},
		{"own origin, port", "POST http://example.com:8000/" + proof + "\nOrigin: http://example.com:8000", nil, "ok"},
		{"own origin, no token", plain + cookie + "\nOrigin: http://example.com", nil, "CSRF token missing."},
		{"other port", plain + proof + "\nOrigin: http://example.com:8000", nil, "Origin checking failed - http://example.com:8000 does not match any trusted origins."},
		{"other scheme", plain + proof + "\nOrigin: https://example.com", nil, "Origin checking failed - https://example.com does not match any trusted origins."},
		{"encrypted, from plain", secure + proof + "\nOrigin: http://example.com", nil, "Origin checking failed - http://example.com does not match any trusted origins."},
		{"other site", plain + proof + "\nOrigin: https://evil.example", example, "Origin checking failed - https://evil.example does not match any trusted origins."},
		{"null", plain + proof + "\nOrigin: null", trusting("null"), "Origin checking failed - null does not match any trusted origins."},
		{"empty origin", plain + proof + "\nOrigin: ", nil, "Origin checking failed -  does not match any trusted origins."},
		{"two origins", plain + proof + "\nOrigin: http://example.com\nOrigin: https://evil.example", nil, "Origin checking failed - http://example.com,https://evil.example does not match any trusted origins."},
		{"trusted", secure + proof + "\nOrigin: https://app.example.org", example, "ok"},
		{"trusted, other scheme", secure + proof + "\nOrigin: http://app.example.org", example, "Origin checking failed - http://app.example.org does not match any trusted origins."},
		{"trusted, below", secure + proof + "\nOrigin: https://a.b.example.net", example, "ok"},
		{"trusted, the domain", secure + proof + "\nOrigin: https://example.net", example, "ok"},
		{"trusted, glued", secure + proof + "\nOrigin: https://evilexample.net", example, "Origin checking failed - https://evilexample.net does not match any trusted origins."},
		{"trusted, below, port", secure + proof + "\nOrigin: http://a.example.net:8080", example, "ok"},
		{"trusted, below, no port", secure + proof + "\nOrigin: http://a.example.net", example, "Origin checking failed - http://a.example.net does not match any trusted origins."},
		{"no browser writes this", secure + proof + "\nOrigin: https://evil.example\\.example.net", example, "Origin checking failed - https://evil.example\\.example.net does not match any trusted origins."},
		{"nor this", secure + proof + "\nOrigin: https://evil.example#.example.net", example, "Origin checking failed - https://evil.example#.example.net does not match any trusted origins."},
		{"a star alone trusts nobody", secure + proof + "\nOrigin: https://evil.info", example, "Origin checking failed - https://evil.info does not match any trusted origins."},

		{"cross-site without origin", plain + proof + "\nSec-Fetch-Site: cross-site", nil, "Origin checking failed - the browser says that the request is cross-site (Sec-Fetch-Site)."},
		{"same-site without origin", plain + proof + "\nSec-Fetch-Site: same-site", nil, "Origin checking failed - the browser says that the request is same-site (Sec-Fetch-Site)."},
		{"same-origin without token", plain + "\nSec-Fetch-Site: same-origin", nil, "CSRF cookie not set."},
		{"trusted and cross-site", secure + proof + "\nOrigin: https://app.example.org\nSec-Fetch-Site: cross-site", example, "ok"},

		{"no referer", secure + proof, nil, "Referer checking failed - no Referer."},
		{"referer", secure + proof + "\nReferer: https://example.com/page?x#y", nil, "ok"},
		{"referer, plain", plain + proof + "\nReferer: https://evil.example/", nil, "ok"},
		{"referer malformed", secure + proof + "\nReferer: example.com", nil, "Referer checking failed - Referer is malformed."},
		{"referer empty", secure + proof + "\nReferer: ", nil, "Referer checking failed - Referer is malformed."},
		{"referer without host", secure + proof + "\nReferer: https:///x", nil, "Referer checking failed - Referer is malformed."},
		{"referer insecure", secure + proof + "\nReferer: http://example.com/", nil, "Referer checking failed - Referer is insecure while host is secure."},
		{"referer elsewhere", secure + proof + "\nReferer: https://evil.example/x", example, "Referer checking failed - https://evil.example/x does not match any trusted origins."},
		{"referer elsewhere, with user", secure + proof + "\nReferer: https://example.com@evil.example/", example, "Referer checking failed - https://example.com@evil.example/ does not match any trusted origins."},
		{"referer at another port", secure + proof + "\nReferer: https://example.com:8443/", nil, "Referer checking failed - https://example.com:8443/ does not match any trusted origins."},
		{"referer trusted", secure + proof + "\nReferer: https://app.example.org/x", example, "ok"},
		{"referer trusted, below", secure + proof + "\nReferer: https://x.example.net/x", example, "ok"},
		{"referer within the cookie's domain", secure + proof + "\nReferer: https://a.example.com/x", domain, "ok"},
		{"referer within the cookie's domain, port", "POST https://example.com:8443/" + proof + "\nReferer: https://a.example.com:8443/x", domainAt("8443"), "ok"},
		{"referer within the cookie's domain, no port", "POST https://example.com:8443/" + proof + "\nReferer: https://a.example.com/x", domainAt("443"), "ok"},
		{"referer within the cookie's domain, other port", secure + proof + "\nReferer: https://a.example.com/x", domainAt("8000"), "Referer checking failed - https://a.example.com/x does not match any trusted origins."},
		{"referer before the cookie", secure + "\nReferer: https://example.com/", nil, "CSRF cookie not set."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := csrf.Defaults()
			if tt.settings != nil {
				tt.settings(&s)
			}
			w := ask(t, s, tt.request)
			status := http.StatusForbidden
			if tt.want == "ok" {
				status = http.StatusOK
			}
			want := tt.want
			if strings.HasPrefix(tt.request, "HEAD") {
				want = "ok" // a recorder keeps it
			}
			if diff := cmp.Diff(want, w.Body.String()); diff != "" || w.Code != status {
				t.Errorf("status %d, -want +got:\n%s", w.Code, diff)
			}
		})
	}
}

// With CSRF_CHECK = "headers" the token is for those alone of whom the headers say
// nothing, and nothing is believed that Django does not believe.
func TestHeadersDo(t *testing.T) {
	for _, tt := range []struct{ name, request, want string }{
		{"own origin", "POST http://example.com/\nCookie: a=b\nOrigin: http://example.com", "ok"},
		{"other origin", "POST http://example.com/\nOrigin: https://evil.example" + proof, "Origin checking failed - https://evil.example does not match any trusted origins."},
		{"other origin that says same-origin", "POST http://example.com/\nOrigin: https://evil.example\nSec-Fetch-Site: same-origin", "Origin checking failed - https://evil.example does not match any trusted origins."},
		{"cross-site", "POST http://example.com/\nSec-Fetch-Site: cross-site", "Origin checking failed - the browser says that the request is cross-site (Sec-Fetch-Site)."},
		{"same-origin", "POST https://example.com/\nCookie: a=b\nSec-Fetch-Site: same-origin", "ok"},
		{"by the user", "POST https://example.com/\nCookie: a=b\nSec-Fetch-Site: none", "ok"},
		{"a program", "POST https://example.com/\nAuthorization: Bearer x", "ok"},
		{"cookies and nothing said", "POST http://example.com/\nCookie: a=b", "CSRF cookie not set."},
		{"cookies, nothing said, a token", "POST http://example.com/" + proof, "ok"},
		{"cookies and no referer", "POST https://example.com/\nCookie: a=b", "Referer checking failed - no Referer."},
		{"cookies and a referer", "POST https://example.com/\nCookie: a=b\nReferer: https://example.com/", "ok"},
		{"cookies and another referer", "POST https://example.com/\nCookie: a=b\nReferer: https://evil.example/", "Referer checking failed - https://evil.example/ does not match any trusted origins."},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := csrf.Defaults()
			s.Check = "headers"
			if diff := cmp.Diff(tt.want, ask(t, s, tt.request).Body.String()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// A page that asks for the token gets a cookie, as Django writes it.
func TestCookie(t *testing.T) {
	page := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, csrf.Token(r)) })
	expires := regexp.MustCompile(`expires=\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT`)
	for _, tt := range []struct {
		name     string
		settings func(*csrf.Settings)
		sent     string // of Cookie
		want     string // of Set-Cookie; @ is the secret
	}{
		{"new", func(*csrf.Settings) {}, "", "csrftoken=@; expires=; Max-Age=31449600; Path=/; SameSite=Lax"},
		{"again", func(*csrf.Settings) {}, "csrftoken=" + secret, "csrftoken=" + secret + "; expires=; Max-Age=31449600; Path=/; SameSite=Lax"},
		{"masked", func(*csrf.Settings) {}, "csrftoken=" + masked, "csrftoken=" + secret + "; expires=; Max-Age=31449600; Path=/; SameSite=Lax"},
		{"bad", func(*csrf.Settings) {}, "csrftoken=x", "csrftoken=@; expires=; Max-Age=31449600; Path=/; SameSite=Lax"},
		{"all attributes", func(s *csrf.Settings) {
			s.CookieName, s.CookieAge, s.CookieDomain, s.CookiePath = "xsrf", 60, ".example.com", "/app"
			s.CookieSecure, s.CookieHTTPOnly, s.CookieSameSite = true, true, "Strict"
		}, "", "xsrf=@; Domain=.example.com; expires=; HttpOnly; Max-Age=60; Path=/app; SameSite=Strict; Secure"},
		{"no SameSite, no path", func(s *csrf.Settings) { s.CookieSameSite, s.CookiePath = "", "" }, "", "csrftoken=@; expires=; Max-Age=31449600"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := csrf.Defaults()
			tt.settings(&s)
			h := build(t, s)(page)
			r := httptest.NewRequest("GET", "/", nil)
			if tt.sent != "" {
				r.Header.Set("Cookie", tt.sent)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			cookies := w.Result().Cookies()
			if len(cookies) != 1 {
				t.Fatal(w.Header())
			}
			if in := time.Until(cookies[0].Expires); in > time.Duration(s.CookieAge)*time.Second || in < time.Duration(s.CookieAge-5)*time.Second {
				t.Errorf("it expires in %v", in)
			}
			want := strings.Replace(tt.want, "@", cookies[0].Value, 1)
			if diff := cmp.Diff(want, expires.ReplaceAllString(w.Header().Get("Set-Cookie"), "expires=")); diff != "" || len(cookies[0].Value) != 32 {
				t.Errorf("-want +got:\n%s", diff)
			}
			if got := w.Header()["Vary"]; len(got) != 1 || got[0] != "Cookie" {
				t.Errorf("Vary: %q", got)
			}
			// And the token is right.
			post := httptest.NewRequest("POST", "/", nil)
			post.AddCookie(cookies[0])
			post.Header.Set("X-CSRFToken", w.Body.String())
			again := httptest.NewRecorder()
			h.ServeHTTP(again, post)
			if again.Code != http.StatusOK || again.Body.String() == w.Body.String() {
				t.Errorf("the token is refused, or the same again: %d %s", again.Code, again.Body)
			}
		})
	}
}

// Who does not ask gets no cookie, unless the browser's can't be used.
func TestNoCookie(t *testing.T) {
	for sent, want := range map[string]int{"": 0, "csrftoken=" + secret: 0, "csrftoken=" + masked: 0, "csrftoken=x": 1, "csrftoken=": 1} {
		w := ask(t, csrf.Defaults(), "GET http://example.com/\nCookie: "+sent)
		if got := len(w.Result().Cookies()); got != want || len(w.Header()["Vary"]) != want {
			t.Errorf("%q: %v", sent, w.Header())
		}
	}
	// A refused request too.
	if w := ask(t, csrf.Defaults(), "POST http://example.com/\nCookie: csrftoken=x"); w.Code != 403 || len(w.Result().Cookies()) != 1 {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

// Vary names Cookie once.
func TestVary(t *testing.T) {
	for _, tt := range [][2][]string{
		{nil, {"Cookie"}},
		{{"Accept-Encoding"}, {"Accept-Encoding", "Cookie"}},
		{{"Accept, cookie"}, {"Accept, cookie"}},
		{{"*"}, {"*"}},
	} {
		h := build(t, csrf.Defaults())(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header()["Vary"] = tt[0]
			csrf.Token(r)
		}))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
		if diff := cmp.Diff(tt[1], w.Header()["Vary"]); diff != "" {
			t.Error(diff)
		}
	}
}

// The connection decides by default what is secure.
func TestSecureByDefault(t *testing.T) {
	r := request("POST http://example.com/" + proof)
	r.TLS = &tls.ConnectionState{}
	w := httptest.NewRecorder()
	build(t, csrf.Defaults())(http.NotFoundHandler()).ServeHTTP(w, r)
	if w.Body.String() != "Referer checking failed - no Referer." {
		t.Error(w.Body)
	}
}

// Without functions of its own it answers shortly, and tells nobody why.
func TestPlainAnswer(t *testing.T) {
	s := csrf.Defaults()
	s.Failed, s.TooLarge, s.Host, s.IsSecure = nil, nil, nil, nil
	f, err := csrf.New(s)
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	f(http.NotFoundHandler()).ServeHTTP(w, httptest.NewRequest("POST", "/", nil))
	if w.Code != 403 || w.Body.String() != "CSRF verification failed. Request aborted.\n" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

// What can't work is no middleware.
func TestNewFails(t *testing.T) {
	for name, change := range map[string]func(*csrf.Settings){
		"check":     func(s *csrf.Settings) { s.Check = "" },
		"same site": func(s *csrf.Settings) { s.CookieSameSite = "Loose" },
		"header":    func(s *csrf.Settings) { s.HeaderName = "X-CSRFToken" },
		"name":      func(s *csrf.Settings) { s.CookieName = "a b" },
		"no name":   func(s *csrf.Settings) { s.CookieName = "" },
		"domain":    func(s *csrf.Settings) { s.CookieDomain = "a; Secure" },
		"path":      func(s *csrf.Settings) { s.CookiePath = "/\n" },
		"age":       func(s *csrf.Settings) { s.CookieAge = 0 },
		"sessions":  func(s *csrf.Settings) { s.UseSessions = true },
	} {
		s := csrf.Defaults()
		change(&s)
		if _, err := csrf.New(s); err == nil {
			t.Errorf("%s: it is taken", name)
		}
	}
}
