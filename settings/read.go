package settings

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// maxFile is the size in bytes above which a file is surely not settings.
const maxFile = 64 << 20

// readFile is the content of a settings file.
func readFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, &readError{path, err}
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err == nil && len(data) > maxFile {
		err = fmt.Errorf("larger than %d MiB", maxFile>>20)
	}
	if err != nil {
		return nil, &readError{path, err}
	}
	return data, nil
}

// readRegular is readFile for a file that is neither a pipe, which may never
// end, nor a device.
func readRegular(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		err = errors.New("not a regular file")
	}
	if err != nil {
		return nil, &readError{path, err}
	}
	return readFile(path)
}

// A readError is why a settings file can't be read.
type readError struct {
	path string
	err  error
}

func (e *readError) Error() string { return fmt.Sprintf("settings file %q: %s", e.path, e.reason()) }

func (e *readError) Unwrap() error { return e.err }

// reason leaves out the path and the name of the system call.
func (e *readError) reason() string {
	if errors.Is(e.err, fs.ErrNotExist) {
		return "no such file"
	}
	var pathError *fs.PathError
	if errors.As(e.err, &pathError) {
		return pathError.Err.Error()
	}
	return e.err.Error()
}
