package staticfiles

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// A location is a folder in which files are looked for.
type location struct {
	prefix string // of the names of its files, without a slash at the end
	dir    string // an absolute path; "" for what an app brings
	app    string
	files  fs.FS // of the app
}

// errNotRegular is for folders, pipes and the like.
var errNotRegular = errors.New("not a regular file")

// validName says whether a name can be that of a static file: names with slashes
// between them, as URLs have them, and nothing that leads anywhere else.
func validName(name string) bool {
	return fs.ValidPath(name) && name != "." && !strings.ContainsAny(name, "\\\x00")
}

// below is a name without the prefix of the location.
func (l *location) below(name string) (rest string, ok bool) {
	if l.prefix == "" {
		return name, true
	}
	return strings.CutPrefix(name, l.prefix+"/")
}

// open opens a regular file by its name below the location. No link leads out of
// the folder.
func (l *location) open(name string) (fs.File, fs.FileInfo, error) {
	if !validName(name) {
		return nil, nil, fs.ErrNotExist
	}
	f, err := l.openAny(name)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = errNotRegular
	}
	if err != nil {
		f.Close()
		return nil, nil, err
	}
	return f, info, nil
}

func (l *location) openAny(name string) (fs.File, error) {
	if l.files != nil {
		return l.files.Open(name)
	}
	root, err := os.OpenRoot(l.dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	// Opening a pipe would wait for who writes to it.
	if info, err := root.Stat(name); err != nil || !info.Mode().IsRegular() {
		return nil, errors.Join(err, errNotRegular)
	}
	return root.Open(filepath.FromSlash(name))
}

// String is what findstatic calls the location.
func (l *location) String() string {
	if l.files != nil {
		return "the app " + l.app
	}
	return l.dir
}

// at is what findstatic calls a file of the location.
func (l *location) at(name string) string {
	if l.files != nil {
		return name + " in the app " + l.app
	}
	file := filepath.Join(l.dir, filepath.FromSlash(name))
	if real, err := filepath.EvalSymlinks(file); err == nil {
		return real
	}
	return file
}

// list are the names of all files below the location, in the order of Django: those of a
// folder before those of its folders. ignored says what to leave out. complain
// is told of what can't be followed.
func (l *location) list(ignored func(string) bool, complain func(name string, err error)) ([]string, error) {
	files := l.files
	if files == nil {
		root, err := os.OpenRoot(l.dir)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil // which is staticfiles.W004
		}
		if err != nil {
			return nil, err
		}
		defer root.Close()
		files = root.FS()
	}
	w := &walk{files: files, ignored: ignored, complain: complain}
	err := w.folder(".", nil)
	return w.names, err
}

// A walk lists files, through links that stay in the tree.
type walk struct {
	files    fs.FS
	ignored  func(string) bool
	complain func(string, error)
	names    []string
}

// folder lists a folder; above are those that it is in, so that a link to one of them
// ends the walk there.
func (w *walk) folder(dir string, above []fs.FileInfo) error {
	info, err := fs.Stat(w.files, dir)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(above, func(a fs.FileInfo) bool { return os.SameFile(a, info) }) {
		return nil
	}
	entries, err := fs.ReadDir(w.files, dir)
	if err != nil {
		return err
	}
	var folders []string
	for _, entry := range entries {
		name := path.Join(dir, entry.Name())
		if w.ignored(entry.Name()) || w.ignored(name) {
			continue
		}
		mode := entry.Type()
		if mode&fs.ModeSymlink != 0 {
			target, err := fs.Stat(w.files, name)
			if err != nil {
				w.complain(name, err)
				continue
			}
			mode = target.Mode().Type()
		}
		switch {
		case mode.IsDir():
			folders = append(folders, name)
		case mode.IsRegular() && validName(name):
			w.names = append(w.names, name)
		default:
			w.complain(name, errNotRegular)
		}
	}
	for _, name := range folders {
		if err := w.folder(name, append(above, info)); err != nil {
			return err
		}
	}
	return nil
}

// cause is the error of a file without its name, which stands before it.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	if text := err.Error(); strings.Contains(text, "escapes") {
		return "a link that leads out of the folder is not followed"
	}
	return err.Error()
}
