package browser_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/chromiumtest"
)

// A recorder is a handler that keeps what reaches it.
type recorder struct {
	mu      sync.Mutex
	next    http.Handler
	reached []string
}

func (h *recorder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	line := r.Method + " " + r.URL.Path
	for _, name := range []string{"Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"} {
		if value := r.Header.Get(name); value != "" {
			line += " " + value
		}
	}
	h.reached = append(h.reached, line)
	h.mu.Unlock()
	h.next.ServeHTTP(w, r)
}

// take is what has come since it was last called.
func (h *recorder) take() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	reached := h.reached
	h.reached = nil
	return reached
}

// canned answers with header lines, $ORIGIN in them being the page's.
func canned(t *testing.T, origin, preflight, actual string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text := actual
		if r.Method == http.MethodOptions {
			text = preflight
		}
		text = strings.ReplaceAll(text, "$ORIGIN", origin)
		res, err := answers{text, text}.send(r)
		if err != nil {
			t.Error(err)
			return
		}
		for name, values := range res.Header {
			w.Header()[name] = values
		}
		w.WriteHeader(res.StatusCode)
	})
}

// middleware is this project's, around a handler with some headers.
func middleware(t *testing.T, change func(*corsheaders.Settings)) http.Handler {
	s := corsheaders.Defaults()
	change(&s)
	cors, err := corsheaders.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return cors(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-A", "1")
		w.Header().Set("X-B", "2")
		w.Header().Set("Content-Type", "text/plain")
		w.Header().Set("Set-Cookie", "a=b")
		_, _ = io.WriteString(w, "hello")
	}))
}

// What is predicted is what a real browser does: which requests it sends, why it
// blocks them, and what the script may read.
func TestChromium(t *testing.T) {
	pages := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<!doctype html><title>page</title>")
	}))
	defer pages.Close()
	origin := pages.URL
	tab := chromiumtest.Open(t, origin)

	listed := func(s *corsheaders.Settings) { s.AllowedOrigins = []string{origin} }
	cookies := func(s *corsheaders.Settings) { listed(s); s.AllowCredentials = true }
	all := func(s *corsheaders.Settings) { s.AllowAllOrigins = true }
	stars := func(s *corsheaders.Settings) {
		all(s)
		s.AllowMethods, s.AllowHeaders, s.ExposeHeaders = []string{"*"}, []string{"*"}, []string{"*"}
	}
	starsWithCookies := func(s *corsheaders.Settings) {
		cookies(s)
		s.AllowMethods, s.AllowHeaders, s.ExposeHeaders = []string{"*"}, []string{"*"}, []string{"*"}
	}
	exposing := func(s *corsheaders.Settings) { listed(s); s.ExposeHeaders = []string{"x-a", "set-cookie"} }
	handlers := map[string]http.Handler{
		"nobody": middleware(t, func(*corsheaders.Settings) {}), "listed": middleware(t, listed), "cookies": middleware(t, cookies),
		"all": middleware(t, all), "stars": middleware(t, stars), "starsWithCookies": middleware(t, starsWithCookies),
		"exposing":    middleware(t, exposing),
		"doubled":     canned(t, origin, "", "200\nAccess-Control-Allow-Origin: $ORIGIN\nAccess-Control-Allow-Origin: $ORIGIN"),
		"joined":      canned(t, origin, "", "200\nAccess-Control-Allow-Origin: $ORIGIN, *"),
		"slash":       canned(t, origin, "", "200\nAccess-Control-Allow-Origin: $ORIGIN/"),
		"fixed":       canned(t, origin, "", "200\nAccess-Control-Allow-Origin: https://other.example"),
		"nonsense":    canned(t, origin, "", "200\nAccess-Control-Allow-Origin: nonsense"),
		"True":        canned(t, origin, "", "200\nAccess-Control-Allow-Origin: $ORIGIN\nAccess-Control-Allow-Credentials: True"),
		"login":       canned(t, origin, "403\nAccess-Control-Allow-Origin: $ORIGIN", "200"),
		"loginBare":   canned(t, origin, "403", "200"),
		"redirects":   canned(t, origin, "301\nAccess-Control-Allow-Origin: $ORIGIN\nLocation: /y", "200"),
		"badMethods":  canned(t, origin, "200\nAccess-Control-Allow-Origin: $ORIGIN\nAccess-Control-Allow-Methods: PUT; GET", "200"),
		"badHeaders":  canned(t, origin, "200\nAccess-Control-Allow-Origin: $ORIGIN\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: x a", "200"),
		"onlyAsked":   canned(t, origin, "204\nAccess-Control-Allow-Origin: $ORIGIN\nAccess-Control-Allow-Methods: PUT", "200"),
		"badRedirect": canned(t, origin, "", "307\nAccess-Control-Allow-Origin: $ORIGIN\nLocation: http://a:b@localhost:1/"),
	}
	header := func(name, value string) browser.Request {
		return browser.Request{Headers: []browser.Header{{Name: name, Value: value}}}
	}
	with := browser.Request{Credentials: true}
	put, putWith := browser.Request{Method: "PUT"}, browser.Request{Method: "PUT", Credentials: true}
	tests := []struct {
		handler string
		request browser.Request
	}{
		{"listed", browser.Request{}}, {"listed", browser.Request{Method: "HEAD"}}, {"listed", browser.Request{Method: "post"}},
		{"listed", put}, {"listed", browser.Request{Method: "delete"}}, {"listed", browser.Request{Method: "PATCH"}},
		{"listed", browser.Request{Method: "OPTIONS"}}, {"listed", browser.Request{Method: "REPORT"}},
		{"listed", browser.Request{Method: "patch"}}, {"listed", browser.Request{Method: "TRACE"}}, {"listed", browser.Request{Method: "A B"}},
		{"listed", with}, {"listed", putWith}, {"cookies", with}, {"cookies", putWith},
		{"all", browser.Request{}}, {"all", with}, {"all", put}, {"all", putWith},
		{"nobody", browser.Request{}}, {"nobody", put}, {"nobody", with}, {"nobody", header("x-a", "1")},
		{"stars", browser.Request{Method: "REPORT"}}, {"stars", header("x-a", "1")},
		{"starsWithCookies", browser.Request{Method: "REPORT", Credentials: true}}, {"starsWithCookies", browser.Request{Credentials: true, Headers: []browser.Header{{Name: "X-A", Value: "1"}}}},
		{"starsWithCookies", with}, {"exposing", browser.Request{}},
		{"listed", header("Authorization", "Bearer x")}, {"listed", header("X-Secret", "1")},
		{"listed", header("Content-Type", "application/json")}, {"listed", header("Content-Type", "text/plain;charset=utf-8")},
		{"listed", header("Content-Type", `text/plain;a="b"`)}, {"listed", header("Content-Type", "nonsense")},
		{"listed", header("Accept", "text/*")}, {"listed", header("Accept", "a{b}")}, {"listed", header("Accept", strings.Repeat("a", 129))},
		{"listed", header("Accept-Language", "de, en;q=0.5")}, {"listed", header("Content-Language", "de_AT")},
		{"listed", header("Range", "bytes=0-9")}, {"listed", header("Range", "bytes=-9")},
		{"listed", header("Cookie", "a=b")}, {"listed", header("Sec-X", "1")}, {"listed", header("x a", "1")},
		{"listed", browser.Request{Headers: []browser.Header{{Name: "X-B", Value: "1"}, {Name: "x-A", Value: "2"}, {Name: "authorization", Value: "3"}}}},
		{"doubled", browser.Request{}}, {"joined", browser.Request{}}, {"slash", browser.Request{}}, {"fixed", browser.Request{}},
		{"nonsense", browser.Request{}}, {"True", with}, {"True", browser.Request{}},
		{"login", put}, {"loginBare", put}, {"redirects", put}, {"badMethods", put}, {"onlyAsked", put},
		{"badHeaders", browser.Request{Method: "PUT", Headers: []browser.Header{{Name: "X-A", Value: "1"}}}},
		{"badRedirect", browser.Request{}},
	}
	for i, test := range tests {
		t.Run(fmt.Sprintf("%d %s", i, test.handler), func(t *testing.T) {
			server := &recorder{next: handlers[test.handler]}
			api := httptest.NewServer(server)
			defer api.Close()
			r := test.request
			r.Origin, r.URL = origin, fmt.Sprintf("%s/%d", api.URL, i)
			if r.Method == "" {
				r.Method = "GET"
			}
			o := browser.Do(t.Context(), r, http.DefaultTransport.RoundTrip)
			want := sight{Reached: server.take(), Reason: o.Reason}
			if step := o.Step(browser.Send); o.Allowed && step != nil {
				want.Readable, _ = browser.Readable(step.Exchange.Header, r.Credentials)
				for i, name := range want.Readable {
					want.Readable[i] = strings.ToLower(name)
				}
				slices.Sort(want.Readable)
			}
			var got sight
			got.Reason, got.Readable = fetch(tab, r)
			got.Reached = server.take()
			if diff := cmp.Diff(got, want); diff != "" {
				t.Errorf("%+v: the prediction differs from what the browser does (-browser +prediction):\n%s", r, diff)
			}
		})
	}
}
