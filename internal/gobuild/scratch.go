package gobuild

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
)

// A Scratch is a directory for built programs, below os.TempDir. It is gone with
// Close; one whose process was killed is swept away by the next Scratch.
type Scratch struct {
	dir  string
	lock *os.File
}

const scratchName = "settled-runserver-"

// NewScratch makes the directory.
func NewScratch() (*Scratch, error) {
	sweep()
	dir, err := os.MkdirTemp("", scratchName)
	if err != nil {
		return nil, err
	}
	lock, err := os.CreateTemp(dir, "")
	if err != nil {
		return nil, err
	}
	_ = tryLock(lock) // where there are no locks nothing is swept away, either
	s := &Scratch{dir, lock}
	return s, os.Rename(lock.Name(), s.File(lockName))
}

const lockName = "lock"

// Dir is the directory.
func (s *Scratch) Dir() string { return s.dir }

// File is a path in the directory.
func (s *Scratch) File(name string) string { return filepath.Join(s.dir, name) }

// Close removes the directory.
func (s *Scratch) Close() error {
	_ = s.lock.Close()
	return os.RemoveAll(s.dir)
}

// sweep removes the directories whose lock nobody holds. One that has no lock
// yet is just being made.
func sweep() {
	locks, _ := filepath.Glob(filepath.Join(os.TempDir(), scratchName+"*", lockName))
	for _, name := range locks {
		lock, err := os.OpenFile(name, os.O_RDWR, 0)
		if err != nil {
			continue // somebody else's
		}
		if tryLock(lock) {
			_ = os.RemoveAll(filepath.Dir(name))
		}
		_ = lock.Close()
	}
}

// Same says whether two files hold the same.
func Same(a, b string) bool {
	f, err := os.Open(a)
	if err != nil {
		return false
	}
	defer f.Close()
	g, err := os.Open(b)
	if err != nil {
		return false
	}
	defer g.Close()
	return sameBytes(f, g)
}

func sameBytes(f, g *os.File) bool {
	fi, err := f.Stat()
	if err != nil {
		return false
	}
	gi, err := g.Stat()
	if err != nil || fi.Size() != gi.Size() || os.SameFile(fi, gi) {
		return os.SameFile(fi, gi)
	}
	p, q := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		n, err := io.ReadFull(f, p)
		m, _ := io.ReadFull(g, q)
		if !bytes.Equal(p[:n], q[:m]) {
			return false
		}
		if err != nil {
			return err == io.EOF || err == io.ErrUnexpectedEOF
		}
	}
}
