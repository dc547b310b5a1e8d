package server

import (
	"sync"
	"time"
)

// A connSet is the open connections of a server, hijacked ones too.
type connSet struct {
	mu     sync.Mutex
	conns  map[*conn]struct{}
	closed bool // those that still come are closed at once
}

func (s *connSet) add(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		_ = c.Conn.Close()
		return
	}
	if s.conns == nil {
		s.conns = map[*conn]struct{}{}
	}
	s.conns[c] = struct{}{}
}

func (s *connSet) remove(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
}

func (s *connSet) open() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.conns)
}

// hush looks at the connections and ends those that were silent at too many
// looks: by a read deadline, so that net/http says goodbye as the protocol wants
// it.
func (s *connSet) hush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.conns {
		c.silent++
		if c.heard.Swap(false) || c.busy.Load() {
			c.silent = 0
		}
		if c.silent >= int(silence/look) {
			c.hushed.Store(true)
			_ = c.Conn.SetReadDeadline(time.Now())
		}
	}
}

// closeAll closes what is open and what still comes, and returns on how many
// connections a request was being answered.
func (s *connSet) closeAll() (busy int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	for c := range s.conns {
		if c.busy.Load() {
			busy++
		}
		_ = c.Conn.Close()
	}
	return busy
}
