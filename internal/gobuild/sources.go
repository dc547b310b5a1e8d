package gobuild

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Sources are the files that a program is built from, and the templates beside
// them. It does not change.
type Sources struct {
	// Trouble is a package that is not there, or not as it should be; or "".
	Trouble string

	base     string          // paths are shown relative to it
	packages []string        // directories of packages
	modules  []string        // directories with a go.mod
	work     string          // the workspace's, or ""
	embeds   []string        // directories with embedded files
	embedded map[string]bool // the files
	patterns []string        // of embedded files
	trees    []string        // directories of which all below counts
}

// A Kind is what a change of a file means for the program.
type Kind int

const (
	// Nothing: it is not made from the file.
	Nothing Kind = iota
	// Code is what it is built from.
	Code
	// Template is what it reads when it starts.
	Template
)

// finish puts together what add has noted.
func (s *Sources) finish() error {
	if len(s.packages) == 0 {
		return errors.New("the go command lists no package")
	}
	s.packages, s.modules, s.embeds = compact(s.packages), compact(s.modules), compact(s.embeds)
	for _, dir := range s.embeds {
		if !slices.Contains(s.packages, dir) {
			s.trees = append(s.trees, dir)
		}
	}
	for _, dir := range s.packages {
		s.trees = append(s.trees, filepath.Join(dir, templates))
	}
	s.trees = compact(s.trees)
	s.work = Workspace(s.modules[0])
	return nil
}

// templates is the folder of a package with its templates, as in Django.
const templates = "templates"

// Workspace is the directory with the go.work that counts for a module, or "".
func Workspace(dir string) string {
	if file := os.Getenv("GOWORK"); file != "" {
		if file == "off" {
			return ""
		}
		return filepath.Dir(file)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.work")); err == nil {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}

// Folders are where the files are. Of what is below a folder, Enter says whether
// there may be some too.
func (s *Sources) Folders() []string {
	dirs := slices.Concat(s.packages, s.modules)
	if s.work != "" {
		dirs = append(dirs, s.work)
	}
	return compact(dirs)
}

// Gone is one of the folders that is no longer there, or "".
func (s *Sources) Gone() string {
	for _, folder := range s.Folders() {
		if !isDir(folder) {
			return folder
		}
	}
	return ""
}

// Enter says whether a folder, which may not exist yet, can hold templates or
// embedded files.
func (s *Sources) Enter(folder string) bool {
	return !hidden(filepath.Base(folder)) && slices.ContainsFunc(s.trees, func(tree string) bool {
		return folder == tree || below(tree, folder) || below(folder, tree)
	})
}

// Kind is what a change of the file means. It goes by names, so it knows of
// files that are new, or gone.
func (s *Sources) Kind(path string) Kind {
	dir, name := filepath.Split(path)
	dir = filepath.Clean(dir)
	switch {
	case s.embedded[path]:
		return Code
	case hidden(name) || isEditors(name):
		return Nothing
	case s.inTree(path) && s.isEmbedDir(dir), s.isEmbed(path):
		return Code
	case slices.Contains(moduleFiles, name):
		if slices.Contains(s.modules, dir) || dir == s.work {
			return Code
		}
	case s.inTree(path), slices.Contains(s.packages, dir) && slices.Contains(templateNames, filepath.Ext(name)):
		return Template
	case slices.Contains(s.packages, dir) && isCode(name):
		return Code
	}
	return Nothing
}

var (
	moduleFiles   = []string{"go.mod", "go.sum", "go.work", "go.work.sum"}
	templateNames = []string{".html", ".tmpl", ".gohtml"}
	// codeNames are what the go command builds packages from: go help filetype.
	codeNames = []string{".go", ".c", ".cc", ".cpp", ".cxx", ".m", ".h", ".hh", ".hpp", ".hxx", ".f", ".F", ".for", ".f90", ".s", ".S", ".sx", ".swig", ".swigcxx", ".syso"}
)

func isCode(name string) bool {
	return slices.Contains(codeNames, filepath.Ext(name)) && !strings.HasSuffix(name, "_test.go")
}

// hidden says whether the go command passes over files of that name.
func hidden(name string) bool { return strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_") }

// isEditors says whether a file is an editor's own, for a moment: a copy, what
// Emacs saves by itself, or Vim's try whether it may write here.
func isEditors(name string) bool {
	return strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") || name == "4913"
}

func (s *Sources) isEmbed(path string) bool {
	return slices.ContainsFunc(s.patterns, func(pattern string) bool {
		ok, _ := filepath.Match(pattern, path)
		return ok
	})
}

func (s *Sources) inTree(path string) bool {
	return slices.ContainsFunc(s.trees, func(tree string) bool { return below(tree, path) })
}

func (s *Sources) isEmbedDir(dir string) bool {
	return slices.ContainsFunc(s.embeds, func(e string) bool {
		return dir == e || !slices.Contains(s.packages, e) && below(e, dir)
	})
}

func below(dir, path string) bool {
	return strings.HasPrefix(path, dir+string(filepath.Separator))
}

// clockTick is by how much the time of a file may be behind.
const clockTick = 10 * time.Millisecond

// Newer returns the files that have changed since then, for what nobody has
// watched yet.
func (s *Sources) Newer(since time.Time) []string {
	since = since.Add(-clockTick)
	var files []string
	for _, root := range s.Folders() {
		_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil || path == root: // what is gone is not newer
			case d.IsDir() && !s.Enter(path):
				return filepath.SkipDir
			case !d.IsDir() && s.Kind(path) != Nothing && modified(d).After(since):
				files = append(files, path)
			}
			return nil
		})
	}
	return compact(files)
}

func modified(d fs.DirEntry) (t time.Time) {
	if info, err := d.Info(); err == nil {
		t = info.ModTime()
	}
	return t
}

// Show is the path as a person would write it: from the working directory, if
// it is below that.
func (s *Sources) Show(path string) string {
	if rel, err := filepath.Rel(s.base, path); err == nil && filepath.IsLocal(rel) {
		return rel
	}
	return path
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}
