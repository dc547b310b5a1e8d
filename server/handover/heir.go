package handover

import (
	"context"
	"fmt"
	"net"
	"os"
	"time"
)

// The files of a successor.
const (
	socketFile  = 3
	controlFile = 4
	statusFile  = 5
)

// What a supervisor tells a successor, and a successor its supervisor.
const (
	leave  = 'l' // another accepts now: accept no more, and drain
	drain  = 'd' // nobody else accepts: empty the backlog, and drain
	coming = 'c' // another is on its way
	failed = 'f' // nothing came of it

	answering = 'a' // it has begun to accept
	stopped   = 's' // it has closed the socket
)

// orphanTime is how long a successor may live on without its supervisor.
const orphanTime = 20 * time.Second

// An Heir is what a successor has from its supervisor.
type Heir struct {
	listener *listener
	control  *os.File
	status   *os.File
}

// Inherit takes what a Supervisor has given to this process. It must be called
// once, and only in a process that was started by one. None of the files is
// passed on to processes that this one starts.
func Inherit() (*Heir, error) {
	file, err := inheritFile(socketFile, "listener")
	if err != nil {
		return nil, err
	}
	defer file.Close()
	l, err := net.FileListener(file)
	if err != nil {
		return nil, fmt.Errorf("file %d is no socket that listens: %w", socketFile, err)
	}
	tcp, ok := l.(*net.TCPListener)
	if !ok {
		return nil, fmt.Errorf("file %d is no TCP socket that listens", socketFile)
	}
	h := &Heir{listener: newListener(tcp)}
	if h.control, err = inheritFile(controlFile, "control"); err != nil {
		return nil, err
	}
	if h.status, err = inheritFile(statusFile, "status"); err != nil {
		return nil, err
	}
	return h, nil
}

// Listener is to be served by a server whose context is that of Follow.
func (h *Heir) Listener() net.Listener { return h.listener }

// Answering tells the supervisor that this process accepts connections now.
func (h *Heir) Answering() {
	_, _ = h.status.Write([]byte{answering}) // without a supervisor, Follow ends this
}

// Follow does what the supervisor says. The context is done when the process is
// to drain. Cut is called if it is to end at once: when the supervisor has ended
// in the drain that it asked for, or long ago.
func (h *Heir) Follow(ctx context.Context, cut func()) context.Context {
	ctx, stop := context.WithCancel(ctx)
	go func() {
		<-h.listener.closed
		_, _ = h.status.Write([]byte{stopped})
	}()
	go func() {
		told := false
		order := make([]byte, 1)
		for {
			if _, err := h.control.Read(order); err != nil {
				break
			}
			switch order[0] {
			case coming, failed:
				h.listener.expect(order[0] == coming)
				continue
			case leave:
				h.listener.leave()
			}
			told = true
			stop()
		}
		stop()
		if !told {
			time.Sleep(orphanTime)
		}
		cut()
	}()
	return ctx
}
