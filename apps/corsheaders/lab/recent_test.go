package lab_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// ask sends a request to a site, from this machine.
func ask(h http.Handler, method, target string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, target, nil)
	r.Host, r.RemoteAddr = "localhost:8000", "127.0.0.1:5000"
	for i := 0; i < len(header); i += 2 {
		r.Header.Add(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

var tags = regexp.MustCompile(`<[^>]*>`)

// rows are the lines of the list, the newest first, without markup.
func rows(t *testing.T, h http.Handler) (all []string) {
	t.Helper()
	w := ask(h, "GET", "/__settled__/cors/recent")
	if w.Code != 200 {
		t.Fatalf("got %d", w.Code)
	}
	_, body, _ := strings.Cut(w.Body.String(), "<tbody>")
	for row := range strings.SplitSeq(body, "</tr>") {
		if text := strings.Join(strings.Fields(tags.ReplaceAllString(row, " ")), " "); strings.Contains(row, "<tr>") {
			_, text, _ = strings.Cut(text, " ") // the time
			all = append(all, text)
		}
	}
	return all
}

const app = "https://app.example.com"

// What came is listed, with what a browser makes of the answer and the setting
// that decides.
func TestRecent(t *testing.T) {
	h := handler(t, `CORS_ALLOWED_ORIGINS = ["https://app.example.com"]
CORS_URLS_REGEX = '^/api/'
CORS_ALLOW_METHODS = ["PUT"]
`)
	for _, tt := range []struct {
		method, path string
		header       []string
		want         string // "" for what is not listed
	}{
		{"GET", "/api/x?token=s3cret", []string{"Origin", app}, app + " GET /api/x without a preflight 200 readable Access-Control-Allow-Origin is the page&#39;s origin, by CORS_ALLOWED_ORIGINS[0] at test.toml:4:25; without credentials alone Ask the laboratory"},
		{"PUT", "/api/x", []string{"Origin", app}, app + " PUT /api/x after a preflight 200 readable Access"},
		{"GET", "/api/x", []string{"Origin", app, "Authorization", "Bearer s3cret"}, app + " GET /api/x after a preflight 200 readable"},
		{"GET", "/api/x", []string{"Origin", app, "Cookie", "session=s3cret"}, app + " GET /api/x without a preflight 200 blocked Access-Control-Allow-Credentials is &#39;&#39;, and has to be exactly &#39;true&#39; for a request with credentials, by CORS_ALLOW_CREDENTIALS, which is at its default"},
		{"GET", "/api/x", []string{"Origin", "https://other.example"}, "https://other.example GET /api/x without a preflight 200 blocked The answer has no Access-Control-Allow-Origin, by CORS_ALLOWED_ORIGINS at test.toml:4:24"},
		{"GET", "/x", []string{"Origin", app}, app + " GET /x without a preflight 200 blocked The answer has no Access-Control-Allow-Origin, by CORS_URLS_REGEX at test.toml:5:"},
		{"OPTIONS", "/api/x", []string{"Origin", app, "Access-Control-Request-Method", "PUT"}, app + " OPTIONS /api/x preflight 200 granted The browser sends PUT, by CORS_ALLOWED_ORIGINS[0]"},
		{"OPTIONS", "/api/x", []string{"Origin", app, "Access-Control-Request-Method", "DELETE"}, app + " OPTIONS /api/x preflight 200 refused The method DELETE is not in Access-Control-Allow-Methods, by CORS_ALLOW_METHODS at test.toml:6:"},
		{"OPTIONS", "/api/x", []string{"Origin", app, "Access-Control-Request-Method", "PUT", "Access-Control-Request-Headers", "x-token"}, app + " OPTIONS /api/x preflight 200 refused The header x-token is not in Access-Control-Allow-Headers, by CORS_ALLOW_HEADERS, which is at its default"},
		{"OPTIONS", "/api/x", []string{"Access-Control-Request-Method", "PUT"}, "none OPTIONS /api/x preflight 200 not read"},
		{"POST", "/api/x", []string{"Origin", "null", "Sec-Fetch-Mode", "navigate"}, "null POST /api/x without a preflight 200 not read A form or a link"},
		{"GET", "/api/x", []string{"Origin", "https://other.example", "Sec-Fetch-Mode", "websocket"}, "https://other.example GET /api/x without a preflight 200 not read The handler took over"},
		{"GET", "/api/<b>", []string{"Origin", `https://<script>alert(1)</script>`}, "https://&lt;script&gt;alert(1)&lt;/script&gt; GET /api/%3Cb%3E without a preflight 200 blocked"},
		{"GET", "/api/x", nil, ""},
		{"POST", "/api/x", []string{"Origin", "http://localhost:8000"}, ""},
		{"POST", "/api/x", []string{"Origin", "https://localhost:8000", "Sec-Fetch-Site", "same-origin"}, ""}, // TLS ends before the site
	} {
		before := len(rows(t, h))
		ask(h, tt.method, tt.path, tt.header...)
		got := rows(t, h)
		if tt.want == "" {
			if len(got) != before {
				t.Errorf("%s %s %v is listed: %s", tt.method, tt.path, tt.header, got[0])
			}
			continue
		}
		if len(got) != before+1 || !strings.HasPrefix(got[0], tt.want) {
			t.Errorf("%s %s %v: got %d lines, of which the first is\n%s\nwant\n%s", tt.method, tt.path, tt.header, len(got), got[0], tt.want)
		}
	}
	if page := ask(h, "GET", "/__settled__/cors/").Body.String(); strings.Contains(page, "s3cret") || strings.Contains(page, "<script>alert") {
		t.Error("the page shows a secret, or markup of others")
	}
}

// The list stays short, whatever comes.
func TestRecentIsBounded(t *testing.T) {
	h := handler(t, "")
	var wait sync.WaitGroup
	for i := range 130 {
		wait.Go(func() {
			ask(h, "GET", "/"+strings.Repeat("p", 20000), "Origin", fmt.Sprintf("https://%d.%s", i, strings.Repeat("o", 20000)))
		})
	}
	wait.Wait()
	body := ask(h, "GET", "/__settled__/cors/recent").Body.String()
	if n := strings.Count(body, "<tr>"); n != 101 || len(body) > 400_000 || !strings.Contains(body, "130 since") {
		t.Errorf("%d rows in %d bytes", n, len(body))
	}
}

// The page asks whether there is something new, and gets nothing when there is
// not.
func TestRecentTag(t *testing.T) {
	h := handler(t, "")
	first := ask(h, "GET", "/__settled__/cors/recent").Header().Get("ETag")
	if w := ask(h, "GET", "/__settled__/cors/recent", "If-None-Match", first); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("got %d %s", w.Code, w.Body)
	}
	ask(h, "GET", "/", "Origin", app)
	if w := ask(h, "GET", "/__settled__/cors/recent", "If-None-Match", first); w.Code != http.StatusOK {
		t.Errorf("got %d after a request", w.Code)
	}
	other := handler(t, "")
	if tag := ask(other, "GET", "/__settled__/cors/recent").Header().Get("ETag"); tag == first {
		t.Error("two laboratories have one tag")
	}
}
