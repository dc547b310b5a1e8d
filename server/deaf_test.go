package server_test

import (
	"net"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/settled-go/settled/server"
)

// A deaf conn reads nothing until its reader is told to give up.
type deaf struct {
	net.Conn
	told chan struct{}
	once sync.Once
}

func (d *deaf) SetReadDeadline(t time.Time) error {
	if !t.IsZero() && !t.After(time.Now()) {
		d.once.Do(func() { close(d.told) })
	}
	return d.Conn.SetReadDeadline(t)
}

func (d *deaf) Read(p []byte) (int, error) {
	select {
	case <-d.told:
		return d.Conn.Read(p)
	default:
		<-d.told
		return 0, os.ErrDeadlineExceeded
	}
}

type deafListener struct{ net.Listener }

func (l deafListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return &deaf{Conn: c, told: make(chan struct{})}, err
}

// On a loaded machine a request may be there although the server had no time
// to read it.
func TestDrainLooksAgain(t *testing.T) {
	t.Parallel()
	s := serveOn(t, &server.Server{Handler: hello}, deafListener{listen(t)})
	p := dial(t, s.addr)
	p.send(t, get)
	time.Sleep(50 * time.Millisecond) // deafListener can't empty its backlog
	s.stop()
	if _, body := p.answer(t); body != "hello" {
		t.Errorf("got %q, want hello", body)
	}
}
