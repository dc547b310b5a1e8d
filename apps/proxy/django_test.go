package proxy_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/settled-go/settled/internal/chromiumtest"
)

func TestMain(m *testing.M) { chromiumtest.Main(m) }

// django starts a Django with django-cors-headers, both of Debian, and returns its
// address.
func django(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("starts a Django")
	}
	const python = "/usr/bin/python3"
	if out, err := exec.Command(python, "-c", "import django, corsheaders").CombinedOutput(); err != nil {
		if os.Getenv("SETTLEDTEST_DJANGO") == "required" {
			t.Fatalf("python3-django and python3-django-cors-headers are required: %v %s", err, out)
		}
		t.Skip("no python3-django with python3-django-cors-headers")
	}
	cmd := exec.Command(python, "testdata/site.py")
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	port, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return "http://127.0.0.1:" + strings.TrimSpace(port)
}

// localhost is the address of a server by a name that the tests' Django answers for.
func localhost(s *httptest.Server) string { return strings.Replace(s.URL, "127.0.0.1", "localhost", 1) }

func corsFor(origin string) string {
	return fmt.Sprintf("INSTALLED_APPS = [\"corsheaders\", \"proxy\"]\nMIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\n"+
		"CORS_ALLOWED_ORIGINS = [%q]\nSILENCED_SYSTEM_CHECKS = [\"corsheaders.I110\"]\n", origin)
}

// A browser gets one Access-Control-Allow-Origin from a Django that sends one too; with a
// plain reverse proxy that adds one it gets two, and keeps the answer from the page.
func TestDjangoInABrowser(t *testing.T) {
	old := django(t)
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "<title>page</title>") }))
	defer page.Close()
	tab := chromiumtest.Open(t, localhost(page))

	site := localhost(front(t, corsFor(localhost(page))+route("/", old)+route("/dead/", nobody(t))))
	a := tab.Fetch(site+"/hello/", "{}")
	if a.Status != 200 || !strings.Contains(a.Body, `"from": "django"`) {
		t.Errorf("the page gets %+v", a)
	}
	if _, exposed := a.Headers["x-django"]; exposed {
		t.Error("what Django exposes is not for Django to say here")
	}
	a = tab.Fetch(site+"/hello/", `{method: "PUT", headers: {"x-requested-with": "test"}}`)
	if a.Status != 403 || !strings.Contains(a.Body, "CSRF") { // Django's own check
		t.Errorf("after a preflight the page gets %+v", a)
	}
	a = tab.Fetch(site+"/dead/", `{headers: {accept: "application/json"}}`)
	var problem struct{ Status int }
	if err := json.Unmarshal([]byte(a.Body), &problem); err != nil || a.Status != 502 || problem.Status != 502 {
		t.Errorf("of a server that is not there the page gets %+v", a)
	}

	doubling := httptest.NewServer(addingCORS(t, old, localhost(page)))
	defer doubling.Close()
	if a := tab.Fetch(localhost(doubling)+"/hello/", "{}"); a.Error == "" {
		t.Errorf("through a plain proxy that adds CORS, the page gets %+v", a)
	}
	if reason := chromiumtest.Next(tab, tab.Blocked); reason != network.CorsErrorMultipleAllowOriginValues {
		t.Errorf("blocked for the reason %s", reason)
	}
}

// addingCORS is what people write without a guard: CORS around a reverse proxy.
func addingCORS(t *testing.T, to, origin string) http.Handler {
	u, err := url.Parse(to)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(u)
		r.Out.Host = r.In.Host
	}}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Access-Control-Allow-Origin", origin)
		proxy.ServeHTTP(w, r)
	})
}

// Django behind a site works as it does alone.
func TestDjango(t *testing.T) {
	old := django(t)
	const origin = "https://app.example.com"
	s := front(t, corsFor(origin)+route("/", old)+route("/v1/", old, `rewrite = "/"`))
	site := localhost(s)

	res, _ := get(t, site+"/hello/", "Origin", origin)
	if got := res.Header["Access-Control-Allow-Origin"]; !slices.Equal(got, []string{origin}) {
		t.Errorf("Access-Control-Allow-Origin is %q", got)
	}
	if vary := strings.ToLower(strings.Join(res.Header["Vary"], ", ")); strings.Count(vary, "origin") != 1 {
		t.Errorf("Vary is %q", vary)
	}
	if res, _ := get(t, site+"/hello/", "Origin", "https://evil.example"); res.Header["Access-Control-Allow-Origin"] != nil {
		t.Errorf("who is not listed gets %q", res.Header["Access-Control-Allow-Origin"])
	}
	// Its own redirect to the path with a slash.
	for path, want := range map[string]string{"/hello": "/hello/", "/v1/hello": "/v1/hello/"} {
		if res, _ := get(t, site+path); res.StatusCode != 301 || res.Header.Get("Location") != want {
			t.Errorf("%s: %d to %q", path, res.StatusCode, res.Header.Get("Location"))
		}
	}
	_, about := get(t, site+"/about/?x=%2F")
	want := fmt.Sprintf(`{"uri": "%s/about/?x=%%2F", "secure": false, "for": "127.0.0.1", "path": "/about/", "length": 0}`, site)
	if about != want {
		t.Errorf("got %s, want %s", about, want)
	}
	// Nobody is secure by saying so.
	if _, about := get(t, site+"/about/", "X-Forwarded-Proto", "https", "X_Forwarded_Proto", "https"); !strings.Contains(about, `"secure": false`) {
		t.Errorf("got %s", about)
	}
	// Its CSRF check sees the host and the cookie of the client.
	res, token := get(t, site+"/form/")
	for _, cookie := range []string{res.Header.Get("Set-Cookie"), ""} {
		r, _ := http.NewRequest("POST", site+"/form/", strings.NewReader(url.Values{"csrfmiddlewaretoken": {token}, "text": {"x"}}.Encode()))
		want := http.StatusForbidden
		if cookie != "" {
			want = http.StatusOK
			cookie, _, _ = strings.Cut(cookie, ";")
		}
		if res, body := do(t, r, "Content-Type", "application/x-www-form-urlencoded", "Cookie", cookie); res.StatusCode != want {
			t.Errorf("with the cookie %q: %d %s", cookie, res.StatusCode, body)
		}
	}
	// Its ALLOWED_HOSTS count, after those of the site.
	r, _ := http.NewRequest("GET", s.URL+"/hello/", nil)
	r.Host = "evil.example"
	if res, _ := do(t, r); res.StatusCode != 400 {
		t.Errorf("another host: %d", res.StatusCode)
	}
}
