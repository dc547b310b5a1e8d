package lab_test

import (
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/apps/corsheaders/explain"
	"github.com/settled-go/settled/apps/corsheaders/lab"
	"github.com/settled-go/settled/settledtest"
)

// bench is a laboratory alone, as the workbench would mount it.
func bench(t *testing.T, settings string) (*lab.Lab, http.Handler) {
	t.Helper()
	site := settledtest.Start(t, apps, base+settings)
	l := lab.New(explain.New(site.Project(), "corsheaders.middleware.CorsMiddleware", nil))
	t.Cleanup(func() { _ = l.Close() })
	return l, l.Tool().Handler
}

// do asks the laboratory.
func do(h http.Handler, method, target, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, strings.NewReader(body))
	r.Host = "127.0.0.1:8000"
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

var frameOf = regexp.MustCompile(`data-frame="([^"]+)"`)

// open presses the button, and returns the address of the page of another
// origin.
func open(t *testing.T, h http.Handler, from string) (frame *url.URL, response *httptest.ResponseRecorder) {
	t.Helper()
	response = do(h, "POST", "/try", url.Values{"from": {from}, "path": {"/"}}.Encode())
	found := frameOf.FindStringSubmatch(response.Body.String())
	if response.Code != 200 || found == nil {
		t.Fatalf("no frame in %d %s", response.Code, response.Body)
	}
	frame, err := url.Parse(html.UnescapeString(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return frame, response
}

// get asks the second port.
func get(t *testing.T, method, address, host string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Host = host
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, string(body)
}

// The second port serves its page, once, to who knows the token and asks by a
// loopback name; and nothing else.
func TestPort(t *testing.T) {
	_, h := bench(t, "")
	frame, _ := open(t, h, "127.0.0.1")
	port := frame.Port()
	root := "http://127.0.0.1:" + port
	for _, tt := range []struct {
		name, method, path, host string
		status                   int
	}{
		{"no token", "GET", "/", "", 404},
		{"a wrong token", "GET", "/" + strings.Repeat("A", 26), "", 404},
		{"below the token", "GET", frame.Path + "/x", "", 404},
		{"another host", "GET", frame.Path, "evil.example:" + port, 404},
		{"another port", "GET", frame.Path, "127.0.0.1:1", 404},
		{"no port", "GET", frame.Path, "127.0.0.1", 404},
		{"a query", "GET", "/?" + frame.Path[1:], "", 404},
		{"POST", "POST", frame.Path, "", 405},
		{"HEAD", "HEAD", frame.Path, "", 405},
		{"OPTIONS", "OPTIONS", frame.Path, "", 405},
		{"the page", "GET", frame.Path, "", 200},
		{"the page again", "GET", frame.Path, "", 404},
	} {
		t.Run(tt.name, func(t *testing.T) {
			response, body := get(t, tt.method, root+tt.path, tt.host)
			if response.StatusCode != tt.status || (tt.status == 200) != strings.Contains(body, "attempt") {
				t.Errorf("got %d %q, want %d", response.StatusCode, body, tt.status)
			}
			policy := response.Header.Get("Content-Security-Policy")
			if want := "frame-ancestors http://127.0.0.1:8000"; tt.status == 200 && !strings.HasSuffix(policy, want) {
				t.Errorf("the policy is %s, want %s", policy, want)
			}
			if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") {
				t.Errorf("the policy is %s", policy)
			}
			for name := range response.Header {
				if strings.HasPrefix(name, "Access-Control-") {
					t.Errorf("%s lets other origins read it", name)
				}
			}
		})
	}
	other, _ := open(t, h, "localhost")
	if response, _ := get(t, "GET", other.String(), ""); response.StatusCode != 200 || other.Hostname() != "localhost" || other.Port() != port {
		t.Errorf("%s: %d", other, response.StatusCode)
	}
}

// Pages that nobody fetches are forgotten: after a while, and when there are many.
func TestForgottenPages(t *testing.T) {
	l, h := bench(t, "")
	frame, _ := open(t, h, "127.0.0.1")
	l.Age(30 * time.Second)
	if response, _ := get(t, "GET", frame.String(), ""); response.StatusCode != 200 {
		t.Errorf("within a minute: %d", response.StatusCode)
	}
	frame, _ = open(t, h, "127.0.0.1")
	l.Age(time.Minute)
	if response, _ := get(t, "GET", frame.String(), ""); response.StatusCode != 404 {
		t.Errorf("after a minute: %d", response.StatusCode)
	}
	var frames []*url.URL
	for range 40 {
		frame, _ := open(t, h, "127.0.0.1")
		frames = append(frames, frame)
	}
	there := 0
	for _, frame := range frames {
		if response, _ := get(t, "GET", frame.String(), ""); response.StatusCode == 200 {
			there++
		}
	}
	if there != 32 {
		t.Errorf("%d pages are there, want 32", there)
	}
}

// The page of the laboratory may embed that one origin alone.
func TestFramePolicy(t *testing.T) {
	_, h := bench(t, "")
	frame, response := open(t, h, "localhost")
	policy := response.Header().Get("Content-Security-Policy")
	if !strings.HasSuffix(policy, "; frame-src http://"+frame.Host) || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		t.Errorf("the policy is %s", policy)
	}
	if policy := do(h, "GET", "/?origin=https://a.example", "").Header().Get("Content-Security-Policy"); strings.Contains(policy, "frame-src") {
		t.Errorf("without a try, the policy is %s", policy)
	}
}

// The port is closed when nobody needs it, and opened again; it is closed for
// good with the site.
func TestPortCloses(t *testing.T) {
	l, h := bench(t, "")
	frame, _ := open(t, h, "127.0.0.1")
	l.Rest()
	if _, err := http.Get(frame.String()); err == nil {
		t.Error("an idle port still answers")
	}
	frame, _ = open(t, h, "127.0.0.1")
	if response, _ := get(t, "GET", frame.String(), ""); response.StatusCode != 200 {
		t.Errorf("got %d after a rest", response.StatusCode)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := http.Get(frame.String()); err == nil {
		t.Error("the port outlives the site")
	}
	if w := do(h, "POST", "/try", "path=/"); strings.Contains(w.Body.String(), "data-frame") || !strings.Contains(w.Body.String(), "load this page again") {
		t.Errorf("a closed laboratory answers %s", w.Body)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
}

// A site that closes closes the port of its laboratory.
func TestSiteCloses(t *testing.T) {
	p, _ := settledtest.Setup(t, apps, base)
	site, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h := toolOf(t, site)
	frame, _ := open(t, h, "127.0.0.1")
	if err := site.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := http.Get(frame.String()); err == nil {
		t.Error("the port outlives the site")
	}
}

// What can't be tried is said, and no port is opened for it.
func TestNoTry(t *testing.T) {
	_, h := bench(t, "")
	for _, tt := range []struct{ name, form, host, want string }{
		{"another site", "path=https://other.example/x", "127.0.0.1:8000", "the browser can try this site alone, http://127.0.0.1:8000"},
		{"IPv6", "path=/", "[::1]:8000", "open this page at localhost"},
		{"no path", "path=x", "localhost:8000", "begins with a slash"},
	} {
		r := httptest.NewRequest("POST", "/try", strings.NewReader(tt.form))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Host = tt.host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if body := w.Body.String(); !strings.Contains(body, tt.want) || strings.Contains(body, "data-frame") {
			t.Errorf("%s: %s", tt.name, body)
		}
	}
}

// An origin that no browser here has is said to be out of reach, and what is
// predicted is for the one that really asks.
func TestInstead(t *testing.T) {
	_, h := bench(t, "CORS_ALLOWED_ORIGINS = [\"https://app.example.com\"]\n")
	w := do(h, "POST", "/try", url.Values{"origin": {"https://app.example.com"}, "path": {"/"}}.Encode())
	body := w.Body.String()
	if !strings.Contains(body, "No browser can be made to ask from <code>https://app.example.com</code>") || !strings.Contains(body, `data-verdict="blocked"`) {
		t.Errorf("got %s", body)
	}
	if w := do(h, "GET", "/?path=/&origin="+url.QueryEscape("https://app.example.com"), ""); !strings.Contains(w.Body.String(), `data-verdict="allowed"`) {
		t.Errorf("got %s", w.Body)
	}
}

// The page says what cors explain says of cookies.
func TestCookies(t *testing.T) {
	for origin, want := range map[string]string{"http://127.0.0.1:3000": "they travel", "http://localhost:3000": "a cookie with SameSite=Lax stays behind"} {
		_, h := bench(t, "CORS_ALLOWED_ORIGINS = [\""+origin+"\"]\nCORS_ALLOW_CREDENTIALS = true\n")
		w := do(h, "GET", "/?credentials=include&path=/&origin="+url.QueryEscape(origin), "")
		if !strings.Contains(w.Body.String(), want) {
			t.Errorf("%s: %q is missing in %s", origin, want, w.Body)
		}
	}
}
