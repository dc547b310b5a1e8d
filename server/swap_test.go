package server_test

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/settled-go/settled/server"
)

func request(h http.Handler) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "/", nil))
	return w
}

func open(c <-chan struct{}) bool {
	select {
	case <-c:
		return false
	default:
		return true
	}
}

func TestSwapWaitsForTheLastRequest(t *testing.T) {
	t.Parallel()
	old := newGate()
	s := server.NewSwitch(old)
	answers := make(chan string, 2)
	for range 2 {
		go func() { answers <- request(s).Body.String() }()
		await(t, old.began, "a request")
	}
	ended := s.Swap(hello)
	if got := request(s).Body.String(); got != "hello" {
		t.Errorf("after Swap: %q, want hello", got)
	}
	if !open(ended) {
		t.Error("the old handler ended while it ran")
	}
	old.open <- struct{}{}
	await(t, answers, "the first request")
	if !open(ended) {
		t.Error("the old handler ended with one of two requests")
	}
	close(old.open)
	if got := await(t, answers, "the second request"); got != "done" {
		t.Errorf("the old handler answered %q", got)
	}
	await(t, ended, "the end of the old handler")
}

func TestSwapWithoutRequests(t *testing.T) {
	t.Parallel()
	s := server.NewSwitch(hello)
	request(s)
	if open(s.Swap(hello)) {
		t.Error("a handler without requests has not ended")
	}
}

func TestSwapAfterPanic(t *testing.T) {
	t.Parallel()
	s := server.NewSwitch(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("x") }))
	func() {
		defer func() { _ = recover() }()
		request(s)
	}()
	if open(s.Swap(hello)) {
		t.Error("a handler that panicked has not ended")
	}
}

// No handler is used after its end was announced.
func TestSwapUnderLoad(t *testing.T) {
	t.Parallel()
	var late atomic.Int64
	counting := func() (http.Handler, *atomic.Bool) {
		closed := new(atomic.Bool)
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
			if closed.Load() {
				late.Add(1)
			}
		}), closed
	}
	h, closed := counting()
	s := server.NewSwitch(h)
	stop := make(chan struct{})
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for open(stop) {
				s.ServeHTTP(nil, nil)
			}
		})
	}
	for range 2000 {
		next, nextClosed := counting()
		<-s.Swap(next)
		closed.Store(true)
		closed = nextClosed
	}
	close(stop)
	all.Wait()
	if n := late.Load(); n > 0 {
		t.Errorf("%d requests went to a handler that had ended", n)
	}
}

func TestSwitchRefusesNil(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a nil handler was accepted")
		}
	}()
	server.NewSwitch(nil)
}
