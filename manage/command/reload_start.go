package command

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/settled-go/settled/checks"
)

// readyLimit is after what time the user hears of a site that is not ready yet.
var readyLimit = 10 * time.Second

// leaveLimit is for how long to wait, at the end, for apps that are to give up.
const leaveLimit = time.Second

// A started is what came of starting a site.
type started struct {
	site *liveSite
	err  error
}

// start starts the site of c and lets it serve, unless the files change before;
// again says that they did.
func (l *reloader) start(ctx context.Context, c candidate, began time.Time) (again bool) {
	starting, giveUp := context.WithCancel(ctx)
	done := make(chan started, 1)
	go func() {
		site, err := startSite(starting, giveUp, c.project)
		done <- started{site, err}
	}()
	late := time.NewTimer(readyLimit)
	defer late.Stop()
	for !again && ctx.Err() == nil {
		select {
		case s := <-done:
			l.end(s, c, began)
			return false
		case <-late.C:
			l.warn(fmt.Sprintf("The new site is not ready after %v. The settings from before serve on until it is.", readyLimit))
		case <-l.watcher.Changes():
			again = len(l.judged.differences(readContents(l.names))) > 0
		case <-ctx.Done():
		}
	}
	giveUp()
	l.left.Go(func() {
		if s := <-done; s.site != nil {
			l.closeUnused(s.site)
		}
	})
	return again
}

// end lets a site serve that has started, or tells why it has not.
func (l *reloader) end(s started, c candidate, began time.Time) {
	if s.err != nil {
		l.notStarted(s.err)
		return
	}
	debug := l.sites.project().Debug()
	l.sites.swap(s.site)
	l.live, l.trouble = l.judged, ""
	if found := gist(c.report.Messages); found != l.found {
		l.found = found
		l.print(c.report)
	}
	l.say(fmt.Sprintf("Settings reloaded in %v.", took(time.Since(began))))
	if c.project.Debug() && !debug {
		fmt.Fprint(l.Stderr, debugNote(true, l.local))
	}
}

// notStarted tells why a site did not start. When that is tried again, because a
// file was written again, the same reason is told once.
func (l *reloader) notStarted(err error) {
	if err.Error() == l.trouble {
		return
	}
	l.trouble = err.Error()
	if failure, ok := errors.AsType[*checks.Failure](err); ok {
		l.refuse(candidate{report: checks.Report{Messages: failure.Messages, Failed: true}})
	} else {
		l.refuse(candidate{reading: reading{err: err}})
	}
}

// refuse tells why settings do not serve.
func (l *reloader) refuse(c candidate) {
	if c.err != nil {
		l.warnOf(c.err)
	} else {
		c.report.NoFooter = true
		l.print(c.report)
	}
	l.warn("Not reloaded: the settings from before serve on.")
}

// closeUnused closes a site that never served.
func (l *reloader) closeUnused(s *liveSite) {
	if err := s.Close(); err != nil {
		l.warnOf(err)
	}
}

// leave waits a moment for sites that are given up.
func (l *reloader) leave() {
	gone := make(chan struct{})
	go func() {
		l.left.Wait()
		close(gone)
	}()
	select {
	case <-gone:
	case <-time.After(leaveLimit):
	}
}
