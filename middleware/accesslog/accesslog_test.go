package accesslog_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"sync"
	"testing"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/accesslog"
	"github.com/settled-go/settled/middleware/requestid"
)

func build(t testing.TB, change func(*accesslog.Settings), h http.HandlerFunc) (http.Handler, *bytes.Buffer) {
	t.Helper()
	var out bytes.Buffer
	s := accesslog.Defaults()
	s.Output = &out
	if change != nil {
		change(&s)
	}
	f, err := accesslog.New(s)
	if err != nil {
		t.Fatal(err)
	}
	return f(h), &out
}

func format(name string) func(*accesslog.Settings) {
	return func(s *accesslog.Settings) { s.AccessLogFormat = name }
}

func hello(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "hello") }

// request is one with much that must not be logged.
func request() *http.Request {
	r := httptest.NewRequest("GET", "/a%20b?q=1&token=SECRET1&page=2", nil)
	r.RemoteAddr = "192.0.2.7:4711"
	r.Header.Set("Referer", "https://user:SECRET2@example.org/x?code=SECRET3#SECRET4")
	r.Header.Set("User-Agent", "say \"hi\"\\\x1b[31m\x9b")
	r.Header.Set("Cookie", "sessionid=SECRET5")
	r.Header.Set("Authorization", "Basic U0VDUkVUNjpTRUNSRVQ3")
	return r
}

// stamps are the parts of a line that no test knows.
var stamps = regexp.MustCompile(`\[\d\d/[A-Z][a-z]{2}/\d{4}[: ]\d\d:\d\d:\d\d( [+-]\d{4})?\]`)

func TestFormats(t *testing.T) {
	for name, want := range map[string]string{
		"common":   `192.0.2.7 - - [] "GET /a%20b HTTP/1.1" 200 5`,
		"combined": `192.0.2.7 - - [] "GET /a%20b HTTP/1.1" 200 5 "https://user:********************@example.org/x" "say \x22hi\x22\x5c\x1b[31m\x9b"`,
		"django":   `[] "GET /a%20b HTTP/1.1" 200 5`,
	} {
		h, out := build(t, format(name), hello)
		h.ServeHTTP(httptest.NewRecorder(), request())
		if got := stamps.ReplaceAllString(out.String(), "[]"); got != want+"\n" {
			t.Errorf("%s:\ngot  %s\nwant %s", name, got, want)
		}
		if !stamps.Match(out.Bytes()) {
			t.Errorf("%s has no time: %s", name, out)
		}
	}
}

func TestJSON(t *testing.T) {
	h, out := build(t, nil, hello)
	h.ServeHTTP(httptest.NewRecorder(), request())
	if strings.Count(out.String(), "\n") != 1 {
		t.Errorf("these are several lines: %q", out)
	}
	var got map[string]any
	if err := json.Unmarshal(out.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]any{
		"level": "INFO", "msg": "request", "method": "GET", "path": "/a%20b", "proto": "HTTP/1.1", "host": "example.com",
		"status": 200.0, "bytes": 5.0, "client": "192.0.2.7", "request_id": nil, "aborted": nil,
		"referer": "https://user:********************@example.org/x", "user_agent": "say \"hi\"\\\x1b[31m\uFFFD",
	} {
		if got[name] != want {
			t.Errorf("%s: got %v, want %v", name, got[name], want)
		}
	}
	if took, ok := got["duration_ms"].(float64); !ok || took < 0 || got["time"] == nil {
		t.Errorf("duration_ms %v, time %v", got["duration_ms"], got["time"])
	}
}

// Queries are logged when the settings say so, and what is called like a secret not
// even then.
func TestSecrets(t *testing.T) {
	for _, name := range []string{"json", "common", "combined", "django"} {
		for _, query := range []bool{false, true} {
			h, out := build(t, func(s *accesslog.Settings) { s.AccessLogFormat, s.AccessLogQuery = name, query }, hello)
			h.ServeHTTP(httptest.NewRecorder(), request())
			if strings.Contains(out.String(), "SECRET") || strings.Contains(out.String(), "U0VD") {
				t.Errorf("%s, query %v: %s", name, query, out)
			}
			if strings.Contains(out.String(), "page=2") != query {
				t.Errorf("%s, query %v: %s", name, query, out)
			}
		}
	}
}

// However a request ends, it is logged once, with what was sent.
func TestOutcome(t *testing.T) {
	for name, tt := range map[string]struct {
		method string
		h      http.HandlerFunc
		want   string
	}{
		"nothing":    {"GET", func(http.ResponseWriter, *http.Request) {}, "200 0"},
		"status":     {"GET", http.NotFound, "404 19"},
		"HEAD":       {"HEAD", hello, "200 0"},
		"no content": {"GET", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) }, "204 0"},
		"early hints": {"GET", func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(103)
			w.WriteHeader(418)
		}, "418 0"},
		"hijacked": {"GET", func(w http.ResponseWriter, _ *http.Request) {
			if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
				c.Close()
			}
		}, "101 -"},
		"aborted":          {"GET", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "500 -"},
		"aborted half-way": {"GET", func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "half"); panic(http.ErrAbortHandler) }, "200 4"},
		"changed request":  {"GET", func(_ http.ResponseWriter, r *http.Request) { r.Method, r.URL.Path = "PUT", "/other" }, "200 0"},
	} {
		t.Run(name, func(t *testing.T) {
			h, out := build(t, format("django"), tt.h)
			done := make(chan struct{}, 1)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				defer func() { done <- struct{}{} }()
				h.ServeHTTP(w, r)
			}))
			defer server.Close()
			req, _ := http.NewRequestWithContext(t.Context(), tt.method, server.URL+"/x", nil)
			if resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req); err == nil {
				resp.Body.Close()
			}
			<-done
			want := `[] "` + tt.method + ` /x HTTP/1.1" ` + tt.want + "\n"
			if got := stamps.ReplaceAllString(out.String(), "[]"); got != want {
				t.Errorf("got  %swant %s", got, want)
			}
		})
	}
}

// The panic goes on, and JSON says that there was one.
func TestAborted(t *testing.T) {
	h, out := build(t, nil, func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	func() {
		defer func() {
			if value := recover(); value != http.ErrAbortHandler {
				t.Errorf("got %v", value)
			}
		}()
		h.ServeHTTP(httptest.NewRecorder(), request())
	}()
	if !strings.Contains(out.String(), `"aborted":true`) {
		t.Error(out)
	}
}

// What clients send forges no line.
func FuzzOneLine(f *testing.F) {
	f.Add("/a\n1.2.3.4 - -", "agent\r\nx", "https://a\x00b")
	f.Fuzz(func(t *testing.T, path, agent, referer string) {
		for _, name := range []string{"json", "common", "combined", "django"} {
			h, out := build(t, format(name), hello)
			r := request()
			r.URL.Path, r.URL.RawPath = path, ""
			r.Header.Set("User-Agent", agent)
			r.Header.Set("Referer", referer)
			h.ServeHTTP(httptest.NewRecorder(), r)
			line, ended := strings.CutSuffix(out.String(), "\n")
			if !ended || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f && name != "json" }) {
				t.Errorf("%s: %q", name, out)
			}
		}
	})
}

func TestTargets(t *testing.T) {
	for target, want := range map[string]string{
		"http://user:SECRET@example.com/x": "/x",
		"http://example.com":               "/",
		"*":                                "*",
		"//x":                              "//x",
		"/%0A":                             "/%0A",
	} {
		h, out := build(t, format("django"), hello)
		r := httptest.NewRequest("GET", target, nil)
		h.ServeHTTP(httptest.NewRecorder(), r)
		if !strings.Contains(out.String(), fmt.Sprintf(`"GET %s HTTP/1.1"`, want)) {
			t.Errorf("%s: %s", target, out)
		}
	}
}

func TestClientExemptAndID(t *testing.T) {
	h, out := build(t, func(s *accesslog.Settings) {
		s.AccessLogExempt = []string{`^healthz$`}
		s.ClientAddr = func(*http.Request) netip.Addr { return netip.MustParseAddr("203.0.113.1") }
	}, func(w http.ResponseWriter, r *http.Request) {
		f, err := requestid.New(requestid.Defaults())
		if err != nil {
			t.Error(err)
			return
		}
		f(http.HandlerFunc(hello)).ServeHTTP(w, r)
	})
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/healthz", nil))
	if out.Len() > 0 {
		t.Errorf("an exempt path is logged: %s", out)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, middleware.Carry(request(), "a", "b")) // as a site does
	if id := w.Header().Get("X-Request-ID"); id == "" || !strings.Contains(out.String(), `"request_id":"`+id+`"`) || !strings.Contains(out.String(), `"client":"203.0.113.1"`) {
		t.Errorf("got %s with %v", out, w.Header())
	}
	// Without an address, as on a Unix socket.
	h, out = build(t, format("common"), hello)
	r := request()
	r.RemoteAddr = "@"
	h.ServeHTTP(httptest.NewRecorder(), r)
	if !strings.HasPrefix(out.String(), "- - - [") {
		t.Errorf("got %s", out)
	}
}

// Two logs add to a file that is there already, whole lines each.
func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "access.log")
	if err := os.WriteFile(path, []byte("before\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := accesslog.Defaults()
	s.AccessLogFile = path
	var all sync.WaitGroup
	for range 2 {
		l, err := accesslog.Open(s)
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		h := l.Wrap(http.HandlerFunc(hello))
		for range 50 {
			all.Go(func() { h.ServeHTTP(httptest.NewRecorder(), request()) })
		}
	}
	all.Wait()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if len(lines) != 101 || lines[0] != "before" {
		t.Errorf("%d lines, the first is %q", len(lines), lines[0])
	}
	for _, line := range lines[1:] {
		if !json.Valid([]byte(line)) {
			t.Errorf("not whole: %s", line)
		}
	}
}

// A file that is made can be read by its owner and group alone.
func TestNewFile(t *testing.T) {
	s := accesslog.Defaults()
	s.AccessLogFile = filepath.Join(t.TempDir(), "access.log")
	l, err := accesslog.Open(s)
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(s.AccessLogFile)
	if err != nil || info.Mode().Perm()&0o007 != 0 && runtime.GOOS != "windows" {
		t.Errorf("%v, %v", info.Mode(), err)
	}
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func TestNewRefuses(t *testing.T) {
	for _, s := range []accesslog.Settings{
		{}, {AccessLogFormat: "xml"}, {AccessLogFormat: "json", AccessLogExempt: []string{"("}},
		{AccessLogFormat: "json", AccessLogFile: filepath.Join(t.TempDir(), "nowhere", "a.log")},
	} {
		if _, err := accesslog.New(s); err == nil || !strings.HasPrefix(err.Error(), "ACCESS_LOG_") {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

func Benchmark(b *testing.B) {
	for _, name := range []string{"json", "common", "combined", "django"} {
		b.Run(name, func(b *testing.B) {
			h, _ := build(b, func(s *accesslog.Settings) { s.AccessLogFormat, s.Output = name, io.Discard }, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(204) })
			w, r := middleware.NewRecorder(httptest.NewRecorder()), request()
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(w, r)
			}
		})
	}
}
