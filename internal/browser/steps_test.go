package browser_test

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/browser"
)

// A redirect has to be allowed itself, and what it leads to too.
func TestRedirects(t *testing.T) {
	to := func(where string) string { return strings.Replace(lets, "200", "307", 1) + "\nLocation: " + where }
	tests := []struct {
		name  string
		first string
		then  string
		want  browser.Reason
		ended string // the origin of the last request
	}{
		{"same host", to("/y"), lets, "", page},
		{"not allowed itself", "307\nLocation: /y", lets, browser.MissingAllowOrigin, page},
		{"other host makes the origin null", to("https://other.example.net/"), lets, browser.AllowOriginMismatch, "null"},
		{"other host that allows null", to("https://other.example.net/"), "200\nAccess-Control-Allow-Origin: null", "", "null"},
		{"other host with star", to("https://other.example.net/"), star, "", "null"},
		{"password", to("https://a:b@api.example.org/"), lets, browser.RedirectContainsCredentials, page},
		{"scheme", to("data:text/plain,x"), lets, browser.CorsDisabledScheme, page},
		{"for ever", to("/y"), to("/y"), browser.TooManyRedirects, page},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ended, text := "", test.first
			o := browser.Do(t.Context(), browser.Request{Origin: page, URL: "https://api.example.org/x"},
				func(req *http.Request) (*http.Response, error) {
					ended = req.Header.Get("Origin")
					res, err := answers{actual: text}.send(req)
					text = test.then
					return res, err
				})
			if o.Reason != test.want || ended != test.ended {
				t.Errorf("reason %q for the origin %s, want %q for %s", o.Reason, ended, test.want, test.ended)
			}
		})
	}
}

// What a redirect does to the request.
func TestRedirectRewrites(t *testing.T) {
	for _, test := range []struct{ status, method, to, want string }{
		{"301", "POST", "/y", "GET   secret"},
		{"302", "POST", "/y", "GET   secret"},
		{"303", "POST", "/y", "GET   secret"},
		{"303", "PUT", "/y", "GET   secret"},
		{"303", "HEAD", "/y", "HEAD application/json secret"},
		{"302", "PUT", "/y", "PUT application/json secret"},
		{"307", "POST", "/y", "POST application/json secret"},
		{"308", "POST", "https://other.example.net/", "POST application/json "},
	} {
		got, moved := "", false
		browser.Do(t.Context(), browser.Request{Origin: page, URL: "https://api.example.org/x", Method: test.method,
			Headers: []browser.Header{{Name: "Content-Type", Value: "application/json"}, {Name: "Authorization", Value: "secret"}}},
			func(req *http.Request) (*http.Response, error) {
				w := httptest.NewRecorder()
				w.Header().Set("Access-Control-Allow-Origin", "*")
				w.Header().Set("Access-Control-Allow-Methods", "*")
				w.Header().Set("Access-Control-Allow-Headers", "content-type, authorization")
				if req.Method != http.MethodOptions {
					got = req.Method + " " + req.Header.Get("Content-Type") + " " + req.Header.Get("Authorization")
					if !moved {
						w.Header().Set("Location", test.to)
						w.Code, _ = strconv.Atoi(test.status)
						moved = true
					}
				}
				return w.Result(), nil
			})
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(test.want), " ") {
			t.Errorf("%s of a %s to %s: sends %q, want %q", test.status, test.method, test.to, got, test.want)
		}
	}
}

// How long an answer is kept, by the browsers' own limits.
func TestMaxAge(t *testing.T) {
	for header, want := range map[string]string{
		"":                                "5 seconds",
		"\nAccess-Control-Max-Age: soon":  "5 seconds",
		"\nAccess-Control-Max-Age: 0":     "Chrome 0, Firefox 0, Safari 0",
		"\nAccess-Control-Max-Age: 900":   "Chrome 900, Firefox 900, Safari 600",
		"\nAccess-Control-Max-Age: 99999": "Chrome 7200, Firefox 86400, Safari 600",
	} {
		o := browser.Do(t.Context(), browser.Request{Origin: page, URL: "https://api.example.org/", Preflight: true}, answers{lets + header, lets}.send)
		if step := o.Step(browser.MaxAge); step == nil || !strings.Contains(step.Text, want) {
			t.Errorf("%q: %+v, want %q", header, step, want)
		}
	}
}

// A page without an origin of its own is let in as null, or by *.
func TestNull(t *testing.T) {
	for answer, want := range map[string]browser.Reason{
		"200\nAccess-Control-Allow-Origin: null": "",
		star:                                     "",
		lets:                                     browser.AllowOriginMismatch,
	} {
		if o := browser.Do(t.Context(), browser.Request{Origin: "null", URL: "https://api.example.org/"}, answers{actual: answer}.send); o.Reason != want {
			t.Errorf("%q: %q, want %q", answer, o.Reason, want)
		}
	}
}

// What no header can allow.
func TestNetwork(t *testing.T) {
	for _, test := range []struct{ page, url, want string }{
		{"https://app.example.com", "http://localhost:8000/", "in the loopback network and the page is not: Chrome asks the user"},
		{"https://app.example.com", "http://192.168.0.2/", "in the local network and the page is not: Chrome asks the user"},
		{"http://app.example.com", "https://10.0.0.1/", "in the local network and the page is not: Chrome asks the user"},
		{"https://192.168.0.3", "http://192.168.0.2/", "browsers block that as mixed content, unless"},
		{"http://localhost:3000", "http://localhost:8000/", ""},
		{"http://192.168.0.3", "http://192.168.0.2/", ""},
		{"http://localhost:3000", "https://api.example.com/", ""},
		{"null", "http://localhost:8000/", ""},
	} {
		o := browser.Do(t.Context(), browser.Request{Origin: test.page, URL: test.url}, answers{actual: star}.send)
		got := ""
		if step := o.Step(browser.Network); step != nil {
			got = step.Text
		}
		if !strings.Contains(got, test.want) || (got == "") != (test.want == "") {
			t.Errorf("%s to %s: %q, want %q", test.page, test.url, got, test.want)
		}
	}
}

func TestReadable(t *testing.T) {
	h := http.Header{"Content-Type": {"a"}, "X-A": {"b"}, "X-B": {"c"}, "Set-Cookie": {"d"}, "Access-Control-Expose-Headers": {"x-a, set-cookie"}}
	readable, hidden := browser.Readable(h, true)
	if got := strings.Join(readable, " ") + " | " + strings.Join(hidden, " "); got != "Content-Type X-A | Access-Control-Expose-Headers Set-Cookie X-B" {
		t.Error(got)
	}
	h["Access-Control-Expose-Headers"] = []string{"*"}
	for credentials, want := range map[bool]string{false: "Access-Control-Expose-Headers Content-Type X-A X-B", true: "Content-Type"} {
		if readable, _ := browser.Readable(h, credentials); strings.Join(readable, " ") != want {
			t.Errorf("credentials %v: %q", credentials, readable)
		}
	}
}
