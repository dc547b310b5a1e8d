package upstream_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

// forever is a handler that does not answer before its client goes.
func forever(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// Each time limit ends what it is about, as a 504.
func TestTimeouts(t *testing.T) {
	tests := []struct {
		name     string
		timeouts upstream.Timeouts
		hangs    bool
		body     io.Reader
		at       upstream.Stage
		after    time.Duration
	}{
		{"connect", upstream.Timeouts{Connect: 2 * time.Second}, true, nil, upstream.Connect, 2 * time.Second},
		{"connect by default", upstream.Timeouts{}, true, nil, upstream.Connect, 5 * time.Second},
		{"response", upstream.Timeouts{Response: 3 * time.Second}, false, nil, upstream.Response, 3 * time.Second},
		{"response by default", upstream.Timeouts{}, false, nil, upstream.Response, time.Minute},
		{"attempt", upstream.Timeouts{Attempt: 4 * time.Second}, false, nil, upstream.Response, 4 * time.Second},
		{"attempt, connecting", upstream.Timeouts{Attempt: 4 * time.Second}, true, nil, upstream.Response, 4 * time.Second},
		{"attempt, sending", upstream.Timeouts{Attempt: 4 * time.Second}, false, slow{}, upstream.Response, 4500 * time.Millisecond},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				n := newNetwork()
				n.serve(t, "a", forever)
				n.hang("a", tt.hangs)
				p := n.pool(t, upstream.Config{Timeouts: tt.timeouts}, "a")
				r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://site/", tt.body)
				if err != nil {
					t.Fatal(err)
				}
				start := time.Now()
				_, err = p.RoundTrip(r)
				e, ok := err.(*upstream.Error)
				if !ok || e.At != tt.at || !e.Timeout || e.Status() != http.StatusGatewayTimeout || time.Since(start) != tt.after {
					t.Errorf("got %#v after %v", err, time.Since(start))
				}
				if got := p.Active()[0]; got != 0 {
					t.Errorf("%d requests under way", got)
				}
			})
		})
	}
}

// slow is a body that does not end.
type slow struct{}

func (slow) Read(p []byte) (int, error) {
	time.Sleep(1500 * time.Millisecond)
	return copy(p, "more"), nil
}

// No time limit ends a response that has begun, however slowly it comes.
func TestStreamsLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		n.serve(t, "a", func(w http.ResponseWriter, _ *http.Request) {
			for range 3 {
				_, _ = io.WriteString(w, "data: tick\n\n")
				w.(http.Flusher).Flush()
				time.Sleep(time.Hour)
			}
		})
		all := upstream.Timeouts{Connect: time.Second, Handshake: time.Second, Response: time.Second, Attempt: time.Second, Idle: time.Second}
		p := n.pool(t, upstream.Config{Timeouts: all}, "a")
		resp := hold(t, p)
		body, err := io.ReadAll(resp.Body)
		if string(body) != strings.Repeat("data: tick\n\n", 3) || err != nil {
			t.Errorf("got %q, %v", body, err)
		}
		if got := p.Active()[0]; got != 0 {
			t.Errorf("%d requests under way after the end of the body", got)
		}
	})
}

// Nor a connection that was upgraded, which counts until it is closed.
func TestUpgradesLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		n.serve(t, "a", func(w http.ResponseWriter, _ *http.Request) {
			conn, rw, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			defer conn.Close()
			_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
			line, _ := rw.ReadString('\n')
			time.Sleep(time.Hour)
			_, _ = io.WriteString(conn, "you said "+line)
		})
		p := n.pool(t, upstream.Config{Timeouts: upstream.Timeouts{Response: time.Second, Attempt: time.Second}}, "a")
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://site/", nil)
		r.Header.Set("Connection", "Upgrade")
		r.Header.Set("Upgrade", "websocket")
		resp, err := p.RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		conn, ok := resp.Body.(io.ReadWriteCloser)
		if !ok {
			t.Fatalf("%T can't be written to", resp.Body)
		}
		time.Sleep(time.Hour)
		_, _ = io.WriteString(conn, "hello\n")
		got, err := bufio.NewReader(conn).ReadString('\n')
		if got != "you said hello\n" || err != nil {
			t.Errorf("got %q, %v", got, err)
		}
		if got := p.Active()[0]; got != 1 {
			t.Errorf("%d requests under way, want 1 until it is closed", got)
		}
		_ = conn.Close()
		if got := p.Active()[0]; got != 0 {
			t.Errorf("%d requests under way after the end", got)
		}
	})
}

// A client that goes is no fault of the server.
func TestClientGoes(t *testing.T) {
	for _, hangs := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			n := newNetwork()
			n.serve(t, "a", forever)
			n.serve(t, "b", hello)
			n.hang("a", hangs)
			log := &record{}
			p := n.pool(t, upstream.Config{Log: log.logger()}, "a", "b")
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			r, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://site/", nil)
			_, err := p.RoundTrip(r)
			if e, ok := err.(*upstream.Error); !ok || e.At != upstream.Canceled || log.take() != "" {
				t.Errorf("hangs %v: got %#v", hangs, err)
			}
			synctest.Wait()
			if got := n.count(); got != 1 || p.Active()[0] != 0 {
				t.Errorf("hangs %v: %d connections, %v under way", hangs, got, p.Active())
			}
		})
	}
}
