package watch

import (
	"maps"
	"slices"
	"time"
)

// A burst is what has changed and was not told yet.
type burst struct {
	options Options

	names map[string]struct{}
	more  bool
	// first and last are when changes came that ready has not; last is the
	// later one. toldAt is when the burst before was received.
	first, last, toldAt time.Time
	ready               *Change // what to tell, unless something comes
}

// add collects names; none is no change.
func (b *burst) add(now time.Time, names []string) {
	if len(names) == 0 {
		return
	}
	if b.names == nil {
		b.names = map[string]struct{}{}
	}
	for _, name := range names {
		if _, known := b.names[name]; !known && len(b.names) == maxNames {
			b.more = true
			break
		}
		b.names[name] = struct{}{}
	}
	if b.first.IsZero() {
		b.first = now
	}
	b.last = now
	b.ready = nil
}

// next is the change to tell now, or how long to wait for more; nil and 0 when
// there is nothing to tell.
func (b *burst) next(now time.Time) (c *Change, wait time.Duration) {
	if len(b.names) == 0 {
		return nil, 0
	}
	if b.ready != nil {
		return b.ready, 0
	}
	due := b.last.Add(b.options.Quiet)
	if latest := b.first.Add(b.options.MaxWait); due.After(latest) {
		due = latest
	}
	if rested := b.toldAt.Add(b.options.Rest); due.Before(rested) {
		due = rested
	}
	if wait := due.Sub(now); wait > 0 {
		return nil, wait
	}
	// What comes before this is received is waited for anew: sorting the names
	// for each event would be much.
	b.first = time.Time{}
	b.ready = &Change{slices.Sorted(maps.Keys(b.names)), b.more}
	return b.ready, 0
}

// told begins the next burst: ready has been received.
func (b *burst) told(now time.Time) { *b = burst{options: b.options, toldAt: now} }
