package handover

import (
	"context"
	"net"
	"sync"
	"sync/atomic"
)

// A listener is one generation's hold on the socket. Its server stops it as any
// other; if it has been left to others before, what waits in the backlog is left
// to them, too.
type listener struct {
	*net.TCPListener
	left   atomic.Bool
	closed chan struct{}
	once   sync.Once

	mu      sync.Mutex
	awaited chan struct{} // nil: no other generation is on its way
}

func newListener(l *net.TCPListener) *listener {
	return &listener{TCPListener: l, closed: make(chan struct{})}
}

// leave makes Accept fail from its next call on.
func (l *listener) leave() { l.left.Store(true) }

// expect notes that another generation is on its way, or no longer.
func (l *listener) expect(coming bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case coming && l.awaited == nil:
		l.awaited = make(chan struct{})
	case !coming && l.awaited != nil:
		close(l.awaited)
		l.awaited = nil
	}
}

// AwaitNext waits while another generation is on its way to a listener of this
// package: until ctx is done, as it is when that one has taken over, or until
// nothing came of it. It returns false if none was on its way.
func AwaitNext(ctx context.Context, l net.Listener) bool {
	mine, ok := l.(*listener)
	if !ok {
		return false
	}
	mine.mu.Lock()
	awaited := mine.awaited
	mine.mu.Unlock()
	if awaited == nil {
		return false
	}
	select {
	case <-awaited:
	case <-ctx.Done():
	}
	return true
}

// Left says whether a listener of this package has been left to another
// generation, which accepts what comes.
func Left(l net.Listener) bool {
	mine, ok := l.(*listener)
	return ok && mine.left.Load()
}

func (l *listener) Accept() (net.Conn, error) {
	if l.left.Load() {
		return nil, net.ErrClosed
	}
	return l.TCPListener.Accept()
}

func (l *listener) Close() error {
	err := l.TCPListener.Close()
	l.once.Do(func() { close(l.closed) })
	return err
}
