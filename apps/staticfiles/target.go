package staticfiles

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"time"
)

// A target is STATIC_ROOT. What it writes is there as a whole or not at all, and never
// outside of the folder.
type target struct {
	root *os.Root // nil while nothing is there and nothing is to be written
}

func openTarget(dir string, dry bool) (*target, error) {
	if !dry {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, err
		}
	}
	root, err := os.OpenRoot(dir)
	if dry && errors.Is(err, fs.ErrNotExist) {
		return &target{}, nil
	}
	return &target{root}, err
}

func (t *target) close() {
	if t.root != nil {
		t.root.Close()
	}
}

// stat is what a name stands for, and whether it is a link. A link that leads
// nowhere is there, too.
func (t *target) stat(name string) (info fs.FileInfo, isLink bool, err error) {
	if t.root == nil {
		return nil, false, fs.ErrNotExist
	}
	info, err = t.root.Lstat(name)
	if err != nil || info.Mode()&fs.ModeSymlink == 0 {
		return info, false, err
	}
	// collectstatic --link makes links that lead out.
	if real, err := os.Stat(path.Join(t.root.Name(), name)); err == nil {
		info = real
	}
	return info, true, nil
}

// write puts what r gives in the place of the file.
func (t *target) write(name string, r io.Reader) error {
	return t.place(name, func(temporary string) error {
		f, err := t.root.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return err
		}
		_, err = io.Copy(f, r)
		return errors.Join(err, f.Chmod(0o644), f.Close()) // 0644 is Django's, whatever the umask is
	})
}

func (t *target) writeBytes(name string, data []byte) error {
	return t.write(name, bytes.NewReader(data))
}

// link puts a link in the place of the file.
func (t *target) link(name, to string) error {
	return t.place(name, func(temporary string) error { return t.root.Symlink(to, temporary) })
}

// place makes a file under another name and then moves it. A link that was there is
// replaced, and not what it leads to.
func (t *target) place(name string, create func(temporary string) error) error {
	dir := path.Dir(name)
	if err := t.root.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	temporary := path.Join(dir, "."+rand.Text())
	err := create(temporary)
	if err == nil {
		err = t.root.Rename(temporary, name)
	}
	if err != nil {
		_ = t.root.Remove(temporary)
	}
	return err
}

// holds says whether a file has this content.
func (t *target) holds(name string, r io.Reader) (bool, error) {
	f, err := t.root.Open(name)
	if err != nil {
		return false, nil // a link that leads out, perhaps
	}
	defer f.Close()
	return sameContent(f, r)
}

// touch gives a file a time.
func (t *target) touch(name string, at time.Time) error { return t.root.Chtimes(name, at, at) }

func (t *target) remove(name string) error {
	err := t.root.Remove(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// clear deletes all files; folders stay, as in Django. A link is deleted, and not what it
// leads to.
func (t *target) clear(remove func(name string) error) error {
	if t.root == nil {
		return nil
	}
	return fs.WalkDir(t.root.FS(), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		return remove(name)
	})
}
