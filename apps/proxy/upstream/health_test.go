package upstream_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

// run begins with the health checks, and ends with the test.
func run(t *testing.T, p *upstream.Pool) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var running sync.WaitGroup
	running.Go(func() { p.Run(ctx) })
	stop = func() { cancel(); running.Wait() }
	t.Cleanup(stop)
	return stop
}

// A server that fails its checks gets no requests, until it passes them. Each change
// is logged once.
func TestHealth(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		var status, checks atomic.Int64
		status.Store(200)
		n.serve(t, "a", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/healthz/" {
				checks.Add(1)
				w.WriteHeader(int(status.Load()))
			}
		})
		checked := func(times int64) {
			for until := checks.Load() + times; checks.Load() < until; {
				time.Sleep(100 * time.Millisecond)
			}
		}
		n.serve(t, "b", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
		log := &record{}
		p := n.pool(t, upstream.Config{Log: log.logger(), Health: upstream.Health{Path: "/healthz/?token=hunter2", Interval: 10 * time.Second}}, "a", "b")
		run(t, p)
		isUp := func(want bool, when string) {
			t.Helper()
			synctest.Wait()
			got := false
			for range 2 {
				got = ask(t, p, http.MethodGet) == http.StatusOK || got
			}
			if got != want {
				t.Errorf("%s: a gets requests: %v, want %v", when, got, want)
			}
		}
		isUp(true, "at first")
		status.Store(500)
		checked(2)
		isUp(true, "after two failures")
		checked(1)
		isUp(false, "after three")
		want := `level=WARN msg="an upstream fails its health check and is left out" upstream=http://a ` +
			`reason="/healthz/ answers with 500 Internal Server Error"` + "\n"
		if got := log.take(); got != want {
			t.Errorf("log:\n%swant:\n%s", got, want)
		}
		checked(7)
		status.Store(200)
		checked(1)
		isUp(false, "after one success")
		if got := log.take(); got != "" {
			t.Errorf("no change, but a log:\n%s", got)
		}
		checked(1)
		isUp(true, "after two")
		if got, want := log.take(), "level=INFO msg=\"an upstream passes its health check again\" upstream=http://a\n"; got != want {
			t.Errorf("log:\n%swant:\n%s", got, want)
		}
	})
}

// The first check decides alone: what is down at the start gets nothing.
func TestFirstCheckDecides(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		n.serve(t, "a", says(http.StatusServiceUnavailable))
		n.serve(t, "b", says(http.StatusOK))
		p := n.pool(t, upstream.Config{Health: upstream.Health{Path: "/"}}, "a", "b")
		run(t, p)
		synctest.Wait()
		for range 4 {
			if got := ask(t, p, http.MethodGet); got != http.StatusOK {
				t.Errorf("status %d", got)
			}
		}
	})
}

// When the checks say of all servers that they are down, nothing is sent: 503 at once,
// and when to come back.
func TestNoneHealthy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		n.serve(t, "a", says(http.StatusInternalServerError))
		p := n.pool(t, upstream.Config{Health: upstream.Health{Path: "/", Interval: 7 * time.Second}}, "a", "b")
		run(t, p)
		synctest.Wait()
		r, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://site/", nil)
		_, err := p.RoundTrip(r)
		e, ok := err.(*upstream.Error)
		if !ok || e.At != upstream.NoneHealthy || e.Status() != http.StatusServiceUnavailable || e.RetryAfter != 7*time.Second {
			t.Errorf("got %#v", err)
		}
	})
}

// What is good, and what a check asks for.
func TestHealthRequests(t *testing.T) {
	tests := []struct {
		health upstream.Health
		status int
		want   bool
	}{
		{upstream.Health{Path: "/up?q=1"}, 204, true},
		{upstream.Health{Path: "/up?q=1"}, 302, false},
		{upstream.Health{Path: "/up?q=1", Status: []int{200, 302}}, 302, true},
		{upstream.Health{Path: "/up?q=1", Status: []int{200, 302}}, 204, false},
		{upstream.Health{Path: "/up?q=1", Host: "django.example.com"}, 200, true},
	}
	for _, tt := range tests {
		synctest.Test(t, func(t *testing.T) {
			n := newNetwork()
			n.serve(t, "a", func(w http.ResponseWriter, r *http.Request) {
				host := tt.health.Host
				if host == "" {
					host = "a"
				}
				if r.UserAgent() != "Settled health check" {
					return
				}
				if r.RequestURI != "/base/up?q=1" || r.Host != host || r.Method != http.MethodGet {
					t.Errorf("asked %s %s of %s", r.Method, r.RequestURI, r.Host)
				}
				w.WriteHeader(tt.status)
			})
			p := newPool(t, upstream.Config{Servers: servers("http://a/base/"), Health: tt.health}.WithDial(n.dial))
			run(t, p)
			synctest.Wait()
			if got := ask(t, p, http.MethodGet) == http.StatusOK; got != tt.want {
				t.Errorf("%v with status %d: healthy %v, want %v", tt.health, tt.status, got, tt.want)
			}
		})
	}
}

// A server that does not answer its check in time fails it, and one that accepts
// connections again need not wait until it is due.
func TestHealthOfConnections(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		n.serve(t, "a", forever)
		n.serve(t, "b", says(http.StatusOK))
		log := &record{}
		p := n.pool(t, upstream.Config{
			Log: log.logger(), Health: upstream.Health{Path: "/", Timeout: 2 * time.Second}, Failures: upstream.Failures{For: time.Hour},
		}, "a", "b", "c")
		run(t, p)
		time.Sleep(3 * time.Second)
		if got := log.take(); !strings.Contains(got, "no answer within 2s") || !strings.Contains(got, "upstream=http://c") {
			t.Errorf("log:\n%s", got)
		}
		for range 3 {
			if got := ask(t, p, http.MethodGet); got != http.StatusOK {
				t.Errorf("status %d", got)
			}
		}
		n.serve(t, "c", says(http.StatusOK))
		time.Sleep(25 * time.Second)
		n.count()
		for range 2 {
			ask(t, p, http.MethodGet)
		}
		if got := log.take(); !strings.Contains(got, "passes its health check again") {
			t.Errorf("log:\n%s", got)
		}
	})
}

// Without a path, nothing is dialled. Run ends with its context.
func TestNothingAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		p := n.pool(t, upstream.Config{}, "a")
		stop := run(t, p)
		time.Sleep(time.Hour)
		stop()
		if got := n.count(); got != 0 {
			t.Errorf("%d connections", got)
		}
	})
}
