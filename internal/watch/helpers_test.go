package watch_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/settled-go/settled/internal/watch"
)

// a place is a folder of its own with a Watcher.
type place struct {
	*testing.T
	dir string
	w   *watch.Watcher
}

// newPlace starts to watch; names in targets start at the place's folder.
func newPlace(t *testing.T, prepare func(place), targets watch.Targets) place {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	p := place{T: t, dir: dir}
	p.write("sentinel", "0")
	if prepare != nil {
		prepare(p)
	}
	p.w, err = watch.New(watch.Options{OnError: func(err error) { t.Errorf("OnError: %v", err) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.w.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	all := watch.Targets{Files: []string{p.path("sentinel")}}
	for _, name := range targets.Files {
		all.Files = append(all.Files, p.path(name))
	}
	for _, tree := range targets.Trees {
		tree.Root = p.path(tree.Root)
		all.Trees = append(all.Trees, tree)
	}
	p.w.Set(all)
	return p
}

func (p place) path(name string) string { return filepath.Join(p.dir, filepath.FromSlash(name)) }

func (p place) must(err error) {
	p.Helper()
	if err != nil {
		p.Fatal(err)
	}
}

func (p place) write(name, text string) {
	p.Helper()
	p.must(os.WriteFile(p.path(name), []byte(text), 0o666))
}

func (p place) mkdir(name string) { p.Helper(); p.must(os.MkdirAll(p.path(name), 0o777)) }

func (p place) rename(from, to string) { p.Helper(); p.must(os.Rename(p.path(from), p.path(to))) }

func (p place) remove(name string) { p.Helper(); p.must(os.RemoveAll(p.path(name))) }

// link makes name a link to target, which is taken as it is.
func (p place) link(target, name string) { p.Helper(); p.must(os.Symlink(target, p.path(name))) }

// next is the next change.
func (p place) next() watch.Change {
	p.Helper()
	select {
	case c, ok := <-p.w.Changes():
		if !ok {
			p.Fatal("Changes is closed")
		}
		return c
	case <-time.After(20 * time.Second):
		p.Fatal("no change is told")
		panic("unreachable")
	}
}

// await receives changes until one has the name.
func (p place) await(name string) {
	p.Helper()
	for !slices.Contains(p.next().Names, p.path(name)) {
	}
}

// settle returns all names that are told of what has been done so far, below
// the place's folder: what a file that is changed last comes with or after.
func (p place) settle() []string {
	p.Helper()
	p.write("sentinel", "1")
	var names []string
	for {
		c := p.next()
		for _, name := range c.Names {
			if rel, err := filepath.Rel(p.dir, name); err == nil && rel != "sentinel" {
				names = append(names, filepath.ToSlash(rel))
			}
		}
		if slices.Contains(c.Names, p.path("sentinel")) {
			slices.Sort(names)
			return slices.Compact(names)
		}
	}
}
