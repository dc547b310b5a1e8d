package watch_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/fsnotify/fsnotify"

	"github.com/settled-go/settled/internal/watch"
)

// system stands in for the operating system: it watches a limited number of
// folders, and tests make its events.
type system struct {
	events chan fsnotify.Event
	errors chan error
	limit  int
	refuse error

	mu      sync.Mutex
	watched []string
}

func newSystem() *system {
	return &system{events: make(chan fsnotify.Event), errors: make(chan error), limit: 1000}
}

func (s *system) Add(folder string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.watched) == s.limit {
		return s.refuse
	}
	if !slices.Contains(s.watched, folder) {
		s.watched = append(s.watched, folder)
	}
	return nil
}

func (s *system) Remove(folder string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watched = slices.DeleteFunc(s.watched, func(f string) bool { return f == folder })
	return nil
}

func (s *system) Close() error {
	close(s.events)
	close(s.errors)
	return nil
}

func (s *system) folders() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(slices.Values(s.watched))
}

// start watches dir as a tree on the system and returns the errors that were
// told.
func (s *system) start(t *testing.T, dir string) (w *watch.Watcher, told func() []string) {
	t.Helper()
	var mu sync.Mutex
	var errs []string
	w = watch.Start(watch.Options{OnError: func(err error) {
		mu.Lock()
		defer mu.Unlock()
		errs = append(errs, err.Error())
	}}, s, s.events, s.errors)
	t.Cleanup(func() { w.Close() })
	w.Set(watch.Targets{Files: []string{filepath.Join(dir, "f")}, Trees: []watch.Tree{{Root: dir}}})
	return w, func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(errs)
	}
}

func folders(t *testing.T, names ...string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := os.MkdirAll(filepath.Join(dir, name), 0o777); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// When the system's limit is reached, one line says so, and what is watched
// already goes on.
func TestLimit(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err  error
		want string
	}{
		{syscall.ENOSPC, "fs.inotify.max_user_watches"},
		{syscall.EMFILE, "ulimit -n"},
	} {
		s := newSystem()
		s.limit, s.refuse = 2, tt.err
		dir := folders(t, "a", "b", "c", "d")
		w, told := s.start(t, dir)
		if got := told(); len(got) != 1 || !strings.Contains(got[0], tt.want) || strings.Contains(got[0], "\n") {
			t.Errorf("told %q, want one line with %s", got, tt.want)
		}
		s.events <- fsnotify.Event{Name: filepath.Join(dir, "f"), Op: fsnotify.Write}
		if c := <-w.Changes(); !slices.Equal(c.Names, []string{filepath.Join(dir, "f")}) {
			t.Errorf("changed: %q", c.Names)
		}
		w.Close()
	}
}

func TestFolderThatCantBeWatched(t *testing.T) {
	t.Parallel()
	s := newSystem()
	s.limit, s.refuse = 1, &os.PathError{Op: "inotify_add_watch", Path: "x", Err: syscall.EACCES}
	dir := folders(t, "a")
	_, told := s.start(t, dir)
	want := []string{"the folder \"" + filepath.Join(dir, "a") + "\" is not watched: permission denied"}
	if got := told(); !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}

// When the system loses events, anything may have changed: watches are set
// again, new folders are found, and the change says so.
func TestOverflow(t *testing.T) {
	t.Parallel()
	s := newSystem()
	dir := folders(t, "a", "b")
	w, told := s.start(t, dir)
	if err := os.Rename(filepath.Join(dir, "a"), filepath.Join(dir, "c")); err != nil {
		t.Fatal(err)
	}
	s.errors <- fsnotify.ErrEventOverflow
	c := <-w.Changes()
	if want := []string{dir, filepath.Join(dir, "f")}; !c.More || !slices.Equal(c.Names, want) {
		t.Errorf("changed: %v, want More and %q", c, want)
	}
	if got, want := s.folders(), []string{dir, filepath.Join(dir, "b"), filepath.Join(dir, "c")}; !slices.Equal(got, want) {
		t.Errorf("watched: %q, want %q", got, want)
	}
	if got := told(); len(got) > 0 {
		t.Errorf("told: %q", got)
	}
}

func TestOtherErrors(t *testing.T) {
	t.Parallel()
	s := newSystem()
	_, told := s.start(t, folders(t))
	s.errors <- errors.New("out of luck")
	s.errors <- fsnotify.ErrEventOverflow // the one before has been told now
	if got, want := told(), []string{"files can't be watched: out of luck"}; !slices.Equal(got, want) {
		t.Errorf("told %q, want %q", got, want)
	}
}
