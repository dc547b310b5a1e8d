package scaffold

import (
	"embed"
	"fmt"
	"go/format"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// A Kind is what is made: a project or an app.
type Kind string

const (
	Project Kind = "project"
	App     Kind = "app"
)

//go:embed all:templates
var templates embed.FS

// A Template is a directory of files that a project or an app is made from. The
// names of files and directories may hold project_name or app_name; a name that
// ends in -tpl loses that, so that Go does not take template files for its own.
type Template struct {
	Dir string // for messages; empty for Settled's own
	FS  fs.FS
	// Extensions, without the dot, and Names say which files have variables.
	// Others are copied as they are.
	Extensions, Names []string
	// Exclude are names of directories that are left out beside the hidden
	// ones and those that tools fill.
	Exclude []string
}

// Default is Settled's own template of a kind.
func Default(k Kind) Template {
	sub, err := fs.Sub(templates, "templates/"+string(k))
	if err != nil {
		panic(err) // it is linked in
	}
	return Template{FS: sub, Extensions: []string{"go", "key", "md", "mod", "toml"}}
}

// A File is one that is to be written.
type File struct {
	Path string // with slashes, below the directory of the project or the app
	Data []byte
	Mode fs.FileMode
}

// Render returns the files of the template with values for its variables. A file
// that holds a secret is for its owner alone.
func (t Template) Render(k Kind, values map[string]string) ([]File, error) {
	var all []File
	placeholder := string(k) + "_name"
	err := fs.WalkDir(t.FS, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && name != "." && t.skips(entry.Name()):
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		file, ok, err := t.render(name, values)
		if err != nil && entry.Type()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s is a link that leads out of the template, or nowhere", path.Join(t.Dir, name))
		}
		if err != nil || !ok {
			return err
		}
		file.Path = strings.ReplaceAll(strings.TrimSuffix(name, "-tpl"), placeholder, values[placeholder])
		if slices.ContainsFunc(all, func(f File) bool { return f.Path == file.Path }) {
			return fmt.Errorf("%s: another file of the template becomes %s too", path.Join(t.Dir, name), file.Path)
		}
		all = append(all, file)
		return nil
	})
	return all, err
}

// skips holds for directories that are no part of a template.
func (t Template) skips(dir string) bool {
	return strings.HasPrefix(dir, ".") || slices.Contains([]string{"__pycache__", "node_modules"}, dir) || slices.Contains(t.Exclude, dir)
}

// render is one file; ok is false for a link to a directory.
func (t Template) render(name string, values map[string]string) (file File, ok bool, err error) {
	info, err := fs.Stat(t.FS, name)
	switch {
	case err != nil:
		return file, false, err
	case info.IsDir():
		return file, false, nil
	case !info.Mode().IsRegular():
		return file, false, fmt.Errorf("%s is not a regular file", path.Join(t.Dir, name))
	}
	file.Data, err = fs.ReadFile(t.FS, name)
	file.Mode = info.Mode().Perm() | 0o200
	if t.Dir == "" { // what is linked in has no mode of its own
		file.Mode = 0o666
	}
	if err == nil && t.hasVariables(name) {
		f := filler{file: path.Join(t.Dir, name), values: values, used: map[string]bool{}}
		var text string
		text, err = f.fill(string(file.Data))
		file.Data = formatted(name, []byte(text))
		if f.used["secret_key"] {
			file.Mode = 0o600
		}
	}
	return file, true, err
}

// formatted is what gofmt makes of a Go file: how one is aligned depends on the
// names in it.
func formatted(name string, text []byte) []byte {
	if path.Ext(strings.TrimSuffix(name, "-tpl")) != ".go" {
		return text
	}
	if _, err := parser.ParseFile(token.NewFileSet(), name, text, parser.SkipObjectResolution); err != nil {
		return text // a part of a file, or none
	}
	if better, err := format.Source(text); err == nil {
		return better
	}
	return text
}

func (t Template) hasVariables(name string) bool {
	name = strings.TrimSuffix(path.Base(name), "-tpl")
	return slices.Contains(t.Names, name) || slices.ContainsFunc(t.Extensions, func(ext string) bool {
		return strings.HasSuffix(name, "."+ext)
	})
}
