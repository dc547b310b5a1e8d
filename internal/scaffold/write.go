package scaffold

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/settled-go/settled/internal/atomicfile"
)

// A Plan is what is to be written.
type Plan struct {
	Kind  Kind
	Dir   string // where Files go; made when it isn't there
	Files []File
	Edits []Edit
}

// An Edit is a new text for a file that is there.
type Edit struct {
	Path     string
	Old, New string
}

// Write does all of the plan, or nothing. A file that is there is never replaced,
// unless an edit says so and it holds what it held when the edit was made. note
// is told the path of each file that is about to be made.
func (p Plan) Write(note func(path string)) error {
	for _, f := range p.Files {
		if name := p.path(f); exists(name) {
			//lint:ignore ST1005 the sentence is Django's
			return fmt.Errorf("%s already exists. Overlaying %s into an existing directory won't replace conflicting files.", name, article(p.Kind)+" "+string(p.Kind))
		}
	}
	var u undo
	err := p.write(&u, note)
	if err != nil {
		u.run()
	}
	return err
}

func (p Plan) path(f File) string { return filepath.Join(p.Dir, filepath.FromSlash(f.Path)) }

func (p Plan) write(u *undo, note func(path string)) error {
	staged := make([]*atomicfile.Staged, len(p.Edits))
	for i, e := range p.Edits {
		s, err := atomicfile.Stage(e.Path, []byte(e.New))
		if err != nil {
			return fmt.Errorf("%s can't be replaced: %w", e.Path, withoutPath(err))
		}
		staged[i] = s
		u.add(s.Discard)
	}
	for _, f := range p.Files {
		name := p.path(f)
		note(name)
		if err := u.mkdir(filepath.Dir(name)); err != nil {
			return err
		}
		if err := u.create(name, f); err != nil {
			return err
		}
	}
	for i, e := range p.Edits {
		if now, err := os.ReadFile(e.Path); err != nil || !bytes.Equal(now, []byte(e.Old)) {
			return fmt.Errorf("%s has changed since it was read; run this again", e.Path)
		}
		if err := staged[i].Commit(); err != nil {
			return fmt.Errorf("%s can't be replaced: %w", e.Path, withoutPath(err))
		}
		u.add(func() { _ = atomicfile.Write(e.Path, []byte(e.Old)) })
	}
	return nil
}

// undo is how to get back to where one was.
type undo []func()

func (u *undo) add(step func()) { *u = append(*u, step) }

func (u undo) run() {
	for _, step := range slices.Backward(u) {
		step()
	}
}

// mkdir makes a directory with those above it.
func (u *undo) mkdir(dir string) error {
	if info, err := os.Stat(dir); err == nil && info.IsDir() {
		return nil
	}
	if parent := filepath.Dir(dir); parent != dir {
		if err := u.mkdir(parent); err != nil {
			return err
		}
	}
	if err := os.Mkdir(dir, 0o777); err != nil {
		return fmt.Errorf("%s can't be made: %w", dir, withoutPath(err))
	}
	u.add(func() { _ = os.Remove(dir) })
	return nil
}

func (u *undo) create(name string, f File) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, f.Mode)
	if err == nil {
		u.add(func() { _ = os.Remove(name) })
		_, err = file.Write(f.Data)
		err = errors.Join(err, file.Close())
	}
	if err != nil {
		return fmt.Errorf("%s can't be written: %w", name, withoutPath(err))
	}
	return nil
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// withoutPath is an error of the file system without what its message repeats.
func withoutPath(err error) error {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err
	}
	return err
}
