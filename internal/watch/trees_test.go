package watch_test

import (
	"fmt"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/internal/watch"
)

// goTree is a tree of Go files, without hidden folders.
func goTree(root string) watch.Targets {
	return watch.Targets{Trees: []watch.Tree{{
		Root:   root,
		File:   func(name string) bool { return strings.HasSuffix(name, ".go") },
		Folder: func(name string) bool { return !strings.HasPrefix(path.Base(name), ".") },
	}}}
}

func TestTrees(t *testing.T) {
	prepare := func(p place) {
		p.mkdir("m/a/b")
		p.mkdir("m/.git")
		p.write("m/main.go", "1")
		p.write("m/a/b/b.go", "1")
		p.mkdir("out")
	}
	for _, tt := range []struct {
		name   string
		change func(place)
		want   []string
	}{
		{"written", func(p place) { p.write("m/main.go", "2"); p.write("m/a/b/b.go", "2") }, []string{"m/a/b/b.go", "m/main.go"}},
		{"new", func(p place) { p.write("m/a/a.go", "1") }, []string{"m/a/a.go"}},
		{"removed", func(p place) { p.remove("m/main.go") }, []string{"m/main.go"}},
		{"renamed", func(p place) { p.rename("m/main.go", "m/other.go") }, []string{"m/main.go", "m/other.go"}},
		{"of no interest", func(p place) {
			p.write("m/x.txt", "1")
			p.write("m/.git/x.go", "1")
			p.mkdir("m/.new")
			p.write("m/.new/x.go", "1")
			p.write("out/x.go", "1")
			p.must(os.Chmod(p.path("m/main.go"), 0o600))
		}, nil},
		{"folder moved in, with what is in it", func(p place) {
			p.mkdir("out/c/d")
			p.write("out/c/d/d.go", "1")
			p.rename("out/c", "m/c")
		}, []string{"m/c/d/d.go"}},
		{"folder moved out", func(p place) {
			p.rename("m/a", "out/a")
			p.settle()
			p.write("out/a/b/b.go", "2")
			p.mkdir("m/a")
			p.write("m/a/new.go", "1")
		}, []string{"m/a/new.go"}},
		{"folder moved out, told", func(p place) { p.rename("m/a", "out/a") }, []string{"m/a"}},
		{"folder renamed", func(p place) {
			p.rename("m/a", "m/z")
			p.settle()
			p.write("m/z/b/b.go", "2")
		}, []string{"m/z/b/b.go"}},
		{"folder removed", func(p place) { p.remove("m/a") }, []string{"m/a", "m/a/b", "m/a/b/b.go"}},
		{"folder removed and made again", func(p place) {
			p.remove("m/a")
			p.mkdir("m/a/b")
			p.settle()
			p.write("m/a/b/b.go", "2")
		}, []string{"m/a/b/b.go"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t, prepare, goTree("m"))
			tt.change(p)
			if diff := cmp.Diff(tt.want, p.settle()); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
		})
	}
}

// A folder that was just made is known with all that came into it before it was
// watched.
func TestTreeSeesWhatCameEarly(t *testing.T) {
	t.Parallel()
	p := newPlace(t, func(p place) { p.mkdir("m") }, goTree("m"))
	var want []string
	for i := range 100 {
		folder := fmt.Sprintf("m/%02d/x/y", i)
		p.mkdir(folder)
		p.write(folder+"/f.go", "1")
		want = append(want, folder+"/f.go")
	}
	if diff := cmp.Diff(want, p.settle()); diff != "" {
		t.Errorf("told (-want +got):\n%s", diff)
	}
	p.write("m/99/x/y/f.go", "2")
	p.await("m/99/x/y/f.go")
}

func TestTreeBehindALink(t *testing.T) {
	t.Parallel()
	p := newPlace(t, func(p place) { p.mkdir("real/a"); p.link("real", "m") }, goTree("m"))
	p.write("real/a/a.go", "1")
	if got, want := p.settle(), []string{"m/a/a.go"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

// A generator that writes thousands of files is a few changes, and no goroutine
// more than one file is.
func TestStormInATree(t *testing.T) {
	if testing.Short() {
		t.Skip("writes thousands of files")
	}
	t.Parallel()
	p := newPlace(t, func(p place) { p.mkdir("m") }, goTree("m"))
	most := 0
	for i := range 100 {
		folder := fmt.Sprintf("m/%d", i)
		p.mkdir(folder)
		for j := range 50 {
			p.write(fmt.Sprintf("%s/%d.go", folder, j), "x")
		}
		most = max(most, runtime.NumGoroutine())
	}
	changes := 1
	for !p.next().More {
		changes++
	}
	p.write("sentinel", "1")
	for !slices.Contains(p.next().Names, p.path("sentinel")) {
		changes++
	}
	if changes > 3 {
		t.Errorf("%d changes", changes)
	}
	if most > 1000 {
		t.Errorf("%d goroutines", most)
	}
}
