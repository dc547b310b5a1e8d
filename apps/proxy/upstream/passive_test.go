package upstream_test

import (
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

// A record is a log for tests.
type record struct {
	mu   sync.Mutex
	text strings.Builder
}

func (r *record) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text.Write(p)
}

// take is what has been logged since the last time, without the time.
func (r *record) take() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	defer r.text.Reset()
	return r.text.String()
}

func (r *record) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(r, &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}))
}

// A server that refuses connections is left out for a while, and then tried by one
// request. Each change is logged once.
func TestLeftOut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		n.serve(t, "b", hello)
		log := &record{}
		p := n.pool(t, upstream.Config{Failures: upstream.Failures{Max: 2, For: 10 * time.Second}, Log: log.logger()}, "a", "b")
		asked := func(want int, when string) {
			t.Helper()
			p.Close() // no connection is used twice
			n.count()
			for range 6 {
				if got := ask(t, p, http.MethodGet); got != http.StatusOK {
					t.Fatalf("%s: status %d", when, got)
				}
				p.Close()
			}
			if got := n.count(); got != 6+want {
				t.Errorf("%s: a was asked %d times, want %d", when, got-6, want)
			}
		}
		asked(2, "at first")
		want := `level=WARN msg="an upstream accepts no connections and is left out" upstream=http://a for=10s ` +
			`reason="dial tcp: connection refused: nothing listens there: is the server running?"` + "\n"
		if got := log.take(); got != want {
			t.Errorf("log:\n%swant:\n%s", got, want)
		}
		time.Sleep(9 * time.Second)
		asked(0, "soon after")
		time.Sleep(2 * time.Second)
		asked(1, "when it is due")
		if got := log.take(); got != "" {
			t.Errorf("no change, but a log:\n%s", got)
		}
		n.serve(t, "a", hello)
		asked(0, "before it is due again")
		time.Sleep(11 * time.Second)
		asked(0, "when it is back")
		if got, want := log.take(), "level=INFO msg=\"an upstream accepts connections again\" upstream=http://a\n"; got != want {
			t.Errorf("log:\n%swant:\n%s", got, want)
		}
	})
}

// While one request tries a server that was left out, no other one does.
func TestOneTries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		n.serve(t, "b", hello)
		p := n.pool(t, upstream.Config{Failures: upstream.Failures{For: 10 * time.Second}}, "a", "b")
		ask(t, p, http.MethodGet)
		n.hang("a", true)
		time.Sleep(10 * time.Second)
		n.count()
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() {
				if got := ask(t, p, http.MethodGet); got != http.StatusOK {
					t.Errorf("status %d", got)
				}
			})
		}
		all.Wait()
		n.mu.Lock()
		defer n.mu.Unlock()
		if got := strings.Count(strings.Join(n.dialled, " "), "a:80"); got != 1 {
			t.Errorf("a was asked %d times, want 1", got)
		}
	})
}

// A request that can't be sent a second time is no good for trying.
func TestPostTriesLast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		n.serve(t, "b", hello)
		p := n.pool(t, upstream.Config{Failures: upstream.Failures{For: 10 * time.Second}}, "a", "b")
		if got := ask(t, p, http.MethodPost); got != http.StatusBadGateway {
			t.Errorf("the first: status %d", got)
		}
		time.Sleep(15 * time.Second)
		if got := ask(t, p, http.MethodPost); got != http.StatusOK {
			t.Errorf("when another request may try: status %d", got)
		}
		time.Sleep(5 * time.Second)
		if got := ask(t, p, http.MethodPost); got != http.StatusBadGateway {
			t.Errorf("when none has: status %d", got)
		}
	})
}

// With no other server left, one that is left out is tried by all: who restarts it
// need not wait.
func TestNoOtherLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := newNetwork()
		p := n.pool(t, upstream.Config{Failures: upstream.Failures{For: time.Hour}}, "a", "b")
		for range 3 {
			if got := ask(t, p, http.MethodGet); got != http.StatusBadGateway {
				t.Fatalf("status %d", got)
			}
		}
		if got := n.count(); got != 6 {
			t.Errorf("asked %d times, want each server every time", got)
		}
		n.serve(t, "b", hello)
		for range 3 {
			if got := ask(t, p, http.MethodGet); got != http.StatusOK {
				t.Fatalf("after a restart: status %d", got)
			}
		}
	})
}
