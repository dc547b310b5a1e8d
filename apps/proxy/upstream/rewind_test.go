package upstream_test

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

// A dying connection takes one more request, and closes without an answer.
type dying struct {
	net.Conn
	dies *atomic.Bool
}

func (c dying) Write(p []byte) (int, error) {
	if !c.dies.Load() {
		return c.Conn.Write(p)
	}
	if bytes.HasSuffix(p, []byte("0\r\n\r\n")) {
		_ = c.Close()
	}
	return len(p), nil
}

// net/http sends a request that may be repeated anew when a connection that was kept has
// closed. By then its body has been read, and can't be had again: no server gets one that
// lacks it.
func TestReadBodyIsNotSentAgain(t *testing.T) {
	for _, method := range []string{http.MethodPost, http.MethodGet} {
		n := newNetwork()
		var bodies atomic.Value
		n.serve(t, "a", func(_ http.ResponseWriter, r *http.Request) {
			body, _ := io.ReadAll(r.Body)
			bodies.Store(string(body))
		})
		var dies atomic.Bool
		dialled := 0
		dial := func(ctx context.Context, network, addr string) (net.Conn, error) {
			c, err := n.dial(ctx, network, addr)
			if dialled++; err == nil && dialled == 1 {
				return dying{c, &dies}, nil
			}
			return c, err
		}
		p := newPool(t, upstream.Config{Servers: servers("http://a")}.WithDial(dial))
		send := func(body string) error {
			r, err := http.NewRequestWithContext(t.Context(), method, "http://site/", struct{ io.Reader }{strings.NewReader(body)})
			if err != nil {
				t.Fatal(err)
			}
			r.ContentLength = -1
			r.Header.Set("Idempotency-Key", "k1")
			resp, err := p.RoundTrip(r)
			if err == nil {
				_, err = io.Copy(io.Discard, resp.Body)
				_ = resp.Body.Close()
			}
			return err
		}
		if err := send("first"); err != nil || bodies.Load() != "first" {
			t.Fatalf("%s: %v, the server got %q", method, err, bodies.Load())
		}
		dies.Store(true)
		if err := send("second"); err == nil || bodies.Load() != "first" {
			t.Errorf("%s: %v, and the server got %q", method, err, bodies.Load())
		}
	}
}
