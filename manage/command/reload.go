package command

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/panics"
	"github.com/settled-go/settled/internal/watch"
	"github.com/settled-go/settled/settings"
)

const (
	// settleTime is how long to wait for more when files look as if somebody
	// was still writing, and settleLimit for how long at most.
	settleTime  = 40 * time.Millisecond
	settleLimit = time.Second
)

// A reloader brings changed settings live while a server runs. What can't serve
// does not: that is told, and the settings from before serve on.
type reloader struct {
	*serving
	name    string // of the settings file
	watcher *watch.Watcher
	names   []string // of the files that are watched, sorted
	live    contents // what serves
	judged  contents // what was looked at last
	trouble string   // why its site did not start, or ""
	found   string   // the findings that were printed last
	local   bool     // only this machine can connect
	// awaitProgram waits while another program is on its way that may take over,
	// and returns false if there is none.
	awaitProgram func(context.Context) bool

	left sync.WaitGroup // sites that are given up and still starting
}

// newReloader begins to watch the files of the site that serves, which has passed
// the checks with some findings. It is nil where files can't be watched, and that
// is told.
func newReloader(s *serving, found checks.Messages) *reloader {
	watcher, err := watch.New(watch.Options{OnError: s.warnOf})
	if err != nil {
		s.warnOf(fmt.Errorf("changed settings will not reload: %w", err))
		return nil
	}
	p := s.sites.project()
	l := &reloader{serving: s, name: p.File().Name(), watcher: watcher, found: gist(found)}
	l.watch(p.Files())
	if !p.File().Changed() { // since it was read, long ago
		l.live = readContents(l.names)
		l.judged = l.live
	}
	return l
}

func (l *reloader) close() { _ = l.watcher.Close() }

// watch replaces what is watched, and says whether it is another than before.
func (l *reloader) watch(names []string) bool {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	if slices.Equal(names, l.names) {
		return false
	}
	l.names = names
	if l.certificate != nil {
		names = append(slices.Clone(names), l.certificate.files...)
	}
	l.watcher.Set(watch.Targets{Files: names})
	return true
}

// run reloads until ctx is done.
func (l *reloader) run(ctx context.Context, local bool) {
	defer l.close()
	l.local = local
	if l.judged == nil {
		l.follow(ctx)
	}
	for l.changes(ctx, nil) {
		l.follow(ctx)
	}
	l.leave()
}

// changes waits for a change, and returns false if ctx or limit come first.
func (l *reloader) changes(ctx context.Context, limit <-chan time.Time) bool {
	select {
	case <-ctx.Done():
		return false
	case <-limit:
		return false
	case _, ok := <-l.watcher.Changes():
		return ok
	}
}

// follow brings what the files say live, or tells why not. If they change while
// it does, what they say last counts.
func (l *reloader) follow(ctx context.Context) {
	l.renew(ctx)
	defer l.renew(ctx)
	began := time.Now()
	for again := true; again && ctx.Err() == nil; {
		again = l.try(ctx, began)
	}
}

// try is follow for what the files say now; again says that they say something
// else by now.
func (l *reloader) try(ctx context.Context, began time.Time) (again bool) {
	now := readContents(l.names)
	changed := l.judged.differences(now)
	if len(changed) == 0 && l.trouble == "" {
		return false
	}
	next := l.load()
	if l.watch(l.files(next)) {
		return true
	}
	waited := time.Since(began) > settleLimit
	if !waited && (next.fails() || !now.isWhole()) && l.changes(ctx, time.After(settleTime)) {
		return true
	}
	if next.fails() && l.awaitProgram(ctx) {
		return true // these settings may be for a program that is being built
	}
	if len(changed) > 0 {
		l.trouble = ""
		l.say(sentence(l.known(changed)) + " changed, reloading.")
	}
	l.judged = now
	switch {
	case next.fails():
		l.refuse(next)
	case len(now.differences(l.live)) == 0:
		l.say("The settings are again those that serve.")
	default:
		return l.start(ctx, next, began)
	}
	return false
}

// known are those of the names that were looked at before, if there are any: the
// others are there because those changed.
func (l *reloader) known(names []string) []string {
	known := slices.DeleteFunc(slices.Clone(names), func(name string) bool {
		_, before := l.judged[name]
		return !before || !slices.Contains(l.names, name)
	})
	if len(known) == 0 {
		return names
	}
	return known
}

// A candidate is what the files say, and what the checks say of that.
type candidate struct {
	reading
	report checks.Report
}

func (c candidate) fails() bool { return c.err != nil || c.report.Failed }

// load reads the settings and checks them. A panic of an app is an error.
func (l *reloader) load() (c candidate) {
	defer func() {
		if value := recover(); value != nil {
			c.reading = reading{err: panics.Caught(value)}
		}
	}()
	c.reading = newReader(l.Setup, l.name, "")()
	l.command.develop(c.project)
	if c.err == nil {
		c.report = c.reading.report(l.command.skipChecks, checks.Report{})
	}
	return c
}

// files are those that c comes from. If it could not be read, a change of what
// serves may help, too.
func (l *reloader) files(c candidate) []string {
	if c.project != nil {
		return c.project.Files()
	}
	return append(settings.Sources(l.name), l.sites.project().Files()...)
}
