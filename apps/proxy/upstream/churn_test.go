package upstream_test

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/settled-go/settled/apps/proxy/upstream"
	"github.com/settled-go/settled/server"
)

// Servers stop and start under load. No POST is ever done twice. A GET is answered as
// long as one server is up: always when servers fail their health check before they
// stop, else unless the server had the request.
func TestServersComeAndGo(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	for _, drains := range []bool{true, false} {
		t.Run(fmt.Sprintf("drains=%v", drains), func(t *testing.T) { comeAndGo(t, drains) })
	}
}

func comeAndGo(t *testing.T, drains bool) {
	posts := &tally{seen: map[string]int{}}
	all := []*restarted{{posts: posts}, {posts: posts}, {posts: posts}}
	var urls []string
	for _, r := range all {
		r.addr = closedPort(t)
		urls = append(urls, "http://"+r.addr)
		r.start(t)
	}
	p := newPool(t, upstream.Config{
		Servers: servers(urls...), Failures: upstream.Failures{For: 5 * time.Millisecond},
		Health: upstream.Health{Path: "/healthz", Interval: 5 * time.Millisecond, DownAfter: 1, UpAfter: 1},
	})
	run(t, p)
	done := make(chan struct{})
	var clients sync.WaitGroup
	for client := range 8 {
		clients.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-done:
					return
				default:
					getAndPost(t, p, fmt.Sprintf("%d-%d", client, i), drains)
				}
			}
		})
	}
	for round := range 6 {
		i := round % len(all)
		if drains {
			all[i].drain()
			for p.Active()[i] > 0 {
				time.Sleep(time.Millisecond)
			}
		}
		all[i].stop()
		all[i].start(t)
		all[i].isAsked()
	}
	close(done)
	clients.Wait()
	for _, r := range all {
		r.stop()
	}
	posts.judge(t)
	for i, n := range p.Active() {
		if n != 0 {
			t.Errorf("server %d: %d under way", i, n)
		}
	}
}

// getAndPost sends one of each. A POST may fail.
func getAndPost(t *testing.T, p *upstream.Pool, id string, drains bool) {
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		var body io.Reader
		if method == http.MethodPost {
			body = io.NopCloser(strings.NewReader(id)) // no GetBody, as a proxy's request has none
		}
		r, err := http.NewRequestWithContext(t.Context(), method, "http://site/", body)
		if err != nil {
			t.Error(err)
			return
		}
		resp, err := p.RoundTrip(r)
		if err == nil {
			_, _ = io.Copy(io.Discard, resp.Body)
			_ = resp.Body.Close()
			continue
		}
		if e := err.(*upstream.Error); method == http.MethodGet && (drains || e.At != upstream.Response) {
			t.Errorf("GET: %v", err)
		}
	}
}

// A restarted is a server that stops and starts.
type restarted struct {
	addr     string
	posts    *tally
	stop     func() // lets the requests end
	draining atomic.Bool
	checks   atomic.Int64
}

func (r *restarted) start(t *testing.T) {
	t.Helper()
	l, err := net.Listen("tcp", r.addr)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var serving sync.WaitGroup
	s := &server.Server{Handler: r, Grace: 5 * time.Second}
	r.draining.Store(false)
	serving.Go(func() { _ = s.Serve(ctx, l) })
	r.stop = sync.OnceFunc(func() { cancel(); serving.Wait() })
}

func (r *restarted) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	switch {
	case req.URL.Path != "/healthz":
		r.posts.ServeHTTP(w, req)
		return
	case r.draining.Load():
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	r.checks.Add(1)
}

// drain returns when the pool knows that the server is about to stop: when it asks
// again, it has taken note of the last answer.
func (r *restarted) drain() {
	r.draining.Store(true)
	r.isAsked()
	r.isAsked()
}

// isAsked waits for a health check that begins from now on.
func (r *restarted) isAsked() {
	for until := r.checks.Load() + 2; r.checks.Load() < until; {
		time.Sleep(time.Millisecond)
	}
}

// A tally counts how often each POST was done.
type tally struct {
	mu   sync.Mutex
	seen map[string]int
}

func (c *tally) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		return
	}
	id, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.seen[string(id)]++
}

func (c *tally) judge(t *testing.T) {
	t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.seen) < 100 {
		t.Errorf("only %d POST requests were done", len(c.seen))
	}
	for id, n := range c.seen {
		if n != 1 {
			t.Errorf("POST %s was done %d times", id, n)
		}
	}
}
