package upstream_test

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

// Whatever becomes of requests, in the end none is under way.
func TestCountsReturnToZero(t *testing.T) {
	broken, _ := reader(t, 1)
	all := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/upgrade":
			upgrades(w, r)
		case "/reset":
			conn, _, _ := http.NewResponseController(w).Hijack()
			_ = conn.(*net.TCPConn).SetLinger(0)
			_ = conn.Close()
		case "/half":
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, "half")
		case "/slow":
			w.(http.Flusher).Flush()
			<-r.Context().Done()
		default:
			_, _ = io.Copy(w, r.Body)
		}
	}))
	all.Config.ErrorLog = discard
	defer all.Close()
	p := newPool(t, upstream.Config{
		Servers:  servers(all.URL, "http://"+closedPort(t), broken, all.URL),
		Failures: upstream.Failures{For: time.Nanosecond}, Timeouts: upstream.Timeouts{Attempt: time.Minute},
	})
	var clients sync.WaitGroup
	for client := range 32 {
		clients.Go(func() {
			random := rand.New(rand.NewPCG(uint64(client), 1))
			for range 100 {
				oneOfAll(t, p, random)
			}
		})
	}
	clients.Wait()
	if got := p.Active(); slices.ContainsFunc(got, func(n int64) bool { return n != 0 }) {
		t.Errorf("under way: %v", got)
	}
}

// oneOfAll sends a request of some kind, and treats the response in some way.
func oneOfAll(t *testing.T, p *upstream.Pool, random *rand.Rand) {
	paths := []string{"/", "/upgrade", "/reset", "/half", "/slow"}
	methods := []string{"GET", "POST", "PUT"}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var body io.Reader
	if random.IntN(2) == 0 {
		body = strings.NewReader("a body")
	}
	path := paths[random.IntN(len(paths))]
	r, err := http.NewRequestWithContext(ctx, methods[random.IntN(3)], "http://site"+path, body)
	if err != nil {
		t.Error(err)
		return
	}
	if path == "/upgrade" {
		r.Header.Set("Connection", "Upgrade")
		r.Header.Set("Upgrade", "websocket")
	}
	goes := random.IntN(4)
	if goes == 0 {
		time.AfterFunc(time.Duration(random.IntN(int(time.Millisecond))), cancel)
	}
	resp, err := p.RoundTrip(r)
	if err != nil {
		return
	}
	both, isUpgraded := resp.Body.(io.ReadWriteCloser)
	switch {
	case isUpgraded && goes == 1:
		_, _ = io.WriteString(both, "x")
		_, _ = both.Read(make([]byte, 1))
	case isUpgraded:
	case goes == 1 && path != "/slow":
		_, _ = io.Copy(io.Discard, resp.Body)
	case goes == 2:
		cancel()
		_, _ = resp.Body.Read(make([]byte, 1))
	}
	_ = resp.Body.Close()
}
