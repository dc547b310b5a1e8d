package proxy_test

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

const stockChain = `INSTALLED_APPS = ["corsheaders", "proxy"]
SECRET_KEY = "of a test, long enough to be none that is guessed, at fifty"
MIDDLEWARE = [
	"corsheaders.middleware.CorsMiddleware",
	"django.middleware.gzip.GZipMiddleware",
	"django.middleware.common.CommonMiddleware",
	"django.middleware.csrf.CsrfViewMiddleware",
	"django.middleware.clickjacking.XFrameOptionsMiddleware",
]
CORS_ALLOWED_ORIGINS = ["https://app.example.com"]
SILENCED_SYSTEM_CHECKS = ["corsheaders.W172"]
`

// A path that has moved from the server behind to an app gets its slash here, when the
// server does not know it any more. All others are the server's, with all methods that
// the app does not take.
func TestSlashOfWhatHasMoved(t *testing.T) {
	up := behind(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/known" {
			http.NotFound(w, r)
		}
	})
	toml := strings.Replace(stockChain, `"proxy"]`, `"proxy", "shop"]`, 1)
	site := front(t, toml+route("/", up.URL))
	for path, want := range map[string]string{"/polls?a=b": "301 /polls/?a=b", "/moved": "301 /moved/", "/known": "200 ", "/missing": "404 ", "/polls/": "200 "} {
		res, body := get(t, site.URL+path)
		if got := fmt.Sprint(res.StatusCode, " ", res.Header.Get("Location")); got != want || res.StatusCode == 301 && body != "" {
			t.Errorf("%s: %q with the body %q, want %q", path, got, body, want)
		}
	}
	r, _ := http.NewRequest("POST", site.URL+"/moved", strings.NewReader("a=b"))
	if res, _ := do(t, r); res.StatusCode != http.StatusNotFound {
		t.Errorf("POST of what has only moved for GET: %d", res.StatusCode)
	}
}

// Inside of Django's middleware, what is proxied is the server's own matter: slashes, its
// CSRF check, what it has compressed, its streams.
func TestStockChain(t *testing.T) {
	next := make(chan bool)
	up := behind(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/gzip/":
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			fmt.Fprint(z, strings.Repeat("packed ", 1000))
			_ = z.Close()
		case "/events/":
			w.Header().Set("Content-Type", "text/event-stream")
			for i := range 3 {
				fmt.Fprintf(w, "data: %d\n\n", i)
				_ = http.NewResponseController(w).Flush()
				<-next
			}
		case "/missing":
			http.NotFound(w, r)
		default:
			body, _ := io.ReadAll(r.Body)
			fmt.Fprintf(w, "%s %s %s", r.Method, r.RequestURI, body)
		}
	})
	site := front(t, stockChain+route("/", up.URL)+route("/checked/", up.URL, "csrf_check = true"))

	// No slash is appended here, neither before nor after the server has said 404.
	for path, status := range map[string]int{"/a": 200, "/missing": 404, "/checked": 200, "//a//b": 200} {
		if res, body := get(t, site.URL+path); res.StatusCode != status || status == 200 && body != "GET "+path+" " {
			t.Errorf("%s: %d %q", path, res.StatusCode, body)
		}
	}
	form := url.Values{"a": {"b"}, "csrfmiddlewaretoken": {strings.Repeat("a", 32)}}.Encode()
	for _, tt := range []struct {
		path, cookie string
		status       int
	}{
		{"/form", "", 200}, {"/checked/form", "", 403}, {"/checked/form", "csrftoken=" + strings.Repeat("a", 32), 200},
	} {
		r, _ := http.NewRequest("POST", site.URL+tt.path, strings.NewReader(form))
		res, body := do(t, r, "Content-Type", "application/x-www-form-urlencoded", "Cookie", tt.cookie)
		if res.StatusCode != tt.status || tt.status == 200 && body != "POST "+tt.path+" "+form {
			t.Errorf("%s with %q: %d %s", tt.path, tt.cookie, res.StatusCode, body)
		}
	}

	res, packed := get(t, site.URL+"/gzip/", "Accept-Encoding", "gzip")
	z, err := gzip.NewReader(strings.NewReader(packed))
	if err != nil || res.Header.Get("Content-Encoding") != "gzip" {
		t.Fatal(err, res.Header)
	}
	if body, err := io.ReadAll(z); err != nil || len(body) != 7000 {
		t.Errorf("%d bytes, %v", len(body), err)
	}

	for _, encoding := range []string{"identity", "gzip"} {
		r, _ := http.NewRequest("GET", site.URL+"/events/", nil)
		r.Header.Set("Accept-Encoding", encoding)
		stream, err := plain.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		defer stream.Body.Close()
		var body io.Reader = stream.Body
		if stream.Header.Get("Content-Encoding") == "gzip" {
			if body, err = gzip.NewReader(body); err != nil {
				t.Fatal(err)
			}
		}
		lines := bufio.NewReader(body)
		for i := range 3 {
			if line, err := lines.ReadString('\n'); line != fmt.Sprintf("data: %d\n", i) {
				t.Errorf("%s: %q, %v", encoding, line, err)
			}
			_, _ = lines.ReadString('\n')
			next <- true
		}
	}
}
