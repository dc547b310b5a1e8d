package watch

import (
	"time"

	"github.com/fsnotify/fsnotify"
)

// run is the only one to know what is watched and what has changed.
func (w *Watcher) run() {
	defer close(w.changes)
	s := newScope(w.fs, w.options.OnError)
	b := burst{options: w.options}
	timer := time.NewTimer(time.Hour)
	defer timer.Stop()
	armed := false // the timer stands for the end of a wait
	var out chan<- Change
	var ready Change
	for {
		select {
		case <-w.done:
			return
		case r := <-w.targets:
			s.set(r.targets)
			close(r.ready)
		case e, ok := <-w.events:
			if !ok {
				return
			}
			b.add(time.Now(), s.changed(e))
		case <-w.lost:
			b.add(time.Now(), s.rescan())
			b.more = true
		case <-timer.C:
			armed = false
		case out <- ready:
			b.told(time.Now())
		}
		var wait time.Duration
		out = nil
		if c, left := b.next(time.Now()); c != nil {
			out, ready = w.changes, *c
		} else {
			wait = left
		}
		if wait > 0 && !armed {
			timer.Reset(wait)
			armed = true
		}
	}
}

// listen takes fsnotify's errors from it, which else might wait for that while
// run waits for fsnotify.
func (w *Watcher) listen() {
	for err := range w.errors {
		if err != fsnotify.ErrEventOverflow {
			w.options.OnError(explain("", err))
			continue
		}
		select {
		case w.lost <- struct{}{}:
		default: // run is to look already
		}
	}
}
