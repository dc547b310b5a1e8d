package handover

import (
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
}

func newListener(l *net.TCPListener) *listener {
	return &listener{TCPListener: l, closed: make(chan struct{})}
}

// leave makes Accept fail from its next call on.
func (l *listener) leave() { l.left.Store(true) }

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
