package settings

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
)

// extends is the setting that names the files whose settings a file takes over.
const extends = "EXTENDS"

// A loader reads a file and all that it extends, each once.
type loader struct {
	texts map[string][]byte  // instead of those on disk, by identity
	read  map[string]*source // by identity
	stack []*source          // being read: each extends the next
	found checks.Messages
}

// loadSources returns the file and all that it extends, the file first: where
// two have a setting, the earlier one counts. As with Python's import, that is
// the later one of EXTENDS, with all that it extends itself.
func loadSources(name string, data []byte, texts map[string][]byte) ([]*source, checks.Messages) {
	l := &loader{texts: texts, read: map[string]*source{}}
	root := newSource(name, data)
	l.load(root)
	l.found.Sort()
	return l.flatten(root, nil), l.found
}

func (l *loader) load(s *source) {
	l.read[identity(s.name)] = s
	if m := s.read(); m != nil {
		l.found = append(l.found, *m)
		return
	}
	l.stack = append(l.stack, s)
	for _, b := range l.names(s) {
		l.extend(s, b)
	}
	l.stack = l.stack[:len(l.stack)-1]
}

// A base is an entry of EXTENDS.
type base struct {
	name string
	path checks.Path
}

// names are the entries of a file's EXTENDS.
func (l *loader) names(s *source) []base {
	value, ok := s.values[extends]
	if !ok {
		return nil
	}
	path := checks.Path(extends)
	if name, ok := value.(string); ok {
		return []base{{name, path}}
	}
	list, ok := value.([]any)
	if !ok {
		l.report(s, path, checks.Errorf(idType, "EXTENDS should be the name of a file or a list of them, not %s", kindOf(value)).
			WithHint(`write EXTENDS = "base.toml"`))
	}
	var names []base
	for i, entry := range list {
		if name, ok := entry.(string); ok {
			names = append(names, base{name, path.Index(i)})
		} else {
			l.report(s, path.Index(i), checks.Errorf(idType, "EXTENDS should be the name of a file or a list of them, but %s is %s", path.Index(i), kindOf(entry)).
				WithHint(`write EXTENDS = ["base.toml"]`))
		}
	}
	return names
}

// extend reads a file that s extends, unless it has been read.
func (l *loader) extend(s *source, b base) {
	name := beside(s.name, b.name)
	known, ok := l.read[identity(name)]
	switch {
	case b.name == "":
		l.report(s, b.path, checks.Errorf(idExtends, "EXTENDS names no file: the name is empty").WithHint("take it out, or name a file"))
	case !strings.HasSuffix(b.name, ".toml"): // a message could show a line of it
		l.report(s, b.path, checks.Errorf(idExtends, "EXTENDS names %s, which is no settings file: its name does not end in .toml", quoted(b.name)).
			WithHint("name a file that ends in .toml"))
	case ok && slices.Contains(l.stack, known):
		m := checks.Errorf(idExtends, "EXTENDS goes round in a circle: %s", l.circle(known)).
			WithHint("take one of these out of the EXTENDS of another")
		if known == s {
			m = m.WithHint("take it out")
		}
		l.report(s, b.path, m)
	case ok:
		s.bases = append(s.bases, known)
	default:
		l.follow(s, b, name)
	}
}

// follow reads a file for the first time.
func (l *loader) follow(s *source, b base, name string) {
	data, err := l.open(name)
	var readErr *readError
	if errors.As(err, &readErr) {
		if strings.Contains(b.name, "://") {
			name = b.name // as a path it is no URL, whose password is hidden
		}
		m := checks.Errorf(idExtends, "the file %s that EXTENDS names can't be read: %s", quoted(name), readErr.reason()).
			WithHint("name a settings file, and let it be readable")
		if errors.Is(err, fs.ErrNotExist) {
			m = m.WithHint("correct the name: it starts at the folder of the file that has this EXTENDS")
		}
		l.report(s, b.path, m)
		return
	}
	known := newSource(name, data)
	s.bases = append(s.bases, known)
	l.load(known)
}

func (l *loader) open(name string) ([]byte, error) {
	if text, ok := l.texts[identity(name)]; ok {
		return text, nil
	}
	return readRegular(name)
}

// circle names the files from one that is being read on to itself.
func (l *loader) circle(from *source) string {
	var names []string
	for _, s := range l.stack[slices.Index(l.stack, from):] {
		names = append(names, quoted(s.name))
	}
	return strings.Join(append(names, quoted(from.name)), " -> ")
}

// report adds a message about an entry of EXTENDS.
func (l *loader) report(s *source, path checks.Path, m checks.Message) {
	n, _ := s.index().root.find(segments(path))
	m = m.On(path).Of(checks.Unbuildable)
	m.At = s.show(n.place(), newMask(s, nil))
	l.found = append(l.found, m)
}

// flatten puts a source and its bases in order. What comes a second time is
// left out: it can't be seen any more.
func (l *loader) flatten(s *source, all []*source) []*source {
	if slices.Contains(all, s) {
		return all
	}
	all = append(all, s)
	for _, b := range slices.Backward(s.bases) {
		all = l.flatten(b, all)
	}
	return all
}

// beside is a path as a file holds it: it starts at the file's directory.
func beside(file, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(file), path)
}

// identity is the same for two paths of one file.
func identity(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return path
}
