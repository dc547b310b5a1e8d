package server

import (
	"context"
	"fmt"
	"net"
	"sync/atomic"
	"time"
)

const (
	// silence is how long a connection without a request stays open in a
	// drain. A client that is about to send does so long before. It is counted
	// in looks at the connections, so that it is no shorter for a machine that
	// is too busy to look, or to read.
	silence  = 500 * time.Millisecond
	look     = 25 * time.Millisecond
	lastLook = 2 * time.Millisecond
	// backlogWait is for how long nobody may come before the backlog counts
	// as empty, and backlogLimit for how long it is emptied at most.
	backlogWait  = 2 * time.Millisecond
	backlogLimit = time.Second
)

// drain returns when every request has ended, or when Grace is over or cut is
// done; late says that it was Grace.
func (s *Server) drain(cut context.Context) (late string) {
	grace := or(s.Grace, DefaultGrace)
	over := time.NewTimer(grace)
	defer over.Stop()
	tick := time.NewTicker(look)
	defer tick.Stop()
	for s.conns.open() > 0 || s.running.Load() > 0 {
		select {
		case <-tick.C:
			s.conns.hush()
		case <-over.C:
			return fmt.Sprintf(" after %v", grace)
		case <-cut.Done():
			return ""
		}
	}
	return ""
}

// A listener makes its connections known to the server, and can be stopped
// without losing those that wait in its backlog.
type listener struct {
	net.Listener
	server  *Server
	stopped atomic.Int64 // when, in Unix nanoseconds; 0: it is not
}

// stop makes Accept empty the backlog and then fail.
func (l *listener) stop() {
	l.stopped.Store(time.Now().UnixNano())
	if d, ok := l.Listener.(deadliner); ok {
		_ = d.SetDeadline(time.Now()) // wakes Accept
		return
	}
	_ = l.Listener.Close()
}

type deadliner interface{ SetDeadline(time.Time) error }

func (l *listener) Accept() (net.Conn, error) {
	nc, err := l.Listener.Accept()
	if at := l.stopped.Load(); err != nil && at != 0 {
		nc, err = l.acceptWaiting(time.Unix(0, at))
	}
	if err != nil {
		return nil, err
	}
	c := &conn{Conn: nc, server: l.server}
	l.server.conns.add(c)
	return c, nil
}

// acceptWaiting waits a moment, because with a deadline that is over already
// Accept does not look at the backlog at all. Its error is final: net/http would
// try again after a timeout.
func (l *listener) acceptWaiting(stopped time.Time) (net.Conn, error) {
	d, ok := l.Listener.(deadliner)
	if now := time.Now(); ok && now.Sub(stopped) < backlogLimit {
		_ = d.SetDeadline(now.Add(backlogWait))
		if nc, err := l.Listener.Accept(); err == nil {
			return nc, nil
		}
	}
	return nil, net.ErrClosed
}
