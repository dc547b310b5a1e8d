package handover

import (
	"context"
	"errors"
	"net"
	"os"
	"os/signal"
	"sync"
	"time"
)

// A generation serves the socket, or did, or will.
type generation interface {
	leave() (stopped <-chan struct{}) // others accept; it drains
	drain()                           // nobody else does
	expect(next bool)                 // another is on its way, or no longer
	kill()
	signal(os.Signal)
	end() <-chan struct{}
	result() error // after end
}

// A reign is a run of a Supervisor. Its state belongs to the goroutine of Run;
// others hand it functions to call through did.
type reign struct {
	*Supervisor
	ctx     context.Context
	socket  *os.File
	changes <-chan struct{}
	signals chan os.Signal // to pass on
	did     chan func()
	running sync.WaitGroup // goroutines that may send to did

	current generation      // serves; nil: nobody does
	over    <-chan struct{} // the end of the own generation
	last    error           // of what served last
	program Program         // of current, or of what ended
	next    *process        // starts
	draft   Program         // of next
	retired []generation    // drain, or have ended
	revived bool            // program has been started again

	cancel   context.CancelFunc // of the build; nil: there is none
	buildEnd <-chan struct{}    // of the build that was begun last
	calm     time.Duration
}

// later calls f elsewhere, and what it returns in Run's goroutine.
func (r *reign) later(f func() func()) {
	r.running.Go(func() {
		after := f()
		select {
		case r.did <- after:
		case <-r.ctx.Done():
		}
	})
}

// begin starts the first generation. Its end is Run's.
func (r *reign) begin(l *net.TCPListener) {
	ctx, stop := context.WithCancel(r.ctx)
	held := newListener(l)
	first := serveOwn(func(l net.Listener) error { return r.Serve(ctx, l) }, held, stop)
	r.current, r.over = first, first.ended
}

// change begins a build, and makes the one before void.
func (r *reign) change() {
	r.abandon()
	wait := time.Duration(0)
	if r.cancel != nil {
		r.cancel()
		r.calm = min(max(calm, 2*r.calm), maxCalm)
		wait = r.calm
	} else {
		r.Tell(Building{})
	}
	r.expect(true)
	ctx, cancel := context.WithCancel(r.ctx)
	r.cancel = cancel
	before, end := r.buildEnd, make(chan struct{})
	r.buildEnd = end
	r.later(func() func() {
		defer close(end)
		<-before
		select {
		case <-time.After(wait):
		case <-ctx.Done():
		}
		begun := time.Now()
		program, err := Program(nil), ctx.Err()
		if err == nil {
			program, err = r.Build(ctx)
		}
		return func() {
			if ctx.Err() == nil {
				r.built(program, err, time.Since(begun))
			}
			cancel()
		}
	})
}

func (r *reign) built(program Program, err error, took time.Duration) {
	r.cancel, r.calm = nil, 0
	if errors.Is(err, ErrSame) && r.current == nil {
		program, err = r.program, nil // it ended, and may now find what it lacked
	}
	if err != nil {
		r.Tell(NotBuilt{err, r.current != nil})
		r.expect(false)
		return
	}
	r.start(program, took)
}

// expect tells who serves whether a next generation is on its way.
func (r *reign) expect(next bool) {
	if r.current != nil {
		r.current.expect(next)
	}
}

// start lets a program become the next generation, instead of one that is started
// again meanwhile.
func (r *reign) start(program Program, build time.Duration) {
	r.abandon()
	begun := time.Now()
	p, err := launch(program(), r.socket)
	if err != nil {
		r.Tell(NotStarted{err, r.current != nil})
		r.expect(false)
		return
	}
	r.next, r.draft = p, program
	r.later(func() func() {
		late := time.NewTimer(answerTime)
		defer late.Stop()
		select {
		case <-p.answering:
			return func() { r.answers(p, build, begun) }
		case <-p.ended:
			return func() { r.ended(p) }
		case <-late.C:
			return func() { r.silent(p) }
		case <-r.ctx.Done():
			return func() {}
		}
	})
}

// answers lets p take over.
func (r *reign) answers(p *process, build time.Duration, begun time.Time) {
	if p != r.next {
		return
	}
	old := r.current
	r.current, r.over, r.next, r.program = p, nil, nil, r.draft
	r.revived = r.revived && build == 0
	if len(passedOn) > 0 {
		signal.Notify(r.signals, passedOn...)
	}
	stopped := closed()
	if old != nil {
		stopped = r.retire(old)
	}
	r.later(func() func() {
		select {
		case <-stopped:
		case <-r.ctx.Done():
		}
		took := time.Since(begun)
		return func() { r.Tell(Live{build, took}) }
	})
	r.later(func() func() {
		select {
		case <-p.ended:
		case <-r.ctx.Done():
		}
		return func() { r.ended(p) }
	})
}

// silent is called for a process that does not answer.
func (r *reign) silent(p *process) {
	if p != r.next {
		return
	}
	p.kill()
	r.fail(ErrSilent)
}

// ended is called for each process that has answered, or did not live to. Those
// that are retired are expected to end.
func (r *reign) ended(p *process) {
	switch {
	case p == r.next:
		r.fail(p.result())
	case generation(p) == r.current:
		r.current, r.last = nil, p.result()
		if time.Since(p.begun) > steady {
			r.revived = false
		}
		r.Tell(Ended{p.result(), r.next != nil || !r.revived})
		r.revive()
	}
}

// fail gives up on what starts.
func (r *reign) fail(err error) {
	r.retired = append(r.retired, r.next)
	r.next = nil
	r.Tell(NotStarted{err, r.current != nil})
	r.expect(false)
	r.revive()
}

// revive starts the program that has ended once more, but not a second time.
func (r *reign) revive() {
	if r.current == nil && r.next == nil && !r.revived {
		r.revived = true
		r.start(r.program, 0)
	}
}
