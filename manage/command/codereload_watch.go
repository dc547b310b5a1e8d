package command

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/settled-go/settled/internal/gobuild"
	"github.com/settled-go/settled/internal/watch"
)

// A codeWatch tells when the program has to be built anew.
type codeWatch struct {
	program  *gobuild.Program
	settings []string
	changes  chan struct{}
	relist   chan time.Time // which files count may be different from then on

	mu      sync.Mutex
	since   time.Time          // when the last build began
	sources []*gobuild.Sources // two while the code does not build: the old may come back
	changed []string           // since a program went live, for people
	reread  bool               // one of them is read by programs that start
	trouble string             // a package that was not there the last time, or ""
	failed  bool               // the last program did not start
}

func newCodeWatch(p *gobuild.Program, settingsFiles []string) codeWatch {
	return codeWatch{
		program: p, settings: settingsFiles, since: time.Now(),
		changes: make(chan struct{}, 1), relist: make(chan time.Time, 1),
	}
}

// run watches until ctx is done. The error says why it can't.
func (c *codeWatch) run(ctx context.Context, complain func(error)) error {
	w, err := watch.New(watch.Options{OnError: complain})
	if err != nil {
		return err
	}
	defer w.Close()
	sources, err := c.program.Sources(ctx)
	if err != nil {
		if ctx.Err() != nil {
			err = nil
		}
		return err
	}
	c.follow(w, sources, c.since)
	stop := c.compare(ctx)
	defer func() { stop() }()
	for {
		select {
		case <-ctx.Done():
			return nil
		case change := <-w.Changes():
			c.note(change.Names, change.More)
		case since := <-c.relist:
			stop()
			stop = c.list(ctx, w, since)
		}
	}
}

// compare asks for a build if the running program's source has changed since the
// go command read it. The program may have taken long to build.
func (c *codeWatch) compare(ctx context.Context) (stop func()) {
	return during(ctx, func(ctx context.Context) {
		if file, err := os.Executable(); err == nil && c.program.IsOutdated(ctx, file) && ctx.Err() == nil {
			c.missed("The code")
		}
	})
}

// list looks which files count now, until stop is called.
func (c *codeWatch) list(ctx context.Context, w *watch.Watcher, since time.Time) (stop func()) {
	return during(ctx, func(ctx context.Context) {
		if sources, err := c.program.Sources(ctx); err == nil {
			c.follow(w, sources, since)
		}
	})
}

// during runs f until stop is called.
func during(ctx context.Context, f func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	running.Go(func() { f(ctx) })
	return func() {
		cancel()
		running.Wait()
	}
}

// follow watches what the program is built from now, and notes what has changed
// there since.
func (c *codeWatch) follow(w *watch.Watcher, sources *gobuild.Sources, since time.Time) {
	c.mu.Lock()
	before := c.sources
	c.sources = []*gobuild.Sources{sources}
	if c.failed && len(before) > 0 {
		c.sources = append(c.sources, before[0])
	}
	targets := watch.Targets{Files: c.settings}
	for _, s := range c.sources {
		targets.Trees = append(targets.Trees, trees(s)...)
	}
	known := c.failed || len(before) == 0 || sources.Trouble == "" || sources.Trouble == c.trouble
	c.trouble = sources.Trouble
	if c.failed {
		c.trouble = "" // when it is mended it may come again
	}
	c.mu.Unlock()
	w.Set(targets)
	// What vanished before it was watched.
	if gone := sources.Gone(); gone != "" {
		c.missed(sources.Show(gone))
	} else if !known {
		c.missed(sources.Trouble)
	}
	c.note(slices.DeleteFunc(sources.Newer(since), func(name string) bool { return kind(before, name) != gobuild.Nothing }), false)
}

// missed asks for a build because of something that can't be watched.
func (c *codeWatch) missed(name string) {
	c.mu.Lock()
	c.changed = append(c.changed, name)
	c.mu.Unlock()
	c.note(nil, true)
}

func trees(s *gobuild.Sources) (all []watch.Tree) {
	for _, root := range s.Folders() {
		all = append(all, watch.Tree{
			Root:   root,
			File:   func(path string) bool { return s.Kind(filepath.Join(root, path)) != gobuild.Nothing },
			Folder: func(path string) bool { return s.Enter(filepath.Join(root, path)) },
		})
	}
	return all
}

func kind(sources []*gobuild.Sources, path string) (k gobuild.Kind) {
	for _, s := range sources {
		k = max(k, s.Kind(path))
	}
	return k
}

// note asks for a build if one of the names counts. more says that others may
// have changed, too.
func (c *codeWatch) note(names []string, more bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, name := range names {
		switch kind(c.sources, name) {
		case gobuild.Template:
			c.reread = true
		case gobuild.Nothing:
			if !c.failed || !slices.Contains(c.settings, name) {
				continue
			}
		}
		more = true
		if name = c.sources[0].Show(name); !slices.Contains(c.changed, name) {
			c.changed = append(c.changed, name)
		}
	}
	if more {
		select {
		case c.changes <- struct{}{}:
		default: // a build is asked for already
		}
	}
}

// building notes that a build begins. reread says whether the program has to
// start even if it is the same.
func (c *codeWatch) building() (reread bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.since = time.Now()
	return c.reread
}

// built notes what came of it, and looks which files count now.
func (c *codeWatch) built(live bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.failed = !live
	if live {
		c.changed, c.reread = nil, false
	}
	select {
	case <-c.relist:
	default:
	}
	c.relist <- c.since
}

// what says what has changed, for people.
func (c *codeWatch) what() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch n := len(c.changed); n {
	case 0:
		return "Many files"
	case 1:
		return c.changed[0]
	case 2:
		return c.changed[0] + " and " + c.changed[1]
	default:
		return c.changed[0] + " and " + count(n-1, "other file")
	}
}
