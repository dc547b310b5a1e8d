// Package atomicfile replaces files so that nobody ever sees half of one.
package atomicfile

import (
	"crypto/rand"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Write puts data in the place of what the file holds, or makes it. Whatever
// goes wrong, the file has its old content or the new one. It keeps its mode;
// of a link, the file that it leads to is replaced. What is no regular file,
// such as a pipe, is written to as it is.
func Write(path string, data []byte) error {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	info, err := os.Stat(path)
	switch {
	case err == nil && !info.Mode().IsRegular():
		return writeInto(path, os.O_WRONLY, data)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	temporary := filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+rand.Text())
	if err := writeInto(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, data); err != nil {
		return err
	}
	if err = rename(temporary, path, info); err != nil {
		_ = os.Remove(temporary)
	}
	return err
}

// rename puts a file in the place of another one, whose mode it takes on if
// there is one.
func rename(from, to string, old fs.FileInfo) error {
	if old != nil {
		if err := os.Chmod(from, old.Mode().Perm()); err != nil {
			return err
		}
	}
	return os.Rename(from, to)
}

// writeInto writes to a file and to its disk. A file that it made does not stay
// when that fails.
func writeInto(path string, flag int, data []byte) error {
	file, err := os.OpenFile(path, flag, 0o666)
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
