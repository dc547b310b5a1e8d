package upstream_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

// closedPort is an address at which nothing listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// Only what does no harm when it is done twice is tried on another server, with its
// body.
func TestWhatIsRetried(t *testing.T) {
	tests := []struct {
		method, body, key string
		want              bool
	}{
		{"GET", "", "", true},
		{"HEAD", "", "", true},
		{"OPTIONS", "", "", true},
		{"PUT", "a body", "", true},
		{"DELETE", "", "", true},
		{"POST", "", "", false},
		{"POST", "a body", "", false},
		{"PATCH", "a body", "", false},
		{"POST", "a body", "k1", true},
	}
	for _, tt := range tests {
		var served atomic.Int64
		var body atomic.Value
		live := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			served.Add(1)
			b, _ := io.ReadAll(r.Body)
			body.Store(string(b))
		}))
		p := newPool(t, upstream.Config{Servers: servers("http://"+closedPort(t), live.URL)})
		front := httptest.NewServer(through(p))
		r, err := http.NewRequest(tt.method, front.URL, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		if tt.key != "" {
			r.Header.Set("Idempotency-Key", tt.key)
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if tt.want && (resp.StatusCode != http.StatusOK || body.Load() != tt.body) {
			t.Errorf("%s: status %d, body %q; want it to arrive", tt.method, resp.StatusCode, body.Load())
		}
		if !tt.want && (resp.StatusCode != http.StatusBadGateway || served.Load() != 0) {
			t.Errorf("%s: status %d, %d arrived; want an error", tt.method, resp.StatusCode, served.Load())
		}
		front.Close()
		live.Close()
	}
}

// Not more servers are tried than the settings say.
func TestRetriesAreBounded(t *testing.T) {
	tests := []struct{ max, want int }{{0, 4}, {-1, 1}, {1, 2}, {2, 3}, {9, 6}}
	for _, tt := range tests {
		n := newNetwork()
		p := n.pool(t, upstream.Config{Retries: upstream.Retries{Max: tt.max}}, "a", "b", "c", "d", "e", "f")
		if status := ask(t, p, http.MethodGet); status != http.StatusBadGateway {
			t.Errorf("status %d", status)
		}
		if got := n.count(); got != tt.want {
			t.Errorf("Max %d: %d servers asked, want %d", tt.max, got, tt.want)
		}
	}
}

// Nor for longer.
func TestRetriesEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		for _, host := range []string{"a", "b", "c", "d"} {
			n.hang(host, true)
		}
		p := n.pool(t, upstream.Config{
			Timeouts: upstream.Timeouts{Connect: 5 * time.Second}, Retries: upstream.Retries{Max: 9, For: 4 * time.Second},
		}, "a", "b", "c", "d")
		start := time.Now()
		status := ask(t, p, http.MethodGet)
		if took := time.Since(start); status != http.StatusGatewayTimeout || n.count() != 2 || took != 10*time.Second {
			t.Errorf("status %d after %v", status, took)
		}
	})
}

// reader is a server that reads requests, and closes the connection at the one with a
// number. It counts those that came.
func reader(t *testing.T, closes int64) (url string, came *atomic.Int64) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	came = new(atomic.Int64)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				in := bufio.NewReader(conn)
				for {
					r, err := http.ReadRequest(in)
					if err != nil {
						return
					}
					_, _ = io.Copy(io.Discard, r.Body)
					if came.Add(1) == closes {
						return
					}
					_, _ = io.WriteString(conn, "HTTP/1.1 204 No Content\r\n\r\n")
				}
			}()
		}
	}()
	return "http://" + l.Addr().String(), came
}

// When a server may have seen a request, no other one gets it: not even a GET.
func TestNothingIsSentTwice(t *testing.T) {
	for _, method := range []string{"GET", "PUT", "POST"} {
		broken, came := reader(t, 1)
		other, cameThere := reader(t, 0)
		p := newPool(t, upstream.Config{Servers: servers(broken, other)})
		if status := ask(t, p, method); status != http.StatusBadGateway || came.Load() != 1 || cameThere.Load() != 0 {
			t.Errorf("%s: status %d, came %d times here, %d there", method, status, came.Load(), cameThere.Load())
		}
	}
}

// net/http's Transport sends a request again by itself when a connection that was used
// before has died, and only one that does no harm: a POST comes once.
func TestConnectionDiesBetween(t *testing.T) {
	tests := []struct {
		method string
		body   string
		status int
		came   int64
	}{
		{"GET", "", http.StatusNoContent, 3},
		{"POST", "", http.StatusBadGateway, 2},
		{"POST", "a body", http.StatusBadGateway, 2},
		{"PUT", "a body", http.StatusBadGateway, 2},
		{"DELETE", "", http.StatusBadGateway, 2},
	}
	for _, tt := range tests {
		url, came := reader(t, 2)
		front := httptest.NewServer(through(newPool(t, upstream.Config{Servers: servers(url)})))
		resp, err := http.Get(front.URL)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		r, err := http.NewRequest(tt.method, front.URL, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		if resp, err = http.DefaultClient.Do(r); err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != tt.status || came.Load() != tt.came {
			t.Errorf("%s %q: status %d, %d requests came; want %d and %d", tt.method, tt.body, resp.StatusCode, came.Load(), tt.status, tt.came)
		}
		front.Close()
	}
}
