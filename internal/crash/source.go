package crash

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const (
	context = 5       // lines shown before and behind that of the call
	largest = 4 << 20 // bytes; what is larger was not written by people
)

// A Line is one of a source file.
type Line struct {
	Number int
	Text   string
	Here   bool // the call stands in it
}

// A reader reads each source file once.
type reader struct {
	built time.Time
	files map[string]source
}

type source struct {
	lines []string
	stale bool
}

func newReader() *reader { return &reader{built: built(), files: map[string]source{}} }

// built is when the program was, as far as its file tells.
var built = sync.OnceValue(func() time.Time {
	path, err := os.Executable()
	if err != nil {
		return time.Time{}
	}
	info, err := os.Stat(path)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
})

// around are the lines around one of a file; none when there is no such file here,
// as on the machines that a program is deployed to.
func (r *reader) around(path string, number int) (lines []Line, stale bool) {
	file, ok := r.files[path]
	if !ok {
		file = r.read(path)
		r.files[path] = file
	}
	if number < 1 || number > len(file.lines) {
		return nil, false
	}
	first, last := max(1, number-context), min(len(file.lines), number+context)
	for n := first; n <= last; n++ {
		lines = append(lines, Line{n, file.lines[n-1], n == number})
	}
	return lines, file.stale
}

func (r *reader) read(path string) source {
	// A path that starts elsewhere, as after -trimpath, would be looked for in
	// the working directory.
	if !filepath.IsAbs(path) {
		return source{}
	}
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() || info.Size() > largest {
		return source{}
	}
	file, err := os.Open(path)
	if err != nil {
		return source{}
	}
	defer file.Close()
	text, err := io.ReadAll(io.LimitReader(file, largest))
	if err != nil || bytes.IndexByte(text, 0) >= 0 {
		return source{}
	}
	lines := strings.Split(strings.ReplaceAll(strings.TrimSuffix(string(text), "\n"), "\r\n", "\n"), "\n")
	return source{lines, !r.built.IsZero() && info.ModTime().After(r.built)}
}
