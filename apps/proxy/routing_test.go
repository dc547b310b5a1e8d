package proxy_test

import (
	"bufio"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/settled-go/settled/settledtest"
)

// echo says what it was asked for.
func echo(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintf(w, "%s %s", r.Method, r.RequestURI)
}

// ask sends a request line as it is, and returns the status and the body.
func ask(t testing.TB, url, line string, header ...string) (status int, body string) {
	t.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(url, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n", line, conn.RemoteAddr(), strings.Join(append(header, ""), "\r\n"))
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var b strings.Builder
	if _, err := bufio.NewReader(res.Body).WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, b.String()
}

// What the server behind is asked for, byte for byte.
func TestPaths(t *testing.T) {
	up := behind(t, echo)
	site := front(t, strings.Join([]string{
		route("/", up.URL),
		route("/api/", up.URL, `rewrite = "/v2/"`),
		route("/api/deep/", up.URL, `rewrite = "/"`),
		route("/base/", up.URL+"/old/site/"),
		route("/caf%C3%A9/", up.URL, `rewrite = "/coffee/"`),
		route("/both/", up.URL+"/b%2Fc", `rewrite = "/d/"`),
	}, ""))
	for sent, want := range map[string]string{
		// Everything that no other route has.
		"/":                    "/",
		"/a/b":                 "/a/b",
		"/a//b///":             "/a//b///",
		"//":                   "//",
		"//host/path":          "//host/path",
		"/a/./b":               "/a/./b",
		"/a%2Fb/c%2f":          "/a%2Fb/c%2f",
		"/%61%7E~":             "/%61%7E~",
		"/a;b=c;d/e,f=g":       "/a;b=c;d/e,f=g",
		"/a:b@c!$&'()*+,=[]":   "/a:b@c!$&'()*+,=[]",
		"/a%20b+c":             "/a%20b+c",
		"/a%00b":               "/a%00b",
		"/a|b%2Fc":             "/a%7Cb%2Fc",
		"/\xc3\xa9%2F":         "/%C3%A9%2F",
		"/a?":                  "/a?",
		"/a?b;c=%zz&d=e%2Ff?g": "/a?b;c=%zz&d=e%2Ff?g",
		"/a...b/..c/.../c..":   "/a...b/..c/.../c..",
		"http://127.0.0.1/x":   "/x",
		// The route's path is replaced.
		"/api/":          "/v2/",
		"/api":           "/v2",
		"/api?x=1":       "/v2?x=1",
		"/api/users/1/":  "/v2/users/1/",
		"/api//users":    "/v2//users",
		"//api//users":   "/v2//users",
		"//api":          "/v2",
		"/./api/users":   "/v2/users",
		"/ap%69/us%65rs": "/v2/us%65rs",
		"/api/a%2Fb":     "/v2/a%2Fb",
		"/apis":          "/apis",
		"/api%2Fusers":   "/api%2Fusers",
		"/api/deep/x":    "/x",
		"/api/deep/":     "/",
		"/api/deep":      "/",
		"/api/deeper":    "/v2/deeper",
		"/café/x":        "/coffee/x",
		"/caf%C3%A9/x":   "/coffee/x",
		"/caf%c3%a9":     "/coffee",
		// The server has a path of its own.
		"/base/":     "/old/site/base/",
		"/base/a//b": "/old/site/base/a//b",
		"/base":      "/old/site/base",
		"/both/e%2F": "/b%2Fc/d/e%2F",
	} {
		status, body := ask(t, site.URL, "GET "+sent)
		if status != 200 || body != "GET "+want {
			t.Errorf("%q: %d %q, want %q", sent, status, body, want)
		}
	}
}

// A path that leads up would be another one for each server that reads it.
func TestPathsThatClimb(t *testing.T) {
	up := behind(t, echo)
	site := front(t, route("/", up.URL)+route("/public/", up.URL))
	for _, path := range []string{
		"/public/../admin", "/public/%2e%2e/admin", "/public/.%2E/admin", "/public/..%2fadmin", "/public/..%5Cadmin",
		"/public/..\\admin", "/public/..;/admin", "/public/..;x=y/admin", "/public/..%3b/admin", "/public/x/..", "/..", "/public/a/../b",
		"/public/%2e/admin", "/public/.;x/admin", "/public/.%3bx/admin", "/public/%2f.%2fadmin", "/./public/%2E/admin", "/public/%2e",
	} {
		if status, body := ask(t, site.URL, "GET "+path); status != 400 {
			t.Errorf("%q: %d %q, want 400", path, status, body)
		}
	}
}

// Routes of apps go before; what they leave, other methods too, goes to the server.
func TestRoutesOfAppsGoFirst(t *testing.T) {
	up := behind(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprintf(w, "old %s %s", r.Method, r.RequestURI) })
	site := front(t, "INSTALLED_APPS = [\"proxy\", \"shop\"]\n"+route("/", up.URL)+route("/polls/old/", up.URL))
	for line, want := range map[string]string{
		"GET /things/1":        "shop GET /things/1",
		"GET /things/":         "old GET /things/",
		"GET /things/1/":       "old GET /things/1/",
		"POST /things/1":       "old POST /things/1",
		"DELETE /things/1":     "old DELETE /things/1",
		"OPTIONS /things/1":    "old OPTIONS /things/1",
		"GET /polls/":          "shop GET /polls/",
		"GET /polls/1/":        "shop GET /polls/1/",
		"POST /polls/1/":       "shop POST /polls/1/",
		"GET /polls/old/1//":   "old GET /polls/old/1//",
		"GET /polls":           "old GET /polls",
		"GET /polls/old":       "old GET /polls/old",
		"GET /exact":           "shop GET /exact",
		"GET /exact/":          "old GET /exact/",
		"GET /":                "old GET /",
		"PROPFIND /somewhere/": "old PROPFIND /somewhere/",
	} {
		if status, body := ask(t, site.URL, line); status != 200 || body != want {
			t.Errorf("%s: %d %q, want %q", line, status, body, want)
		}
	}
	// What ServeMux redirects on a route of an app, it still does.
	if status, _ := ask(t, site.URL, "GET //exact"); status != 307 {
		t.Errorf("//exact: %d, want 307", status)
	}
	for _, line := range []string{"CONNECT /x", "TRACE /x"} {
		if status, _ := ask(t, site.URL, line); status != 405 {
			t.Errorf("%s: %d, want 405", line, status)
		}
	}
	if status, body := ask(t, site.URL, "OPTIONS *"); status != 200 || body != "" {
		t.Errorf("OPTIONS *: %d %q", status, body)
	}
}

// What no route has, is not found here.
func TestNoRoute(t *testing.T) {
	up := behind(t, echo)
	site := front(t, route("/api/", up.URL))
	for _, path := range []string{"/x", "/apis", "/api%2F"} {
		if status, _ := ask(t, site.URL, "GET "+path); status != 404 {
			t.Errorf("%s: %d, want 404", path, status)
		}
	}
}

// A conflict names both places.
func TestConflict(t *testing.T) {
	a := settledtest.Apps{"greedy": newGreedy}
	for name, new := range apps {
		a[name] = new
	}
	p, _ := settledtest.Setup(t, a, "DEBUG = true\nINSTALLED_APPS = [\"greedy\", \"proxy\"]\n"+route("/api/", "http://127.0.0.1:9"))
	ms := p.Check(settledSelection)
	if len(ms) != 1 || ms[0].ID != "urls.E101" || !strings.Contains(ms[0].Text, "helpers_test.go:") ||
		!strings.Contains(ms[0].Text, "(test.toml:4)") || ms[0].At.Start.Line != 4 {
		t.Errorf("got %v", ms)
	}
}
