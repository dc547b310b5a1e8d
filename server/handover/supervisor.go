package handover

import (
	"context"
	"errors"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"time"
)

// A Supervisor replaces what serves a socket, generation after generation. Its
// fields must not change after Run is called.
type Supervisor struct {
	// Serve is the first generation: this process's own server. It serves the
	// listener until ctx is done, and drains.
	Serve func(ctx context.Context, l net.Listener) error
	// Changes tell when a new program may be needed. A change that comes while
	// a program is built, or starts, makes that one void.
	Changes <-chan struct{}
	// Build makes the program of the next generation, and ErrSame if that is
	// none other. There is one call at a time; when its ctx is done nobody wants
	// the result any more.
	Build func(ctx context.Context) (Program, error)
	// Tell is called with what happens. There is one call at a time.
	Tell func(Event)
}

// A Program makes the command that runs it, anew each time.
type Program func() *exec.Cmd

// ErrSame is that a build made the program that runs already.
var ErrSame = errors.New("the program is the same")

// Event is one of Building, NotBuilt, NotStarted, Live and Ended.
type Event any

type (
	// Building is that a build begins.
	Building struct{}
	// NotBuilt is that there is no new program: the code is wrong, or ErrSame.
	NotBuilt struct {
		Err     error
		Serving bool // the one from before
	}
	// NotStarted is that a new program ended, or was ended, before it answered.
	NotStarted struct {
		Err     error
		Serving bool // the one from before
	}
	// Live is that a new program serves, and no other accepts connections. Build
	// and Start are how long it took to make it, and from then on until it
	// answered and all others had stopped; Build is 0 if it was there already.
	Live struct{ Build, Start time.Duration }
	// Ended is that the program that served has ended although nobody wanted it
	// to; Err is nil if with status 0. Restarts says whether it is started
	// again; otherwise the next change is waited for.
	Ended struct {
		Err      error
		Restarts bool
	}
)

// ErrSilent is that a new program did not answer in time.
var ErrSilent = errors.New("it did not begin to serve in time")

// answerTime is how long a new program may take until it answers.
var answerTime = 30 * time.Second

// leaveTime is how long a generation that was replaced may live on. Its own limit is
// server.Server's Grace, which is shorter.
var leaveTime = 15 * time.Second

const (
	// steady is how long a program has to serve to be started again at once when
	// it ends.
	steady = 10 * time.Second
	// abandonTime is the same for one that never served.
	abandonTime = 3 * time.Second
	// The wait before a build that follows one that was cut short: it doubles
	// from calm on, so that a storm of changes does not cause a storm of builds.
	calm    = 25 * time.Millisecond
	maxCalm = time.Second
)

// Run serves l until ctx is done and all generations have ended. It returns what
// the last one did: Serve's error, or an *Exit.
func (s *Supervisor) Run(ctx context.Context, l *net.TCPListener) error {
	socket, err := share(l)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	r := &reign{
		Supervisor: s, ctx: ctx, socket: socket, changes: s.Changes, signals: make(chan os.Signal, 4),
		did: make(chan func()), buildEnd: closed(),
	}
	defer signal.Stop(r.signals)
	r.begin(l)
	for {
		select {
		case <-ctx.Done():
			return r.finish()
		case <-r.over:
			stop()
		case _, ok := <-r.changes:
			if !ok {
				r.changes = nil
			} else {
				r.change()
			}
		case f := <-r.did:
			f()
		case got := <-r.signals:
			if r.current != nil {
				r.current.signal(got)
			}
		}
	}
}

func closed() <-chan struct{} {
	c := make(chan struct{})
	close(c)
	return c
}
