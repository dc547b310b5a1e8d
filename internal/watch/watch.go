package watch

import (
	"cmp"
	"sync"
	"time"

	"github.com/fsnotify/fsnotify"
)

// What a zero field of Options stands for.
const (
	DefaultQuiet   = 2 * time.Millisecond
	DefaultMaxWait = 50 * time.Millisecond
	DefaultRest    = 10 * time.Millisecond
)

// Options say how soon changes are told. A duration that is 0 is the default.
type Options struct {
	// Quiet is how long nothing must have changed before a change is told.
	Quiet time.Duration
	// MaxWait is for how long a change is held back at most, since it may go
	// on for ever.
	MaxWait time.Duration
	// Rest is the least time between two changes.
	Rest time.Duration
	// OnError is called with what can't be watched, a line that says what to
	// do; all the rest is watched nevertheless. There is one call at a time. It
	// must return soon, and must not call the Watcher. Nil: nobody is told.
	OnError func(error)
}

// Targets are what to watch.
type Targets struct {
	// Files are watched by these names, relative to the working directory
	// unless absolute. They need not exist.
	Files []string
	// Trees are folders with all that is below.
	Trees []Tree
}

// A Tree is a folder that is watched with all folders below it, those that come
// later too. Links to folders are not followed.
type Tree struct {
	Root string
	// File says whether a file counts, by its path below Root with slashes:
	// "polls/views.go". Nil: all do.
	File func(path string) bool
	// Folder says whether to look into a folder, by its path below Root. Nil:
	// into all.
	Folder func(path string) bool
}

// A Change is what may have changed since the last one.
type Change struct {
	// Names are files as Targets.Files has them, and files of trees as their
	// Root and the path below it; folders of trees that went away, too. Sorted,
	// each once.
	Names []string
	// More says that other files may have changed as well: very many have, or
	// the system has lost count.
	More bool
}

// maxNames is how many names a Change has at most.
const maxNames = 1000

// A Watcher watches files. Its methods may be called concurrently.
type Watcher struct {
	options Options
	fs      backend
	events  <-chan fsnotify.Event
	errors  <-chan error
	changes chan Change
	targets chan request
	lost    chan struct{}
	close   func() error
	done    chan struct{}
	running sync.WaitGroup
}

type request struct {
	targets Targets
	ready   chan struct{}
}

// backend is what is needed of fsnotify, beside its channels.
type backend interface {
	Add(folder string) error
	Remove(folder string) error
	Close() error
}

// New returns a Watcher that watches nothing yet. It fails when the system has
// no more of what it takes; the error says what to do.
func New(o Options) (*Watcher, error) {
	fs, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, explain("", err)
	}
	return start(o, fs, fs.Events, fs.Errors), nil
}

func start(o Options, fs backend, events <-chan fsnotify.Event, errors <-chan error) *Watcher {
	o.Quiet = cmp.Or(o.Quiet, DefaultQuiet)
	o.MaxWait = cmp.Or(o.MaxWait, DefaultMaxWait)
	o.Rest = cmp.Or(o.Rest, DefaultRest)
	o.OnError = oneAtATime(o.OnError)
	w := &Watcher{
		options: o, fs: fs, events: events, errors: errors,
		changes: make(chan Change), targets: make(chan request),
		lost: make(chan struct{}, 1), done: make(chan struct{}),
	}
	w.close = sync.OnceValue(func() error {
		close(w.done)
		err := fs.Close()
		w.running.Wait()
		return err
	})
	w.running.Go(w.run)
	w.running.Go(w.listen)
	return w
}

// Set replaces what is watched. When it returns, whatever changes from now on
// will be told; what has changed before under a name that was watched already
// will be, too.
func (w *Watcher) Set(t Targets) {
	r := request{t, make(chan struct{})}
	select {
	case w.targets <- r:
		<-r.ready
	case <-w.done:
	}
}

// Changes is where changes are told. It is closed by Close.
func (w *Watcher) Changes() <-chan Change { return w.changes }

// Close ends the watching.
func (w *Watcher) Close() error { return w.close() }

func oneAtATime(tell func(error)) func(error) {
	var mu sync.Mutex
	return func(err error) {
		mu.Lock()
		defer mu.Unlock()
		if tell != nil {
			tell(err)
		}
	}
}
