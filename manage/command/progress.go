package command

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// progressDelay is how long something may take before a word is said of it;
// tests shorten it.
var progressDelay = time.Second

const progressStep = 500 * time.Millisecond

// progress says on the terminal's stderr that something is under way, once it
// has taken a second, and erases that when done is called, which may be more
// than once. In pipes, in CI and with -v 0 nothing is ever shown.
func (r *run) progress(text string) (done func()) {
	if !r.showsProgress() {
		return func() {}
	}
	stop, stopped, shown := make(chan struct{}), make(chan struct{}), false
	go func() {
		defer close(stopped)
		begun := time.Now()
		timer := time.NewTimer(progressDelay)
		defer timer.Stop()
		for {
			select {
			case <-stop:
				return
			case <-timer.C:
				shown = true
				r.overwrite(fmt.Sprintf("%s (%d s)", text, int(time.Since(begun).Seconds())))
				timer.Reset(progressStep)
			}
		}
	}()
	return sync.OnceFunc(func() {
		close(stop)
		<-stopped
		if shown {
			r.overwrite("")
		}
	})
}

// showsProgress says whether stderr is a terminal that a person looks at.
func (r *run) showsProgress() bool {
	ci := os.Getenv("CI")
	return isTerminal(r.Stderr) && (ci == "" || ci == "false") && r.options.verbosity > minimal
}

// isTerminal says whether w is a terminal that can move its cursor.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && os.Getenv("TERM") != "dumb" && term.IsTerminal(int(f.Fd()))
}

// overwrite replaces the line that the cursor is in.
func (r *run) overwrite(text string) {
	if f, ok := r.Stderr.(*os.File); ok {
		if columns, _, err := term.GetSize(int(f.Fd())); err == nil && columns > 0 && len(text) >= columns {
			text = strings.ToValidUTF8(text[:columns-1], "")
		}
	}
	fmt.Fprint(r.Stderr, "\r\x1b[K"+text)
}

// firstWrite is a writer that calls before when something is first written.
type firstWrite struct {
	io.Writer
	before func()
}

func (w firstWrite) Write(p []byte) (int, error) {
	w.before()
	return w.Writer.Write(p)
}
