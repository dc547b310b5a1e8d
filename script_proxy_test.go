package settled_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// proxyCmd is "proxy HOW": it starts a proxy in front of URL that meddles with
// CORS in one of the ways that are found in the wild. PROXY is its address then,
// and PROXYHOST that without the scheme.
func proxyCmd(ts *testscript.TestScript, neg bool, args []string) {
	how, found := meddlers[args[0]]
	if neg || !found {
		ts.Fatalf("usage: proxy HOW")
	}
	to, err := url.Parse(ts.Getenv("URL"))
	ts.Check(err)
	behind := httputil.NewSingleHostReverseProxy(to)
	behind.ModifyResponse = func(res *http.Response) error {
		res.Header.Set("Server", "front")
		return nil
	}
	proxy := httptest.NewServer(how(behind))
	ts.Defer(proxy.Close)
	ts.Setenv("PROXY", proxy.URL)
	ts.Setenv("PROXYHOST", strings.TrimPrefix(proxy.URL, "http://"))
}

// meddlers are what stands in front of sites.
var meddlers = map[string]func(http.Handler) http.Handler{
	"passes": func(next http.Handler) http.Handler { return next },
	"doubles": meddler(func(h http.Header) {
		h.Add("Access-Control-Allow-Origin", "*")
	}),
	"strips": meddler(func(h http.Header) {
		for name := range h {
			if strings.HasPrefix(name, "Access-Control-") {
				h.Del(name)
			}
		}
	}),
	"caches": meddler(func(h http.Header) {
		h.Del("Vary")
		h.Set("Age", "12")
	}),
	"moves": func(http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Access-Control-Allow-Origin", "*")
			http.Redirect(w, r, "http://other.example/?token=s3cret", http.StatusFound)
		})
	},
	"405": answersOptions(func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusMethodNotAllowed) }),
	"redirects": answersOptions(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://example.com"+r.URL.Path, http.StatusMovedPermanently)
	}),
}

// meddler changes the header of each response.
func meddler(change func(http.Header)) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			change(answer.Header())
			for name, values := range answer.Header() {
				w.Header()[name] = values
			}
			w.WriteHeader(answer.Code)
			fmt.Fprint(w, answer.Body)
		})
	}
}

// answersOptions does not let OPTIONS through.
func answersOptions(answer http.HandlerFunc) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodOptions {
				answer(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
