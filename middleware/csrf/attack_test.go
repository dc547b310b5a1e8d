package csrf_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/settled-go/settled/middleware/csrf"
)

// sites are what a page of somebody else may have as its origin, and what it could try
// to look like.
var sites = []string{
	"https://evil.example", "http://evil.example", "null", "", "http://example.com", "https://example.com:8443", "https://example.com.evil.example",
	"https://evil.example/?https://example.com", "https://evil.example#https://example.com", "https://example.com@evil.example", "https://evilexample.net",
	"https://net", "file://", "https://EXAMPLE.com", "https://example.com.", "https://xn--exmple-cua.com", `https://evil.example\.example.net`,
	"https://evil.example%2f.example.net", "https://example.com/", "https://example.com,https://evil.example", "//example.com", "example.com",
}

// No unsafe request passes that a browser sends for a page of another site, whatever
// the browser says of it, and whatever cookie and token the page could get hold of.
func TestNoForgedRequestPasses(t *testing.T) {
	var forged []map[string]string
	for _, site := range sites {
		forged = append(forged, map[string]string{"Origin": site})
		for _, fetch := range []string{"cross-site", "same-site"} {
			forged = append(forged, map[string]string{"Origin": site, "Sec-Fetch-Site": fetch, "Referer": site + "/"})
		}
		if !strings.HasPrefix(site, "https://example.com/") { // which is no Origin, but the site's own page
			forged = append(forged, map[string]string{"Referer": site + "/page"})
		}
	}
	for _, fetch := range []string{"cross-site", "same-site", "Same-Origin", "x"} {
		forged = append(forged, map[string]string{"Sec-Fetch-Site": fetch, "Referer": "https://example.com/"})
	}
	for _, check := range []string{"django", "headers"} {
		s := csrf.Defaults()
		s.Check, s.TrustedOrigins = check, []string{"https://*.example.net", "https://app.example.org"}
		h := build(t, s)(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "passed") }))
		for _, headers := range forged {
			for _, method := range []string{"POST", "PUT", "PATCH", "DELETE", "FORGE", "post"} {
				r := httptest.NewRequest(method, "https://example.com/", nil)
				r.Header.Set("Cookie", "csrftoken="+secret)
				r.Header.Set("X-CSRFToken", masked)
				for name, value := range headers {
					r.Header.Set(name, value)
				}
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				if w.Code != http.StatusForbidden {
					t.Errorf("%s with %s %v passes", check, method, headers)
				}
			}
		}
	}
}

// A host below this one can set cookies for it, but none whose name begins with
// __Host-. What only looks like such a name, to a server that takes off more than
// blanks, is another cookie.
func TestCookieOfAnotherHost(t *testing.T) {
	s := csrf.Defaults()
	s.CookieName, s.CookieSecure = "__Host-csrftoken", true
	h := build(t, s)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for _, space := range []string{"\u00a0", "\u0085", "\u2000", "\u3000", "\v", "\f"} {
		for _, cookies := range []string{space + "__Host-csrftoken=" + secret, "__Host-csrftoken=" + another + "; " + space + "__Host-csrftoken=" + secret, "__Host-csrftoken" + space + "=" + secret} {
			r := httptest.NewRequest("POST", "http://example.com/", nil)
			r.Header["Cookie"] = []string{cookies}
			r.Header.Set("X-CSRFToken", masked)
			w := httptest.NewRecorder()
			if h.ServeHTTP(w, r); w.Code != http.StatusForbidden {
				t.Errorf("%q: the cookie counts", cookies)
			}
		}
	}
}

// In no mode does anything pass without the secret that has an Origin which is neither
// the site's nor trusted; and what passes with a wildcard is below its domain.
func FuzzOrigin(f *testing.F) {
	for _, site := range sites {
		f.Add(site)
	}
	f.Add("https://a.example.net")
	f.Add("https://example.com")
	f.Fuzz(func(t *testing.T, origin string) {
		for _, check := range []string{"django", "headers"} {
			s := csrf.Defaults()
			s.Check, s.TrustedOrigins = check, []string{"https://*.example.net", "http://app.example.org:8080"}
			r := httptest.NewRequest("POST", "https://example.com/", nil)
			r.Header["Origin"] = []string{origin}
			r.Header.Set("Cookie", "csrftoken="+secret)
			r.Header.Set("X-CSRFToken", masked)
			w := httptest.NewRecorder()
			build(t, s)(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})).ServeHTTP(w, r)
			if w.Code != http.StatusOK || origin == "https://example.com" || origin == "http://app.example.org:8080" {
				continue
			}
			u, err := url.Parse(origin)
			if err != nil || u.Scheme != "https" || u.User != nil || u.Path != "" ||
				u.Host != "example.net" && !strings.HasSuffix(u.Host, ".example.net") {
				t.Errorf("%q passes", origin)
			}
		}
	})
}

// Nothing but the secret and its tokens is taken for one, and nothing panics.
func FuzzToken(f *testing.F) {
	for _, seed := range []string{secret, masked, another, "", "a", strings.Repeat("é", 32), strings.Repeat("a", 64), secret + "=", "\"" + secret + "\""} {
		f.Add(seed, seed)
		f.Add(secret, seed)
		f.Add(seed, secret)
	}
	h := build(f, csrf.Defaults())(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	f.Fuzz(func(t *testing.T, cookie, token string) {
		r := httptest.NewRequest("POST", "http://example.com/", nil)
		r.Header["Cookie"] = []string{"csrftoken=" + cookie}
		r.Header["X-Csrftoken"] = []string{token}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		kept, ok := meant(lastIn(cookie))
		sent, ok2 := meant(token)
		if passes := ok && ok2 && kept == sent; passes != (w.Code == http.StatusOK) {
			t.Errorf("cookie %q, token %q: %d", cookie, token, w.Code)
		}
	})
}

// meant is the secret that a text stands for, by Django's rules.
func meant(text string) (string, bool) {
	if strings.Trim(text, alphabet) != "" {
		return "", false
	}
	switch len(text) {
	case 32:
		return text, true
	case 64:
		return unmask(text), true
	}
	return "", false
}

// lastIn is what Python's SimpleCookie would make of the value.
func lastIn(value string) string {
	parts := strings.Split(value, ";")
	value = strings.TrimSpace(parts[0])
	for _, part := range parts[1:] {
		if name, v, found := strings.Cut(part, "="); found && strings.TrimSpace(name) == "csrftoken" {
			value = strings.TrimSpace(v)
		}
	}
	if len(value) >= 2 && strings.HasPrefix(value, `"`) && strings.HasSuffix(value, `"`) {
		value = value[1 : len(value)-1]
	}
	return value
}

// Any body can be judged, and stays what it is.
func FuzzForm(f *testing.F) {
	f.Add("application/x-www-form-urlencoded", "csrfmiddlewaretoken="+secret)
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"csrfmiddlewaretoken\"\r\n\r\n"+masked+"\r\n--x--\r\n")
	f.Add("multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\nc")
	h := build(f, csrf.Defaults())
	f.Fuzz(func(t *testing.T, kind, body string) {
		r := post(kind, strings.NewReader(body))
		called := false
		w := httptest.NewRecorder()
		h(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			called = true
			if got, err := io.ReadAll(r.Body); err != nil || string(got) != body {
				t.Errorf("got %q, %v", got, err)
			}
		})).ServeHTTP(w, r)
		if called && !strings.Contains(body, secret) && !strings.Contains(body, "%") && !strings.Contains(strings.ToLower(kind), "multipart") && !hasMasked(body) {
			t.Errorf("%q passes", body)
		}
	})
}

// hasMasked says whether a text has a token of secret in it.
func hasMasked(text string) bool {
	for i := 0; i+64 <= len(text); i++ {
		if s, ok := meant(text[i : i+64]); ok && s == secret {
			return true
		}
	}
	return false
}
