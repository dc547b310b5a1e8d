package watch_test

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/settled-go/settled/internal/watch"
)

// Whatever way a file is changed, that is told; and the next change too.
func TestFiles(t *testing.T) {
	file := func(p place) { p.write("f", "1") }
	mounted := func(p place) {
		p.mkdir("..1")
		p.write("..1/f", "1")
		p.link("..1", "..data")
		p.link("..data/f", "f")
	}
	for _, tt := range []struct {
		name            string
		prepare, change func(place)
		file            string
	}{
		{"written in place", file, func(p place) { p.write("f", "2") }, "f"},
		{"made shorter, then written", file, func(p place) {
			f, err := os.Create(p.path("f"))
			p.must(err)
			_, err = f.WriteString("2")
			p.must(err)
			p.must(f.Close())
		}, "f"},
		{"replaced", file, func(p place) { p.write("new", "2"); p.rename("new", "f") }, "f"},
		{"as vim does with backups", file, func(p place) { p.rename("f", "f~"); p.write("f", "2"); p.remove("f~") }, "f"},
		{"removed and made again", file, func(p place) { p.remove("f"); p.write("f", "2") }, "f"},
		{"removed", file, func(p place) { p.remove("f"); p.await("f"); p.settle(); p.write("f", "3") }, "f"},
		{"not there yet", nil, func(p place) { p.write("f", "1") }, "f"},
		{"in folders that are not there yet", nil, func(p place) { p.mkdir("a/b"); p.write("a/b/f", "1") }, "a/b/f"},
		{"its folder removed and made again", func(p place) { p.mkdir("a"); p.write("a/f", "1") },
			func(p place) { p.remove("a"); p.mkdir("a"); p.write("a/f", "2") }, "a/f"},
		{"its folder replaced", func(p place) { p.mkdir("a"); p.write("a/f", "1") },
			func(p place) { p.mkdir("b"); p.write("b/f", "2"); p.rename("a", "old"); p.rename("b", "a") }, "a/f"},
		{"a link to a file", func(p place) { p.mkdir("a"); p.write("a/g", "1"); p.link("a/g", "f") },
			func(p place) { p.write("a/g", "2") }, "f"},
		{"a link that is replaced", func(p place) { p.write("1", "1"); p.write("2", "2"); p.link("1", "f") },
			func(p place) { p.link(p.path("2"), "new"); p.rename("new", "f"); p.settle(); p.write("2", "3") }, "f"},
		{"a link to nowhere", func(p place) { p.link("a/../a/g", "f") },
			func(p place) { p.mkdir("a"); p.write("a/g", "1") }, "f"},
		{"as Kubernetes mounts a ConfigMap", mounted, func(p place) {
			p.mkdir("..2")
			p.write("..2/f", "2")
			p.link("..2", "..tmp")
			p.rename("..tmp", "..data")
			p.remove("..1")
		}, "f"},
		{"below a folder that is a link", func(p place) {
			p.mkdir("1")
			p.mkdir("2")
			p.write("1/f", "1")
			p.write("2/f", "2")
			p.link("1", "current")
		},
			func(p place) { p.link("2", "new"); p.rename("new", "current") }, "current/f"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, tt.prepare, watch.Targets{Files: []string{tt.file}})
			tt.change(p)
			p.await(tt.file)
			p.settle()
			p.write(tt.file, "3")
			p.await(tt.file)
		})
	}
}

// Nothing else is told.
func TestFilesAlone(t *testing.T) {
	t.Parallel()
	p := newPlace(t, func(p place) { p.write("f", "1"); p.write("other", "1") }, watch.Targets{Files: []string{"f"}})
	p.must(os.Chmod(p.path("f"), 0o600))
	p.must(os.Chtimes(p.path("f"), time.Now(), time.Now()))
	p.write("other", "2")
	p.write("f~", "1")
	p.rename("f~", "f.bak")
	p.mkdir("folder/folder")
	if got := p.settle(); len(got) > 0 {
		t.Errorf("told: %q", got)
	}
}

// A file has the name that it was given, though it is a link to one with another,
// and two names of one file are both told.
func TestFilesBySeveralNames(t *testing.T) {
	t.Parallel()
	p := newPlace(t, func(p place) { p.write("f", "1"); p.link("f", "g") }, watch.Targets{Files: []string{"f", "g", "./g/../g"}})
	p.write("g", "2")
	if got, want := p.settle(), []string{"f", "g"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

// Links in a circle are watched as far as they go.
func TestFilesInACircle(t *testing.T) {
	t.Parallel()
	p := newPlace(t, func(p place) { p.link("g", "f"); p.link("f", "g") }, watch.Targets{Files: []string{"f"}})
	p.remove("g")
	p.await("f")
	p.write("g", "1")
	p.await("f")
}

func TestSetReplaces(t *testing.T) {
	t.Parallel()
	p := newPlace(t, func(p place) { p.mkdir("a"); p.write("a/f", "1"); p.write("g", "1") }, watch.Targets{Files: []string{"a/f"}})
	p.w.Set(watch.Targets{Files: []string{p.path("g"), p.path("sentinel")}})
	p.write("a/f", "2")
	p.write("g", "2")
	if got, want := p.settle(), []string{"g"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
	p.w.Set(watch.Targets{Files: []string{p.path("a/f"), p.path("sentinel")}})
	p.write("a/f", "3")
	if got, want := p.settle(), []string{"a/f"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

// Thousands of files beside one that is watched are nothing to it.
func TestStormBesideAFile(t *testing.T) {
	if testing.Short() {
		t.Skip("writes thousands of files")
	}
	t.Parallel()
	p := newPlace(t, func(p place) { p.write("f", "1") }, watch.Targets{Files: []string{"f"}})
	for i := range 5000 {
		p.write(fmt.Sprintf("generated%d", i), "x")
	}
	p.write("f", "2")
	changes := 0
	for {
		c := p.next()
		if changes++; slices.Contains(c.Names, p.path("f")) {
			break
		}
	}
	if changes > 2 { // two when the system has lost count
		t.Errorf("%d changes", changes)
	}
}

func TestClose(t *testing.T) {
	t.Parallel()
	p := newPlace(t, nil, watch.Targets{})
	p.write("sentinel", "1") // nobody receives it
	p.must(p.w.Close())
	for range p.w.Changes() {
		// told before it was closed
	}
	p.w.Set(watch.Targets{Files: []string{p.path("f")}})
	p.must(p.w.Close())
}
