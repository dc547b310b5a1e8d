package server

import (
	"net/http"
	"sync/atomic"
)

// A Switch is an http.Handler whose handler can be exchanged while requests run:
// each request is answered entirely by the handler that was current when it
// came. Its methods may be called concurrently.
type Switch struct {
	current atomic.Pointer[turn]
}

// NewSwitch returns a Switch that passes requests to h.
func NewSwitch(h http.Handler) *Switch {
	s := new(Switch)
	s.current.Store(newTurn(h))
	return s
}

// Swap makes next the handler of every request from now on. The channel is
// closed when the last request of the handler before has ended, so that what it
// uses can be closed.
func (s *Switch) Swap(next http.Handler) (ended <-chan struct{}) {
	old := s.current.Swap(newTurn(next))
	old.leave()
	return old.ended
}

func (s *Switch) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	t := s.enter()
	defer t.leave()
	t.handler.ServeHTTP(w, r)
}

func (s *Switch) enter() *turn {
	for {
		if t := s.current.Load(); t.join() {
			return t
		}
		// It was swapped and ended in between; there is a new one.
	}
}

// A turn is the time of one handler.
type turn struct {
	handler http.Handler
	users   atomic.Int64 // its running requests, and the Switch while it is current
	ended   chan struct{}
}

func newTurn(h http.Handler) *turn {
	if h == nil {
		panic("server: a Switch can't pass requests to a nil handler")
	}
	t := &turn{handler: h, ended: make(chan struct{})}
	t.users.Store(1)
	return t
}

// join fails once the turn has ended: a plain Add could revive it.
func (t *turn) join() bool {
	for {
		n := t.users.Load()
		if n == 0 {
			return false
		}
		if t.users.CompareAndSwap(n, n+1) {
			return true
		}
	}
}

func (t *turn) leave() {
	if t.users.Add(-1) == 0 {
		close(t.ended)
	}
}
