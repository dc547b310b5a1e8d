package handover

import (
	"errors"
	"net"
	"os"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// A process is a successor, seen from its supervisor.
type process struct {
	cmd       *exec.Cmd
	control   *os.File
	begun     time.Time
	answering chan struct{} // closed when it accepts connections
	stopped   chan struct{} // closed when it accepts no more, or has ended
	ended     chan struct{} // closed when it has ended
	err       error         // why, after ended
	mu        sync.Mutex    // for control
}

// outputWait is how long output may still come from what a process has started
// when the process itself has ended.
const outputWait = time.Second

// launch starts the command with the socket.
func launch(c *exec.Cmd, socket *os.File) (*process, error) {
	theirControl, control, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer theirControl.Close()
	status, theirStatus, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, control.Close())
	}
	defer theirStatus.Close()
	c.ExtraFiles = []*os.File{socket, theirControl, theirStatus}
	c.WaitDelay = outputWait
	ownGroup(c)
	p := &process{
		cmd: c, control: control, begun: time.Now(),
		answering: make(chan struct{}), stopped: make(chan struct{}), ended: make(chan struct{}),
	}
	if err := c.Start(); err != nil {
		return nil, errors.Join(err, control.Close(), status.Close())
	}
	go p.listen(status)
	go func() {
		p.err = c.Wait()
		_ = status.Close() // which ends listen
		<-p.stopped
		p.close()
		close(p.ended)
	}()
	return p, nil
}

// listen notes what the process tells, until its end.
func (p *process) listen(status *os.File) {
	defer close(p.stopped)
	said := make([]byte, 1)
	for {
		if _, err := status.Read(said); err != nil || said[0] == stopped {
			return
		}
		if said[0] == answering {
			close(p.answering)
		}
	}
}

// tell gives an order. A process that has ended needs none.
func (p *process) tell(order byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.control != nil {
		_, _ = p.control.Write([]byte{order})
	}
}

func (p *process) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.control.Close()
	p.control = nil
}

func (p *process) signal(s os.Signal) { _ = p.cmd.Process.Signal(s) }
func (p *process) kill()              { _ = p.cmd.Process.Kill() }

func (p *process) leave() <-chan struct{} { p.tell(leave); return p.stopped }
func (p *process) drain()                 { p.tell(drain) }
func (p *process) expect(next bool) {
	if next {
		p.tell(coming)
	} else {
		p.tell(failed)
	}
}
func (p *process) end() <-chan struct{} { return p.ended }

// result is why it has ended: an *Exit, unless that was as it should be.
func (p *process) result() error {
	if p.err == nil || errors.Is(p.err, exec.ErrWaitDelay) {
		return nil
	}
	return &Exit{p.cmd.ProcessState}
}

// An Exit is that a program has ended other than with status 0.
type Exit struct{ state *os.ProcessState }

func (e *Exit) Error() string { return e.state.String() }

// Code is its exit status; for a signal it is the one that shells give: 128 and
// the signal's number.
func (e *Exit) Code() int {
	if w, ok := e.state.Sys().(syscall.WaitStatus); ok && w.Signaled() {
		return 128 + int(w.Signal())
	}
	return e.state.ExitCode()
}

// An own is the generation that this process is itself.
type own struct {
	listener *listener
	stop     func()
	ended    chan struct{}
	err      error
}

// serve begins to serve the socket.
func serveOwn(serve func(net.Listener) error, l *listener, stop func()) *own {
	o := &own{listener: l, stop: stop, ended: make(chan struct{})}
	go func() {
		defer close(o.ended)
		o.err = serve(l)
	}()
	return o
}

func (o *own) leave() <-chan struct{} {
	o.listener.leave()
	o.stop()
	return o.listener.closed
}

func (o *own) expect(next bool)     { o.listener.expect(next) }
func (o *own) drain()               { o.stop() }
func (o *own) end() <-chan struct{} { return o.ended }
func (o *own) result() error        { return o.err }
func (o *own) kill()                {}
func (o *own) signal(os.Signal)     {}
