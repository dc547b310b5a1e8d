package settings

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"sync"
)

// A File is a settings file with what it extends and the environment that
// overrides it: every value, who has claimed it, and where it is written. It
// is for one project. It is safe for concurrent use. Printed or logged it is
// its name.
type File struct {
	name string
	// open leads to all the rest, secrets among it. It is a func since fmt
	// calls no methods on unexported fields of a struct around the File, and
	// prints no more of a func than its address.
	open func() *file
}

// A file is what a File holds.
type file struct {
	name    string
	sources []*source // the file first; an earlier one hides a later one's names
	env     environment

	mu     sync.Mutex // guards what follows
	claims claims
	masks  map[*source]mask
}

// Options are what Parse takes from outside the text.
type Options struct {
	// Env is the environment, "K=V" as os.Environ gives it; nil is none.
	Env []string
}

// Load reads a settings file, the files that it extends, and the process's
// environment. The error is a *checks.Failure with the place of each problem
// when a file says something that can't be, and one plain line when the file
// can't be read. What the values mean is not looked at yet.
func Load(path string) (*File, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, data, Options{Env: os.Environ()})
}

// Parse is Load for a text. Places show name, and paths in the text start at
// its directory. The files that the text extends are read from disk.
func Parse(name string, data []byte, o Options) (*File, error) {
	return parseWith(name, data, nil, newEnvironment(o.Env))
}

// parseWith is Parse, with texts to read instead of those on disk.
func parseWith(name string, data []byte, texts map[string][]byte, env environment) (*File, error) {
	sources, ms := loadSources(name, data, texts)
	if err := ms.Err(); err != nil {
		return nil, err
	}
	f := &file{name: name, sources: sources, env: env, claims: newClaims(), masks: map[*source]mask{}}
	return &File{name, func() *file { return f }}, nil
}

// Name is the file's path as it was given to Load or Parse.
func (f *File) Name() string { return f.name }

// Format prints Name for every verb.
func (f File) Format(s fmt.State, _ rune) { io.WriteString(s, f.name) }

// LogValue is Name, for slog.
func (f File) LogValue() slog.Value { return slog.StringValue(f.name) }

// Files are the paths of the file and of all that it extends, the file first:
// what to watch for changes.
func (f *File) Files() []string {
	sources := f.open().sources
	names := make([]string, len(sources))
	for i, s := range sources {
		names[i] = s.name
	}
	return names
}
