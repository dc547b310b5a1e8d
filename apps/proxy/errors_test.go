package proxy_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settledtest"
)

// nobody is an address at which nobody listens.
func nobody(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// logged has everything that is logged during a test.
func logged(t *testing.T) *lockedBuffer {
	t.Helper()
	b := &lockedBuffer{}
	before := slog.Default()
	slog.SetDefault(slog.New(slog.NewTextHandler(b, nil)))
	t.Cleanup(func() { slog.SetDefault(before) })
	return b
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// raw is a server that says what it likes, on each connection.
func raw(t *testing.T, say func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() { defer conn.Close(); say(conn) }()
		}
	}()
	return "http://" + l.Addr().String()
}

func hangUp(conn net.Conn) { _, _ = conn.Read(make([]byte, 1000)) }

// What stands on the page of a server that gives no answer, and what is logged.
func TestErrors(t *testing.T) {
	silent := raw(t, func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) })
	secure := httptest.NewTLSServer(http.NotFoundHandler())
	defer secure.Close()
	secure.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	for name, tt := range map[string]struct {
		table  string
		status int
		page   string
	}{
		"nobody there":    {route("/", nobody(t)), 502, "does not accept connections"},
		"hangs up":        {route("/", raw(t, hangUp)), 502, "closed the connection without an answer"},
		"no HTTP":         {route("/", raw(t, func(c net.Conn) { hangUp(c); fmt.Fprint(c, "220 mail ready\r\n") })), 502, "malformed HTTP"},
		"silent":          {route("/", silent, `timeouts = { response = "20ms" }`), 504, "took too long to answer"},
		"unknown issuer":  {route("/", secure.URL), 502, "could not agree on TLS"},
		"TLS without TLS": {route("/", strings.Replace(nobodyTLS(t), "http:", "https:", 1)), 502, "could not agree on TLS"},
		"not healthy":     {route("/", behind(t, http.NotFound).URL, `health = { path = "/health", interval = "7s" }`), 503, "is not well"},
	} {
		t.Run(name, func(t *testing.T) {
			log := logged(t)
			site := front(t, tt.table)
			if tt.status == 503 {
				for !strings.Contains(log.String(), "404") && t.Context().Err() == nil { // until it has been asked
					time.Sleep(time.Millisecond)
				}
			}
			res, body := get(t, site.URL+"/x?token=s3cr3ts3cr3t")
			if res.StatusCode != tt.status || !strings.Contains(body, tt.page) || !strings.Contains(body, "PROXY_ROUTES") {
				t.Errorf("got %d, want %d and %q in\n%s", res.StatusCode, tt.status, tt.page, body)
			}
			if got := res.Header.Get("Retry-After"); (got == "7") != (tt.status == 503) {
				t.Errorf("Retry-After is %q", got)
			}
			lines := strings.Count(log.String(), "level=ERROR")
			if lines != 1 || !strings.Contains(log.String(), "route=/") || strings.Contains(body+log.String(), "s3cr3t") {
				t.Errorf("the log has %d errors:\n%s", lines, log)
			}
		})
	}
}

// nobodyTLS is a server that knows no TLS.
func nobodyTLS(t *testing.T) string { return behind(t, http.NotFound).URL }

// Strangers learn no address: not without DEBUG, and not where a page of another origin
// may read the answer.
func TestErrorsForStrangers(t *testing.T) {
	address := nobody(t)
	logged(t)
	for name, tt := range map[string]struct {
		toml, accept, want, kind string
		origin                   string
	}{
		"DEBUG off":         {"DEBUG = false\nALLOWED_HOSTS = [\"*\"]\n", "", "<h1>Bad Gateway (502)</h1>", "text/html", ""},
		"DEBUG off, JSON":   {"DEBUG = false\nALLOWED_HOSTS = [\"*\"]\n", "application/json", `"status":502`, "application/problem+json", ""},
		"an origin, a page": {"DEBUG = true\n", "text/html", "does not accept connections", "text/html", "https://app.example.com"},
		"an origin, JSON":   {"DEBUG = true\n", "application/json", "does not accept connections", "application/problem+json", "https://app.example.com"},
	} {
		t.Run(name, func(t *testing.T) {
			site := front(t, tt.toml+corsChain+route("/", address))
			header := []string{"Accept", tt.accept}
			if tt.origin != "" {
				header = append(header, "Origin", tt.origin)
			}
			res, body := get(t, site.URL, header...)
			if res.StatusCode != 502 || !strings.Contains(body, tt.want) || !strings.HasPrefix(res.Header.Get("Content-Type"), tt.kind) ||
				strings.Contains(body, strings.TrimPrefix(address, "http://")) {
				t.Errorf("got %d %s\n%s", res.StatusCode, res.Header.Get("Content-Type"), body)
			}
			// A script of the other origin can read that.
			if got := res.Header.Get("Access-Control-Allow-Origin"); got != tt.origin {
				t.Errorf("Access-Control-Allow-Origin is %q", got)
			}
		})
	}
	// Who develops does, in every form.
	for _, accept := range []string{"text/html", "application/json", "*/*"} {
		if _, body := get(t, front(t, route("/", address)).URL, "Accept", accept); !strings.Contains(body, strings.TrimPrefix(address, "http://")) {
			t.Errorf("%s has no address:\n%s", accept, body)
		}
	}
	// HEAD has the status alone.
	r, _ := http.NewRequest("HEAD", front(t, route("/", address)).URL, nil)
	if res, body := do(t, r); res.StatusCode != 502 || body != "" {
		t.Errorf("HEAD: %d %q", res.StatusCode, body)
	}
}

// A request that comes back is noticed, not passed on for ever.
func TestLoop(t *testing.T) {
	log := logged(t)
	var front http.Handler
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { front.ServeHTTP(w, r) }))
	defer s.Close()
	front = site(t, route("/", s.URL))
	res, body := get(t, s.URL)
	if res.StatusCode != 508 || !strings.Contains(body, "leads back to this site") || strings.Count(log.String(), "level=ERROR") != 1 {
		t.Errorf("got %d\n%s\n%s", res.StatusCode, body, log)
	}
	// Two sites one behind the other are none.
	inner := behind(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, len(strings.Split(r.Header.Get("Via"), ",")), r.Header["Via"])
	})
	middle := httptest.NewServer(site(t, route("/", inner.URL)))
	defer middle.Close()
	outer := httptest.NewServer(site(t, route("/", middle.URL)))
	defer outer.Close()
	res, body = get(t, outer.URL)
	if res.StatusCode != 200 || strings.Count(body, "1.1 settled-") != 2 {
		t.Errorf("got %d %s", res.StatusCode, body)
	}
}

// A body that can't be read is the client's fault.
func TestBadBody(t *testing.T) {
	log := logged(t)
	up := behind(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) })
	site := front(t, route("/", up.URL))
	if status, _ := ask(t, site.URL, "POST /", "Transfer-Encoding: chunked", "", "zz"); status != 400 {
		t.Errorf("got %d, want 400", status)
	}
	if strings.Contains(log.String(), "level=ERROR") {
		t.Error(log)
	}
}

// limit is an app with a middleware that limits bodies as net/http does.
type limit struct{ shop }

func newLimit() (a limit) { return a }

func (limit) Middleware() []middleware.Link {
	limited := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			r.Body = http.MaxBytesReader(w, r.Body, 10)
			next.ServeHTTP(w, r)
		})
	}
	return []middleware.Link{{Name: "limit.Limit", New: func() (middleware.Func, error) { return limited, nil }}}
}

func TestBodyTooLarge(t *testing.T) {
	a := settledtest.Apps{"proxy": apps["proxy"], "limit": func() settledApp { return newLimit() }}
	up := behind(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) })
	s := httptest.NewServer(settledtest.Start(t, a, "DEBUG = true\nINSTALLED_APPS = [\"proxy\", \"limit\"]\nMIDDLEWARE = [\"limit.Limit\"]\n"+
		route("/up/", up.URL)).Handler())
	defer s.Close()
	r, _ := http.NewRequest("POST", s.URL+"/up/", strings.NewReader(strings.Repeat("x", 10000)))
	r.Header.Set("Accept", "application/json")
	res, body := do(t, r)
	var problem struct{ Status int }
	if err := json.Unmarshal([]byte(body), &problem); err != nil || res.StatusCode != 413 || problem.Status != 413 {
		t.Errorf("got %d %s", res.StatusCode, body)
	}
}

// Who has gone away is no error of the server behind: the log of requests has a status of
// its own for that, and there is no line about a gateway that failed.
func TestClientGoneIsNoFault(t *testing.T) {
	log := logged(t)
	ctx, leave := context.WithCancel(t.Context())
	up := behind(t, func(_ http.ResponseWriter, r *http.Request) {
		leave()
		<-r.Context().Done()
	})
	w := httptest.NewRecorder()
	site(t, route("/", up.URL)).ServeHTTP(w, httptest.NewRequestWithContext(ctx, "GET", "http://127.0.0.1/", nil))
	if w.Code != 499 || strings.Contains(log.String(), "level=ERROR") {
		t.Errorf("got %d\n%s", w.Code, log)
	}
}
