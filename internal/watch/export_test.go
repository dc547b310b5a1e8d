package watch

import (
	"time"

	"github.com/fsnotify/fsnotify"
)

// A Backend stands in for fsnotify.
type Backend = backend

// Start is New with another source of events.
func Start(o Options, fs Backend, events <-chan fsnotify.Event, errors <-chan error) *Watcher {
	return start(o, fs, events, errors)
}

// A Burst is for tests without a clock.
type Burst struct{ burst }

func NewBurst(o Options) *Burst { return &Burst{burst{options: o}} }

func (b *Burst) Add(now time.Time, names ...string) { b.add(now, names) }

func (b *Burst) Next(now time.Time) (*Change, time.Duration) { return b.next(now) }

func (b *Burst) Told(now time.Time) { b.told(now) }

// MaxNames is how many names a Change has at most.
const MaxNames = maxNames
