// Package atomicfile replaces files so that nobody ever sees half of one.
package atomicfile

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write puts data in the place of what the file holds, or makes it: Stage and
// Commit in one.
func Write(path string, data []byte) error {
	s, err := Stage(path, data)
	if err != nil {
		return err
	}
	return s.Commit()
}

// A Staged is data that is ready to take a file's place. Either Commit or
// Discard ends it.
type Staged struct {
	path      string
	temporary string // a file beside it; empty for what is written to as it is
	data      []byte
}

// Stage writes data to a new file beside the one at path, which it leaves as it
// is. Of a link, the file that it leads to is meant. The new file has the mode
// of the old one from the start and, where that may be, its owner. What nobody
// may write to, a file or a folder, is an error even for those who could.
func Stage(path string, data []byte) (*Staged, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return &Staged{path: path, data: data}, nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return nil, err
	case err == nil && isReadOnly(info):
		return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrPermission}
	}
	dir := filepath.Dir(path)
	if folder, err := os.Stat(dir); err == nil && isReadOnly(folder) {
		return nil, &fs.PathError{Op: "open", Path: dir, Err: fs.ErrPermission}
	}
	temporary := filepath.Join(dir, "."+filepath.Base(path)+"."+rand.Text())
	if err := writeBeside(temporary, data, info); err != nil {
		return nil, err
	}
	return &Staged{path: path, temporary: temporary}, nil
}

func isReadOnly(info fs.FileInfo) bool { return info.Mode().Perm()&0o222 == 0 }

// Commit puts the data in the file's place. Whatever goes wrong, the file has
// its old content or the new one. What is no regular file, such as a pipe, is
// written to as it is.
func (s *Staged) Commit() error {
	if s.temporary == "" {
		return writeInto(s.path, os.O_WRONLY, 0, s.data)
	}
	err := os.Rename(s.temporary, s.path)
	if err != nil {
		s.Discard()
	}
	return err
}

// Discard leaves the file as it is.
func (s *Staged) Discard() {
	if s.temporary != "" {
		_ = os.Remove(s.temporary)
	}
}

// writeBeside makes a file like an old one, if there is one. It does not stay
// when something goes wrong.
func writeBeside(path string, data []byte, old fs.FileInfo) error {
	const flag = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	if old == nil {
		return writeInto(path, flag, 0o666, data)
	}
	err := writeInto(path, flag, 0o600, data) // it may hold secrets
	if err == nil {
		chown(path, old)
		if err = os.Chmod(path, old.Mode().Perm()); err != nil {
			_ = os.Remove(path)
		}
	}
	return err
}

// writeInto writes to a file and to its disk. A file that it made does not stay
// when that fails.
func writeInto(path string, flag int, mode fs.FileMode, data []byte) error {
	file, err := os.OpenFile(path, flag, mode)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	made := flag&os.O_CREATE != 0
	if err == nil && made {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil && made {
		_ = os.Remove(path)
	}
	return err
}
