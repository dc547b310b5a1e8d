package staticfiles

import (
	"io/fs"
	"path"
	"path/filepath"
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// A Provider is an installed app that brings static files, as an app in Django
// does by its folder static. The names in it are those below STATIC_URL; so that two
// apps don't collide, put them into a folder of the app's name:
//
//	//go:embed static
//	var files embed.FS
//
//	func (a *App) StaticFiles() fs.FS {
//		static, _ := fs.Sub(files, "static") // holds polls/style.css
//		return static
//	}
//
// It is called once a project.
type Provider interface {
	StaticFiles() fs.FS
}

// finder looks for files: Django's finders.
type finder struct{ locations []*location }

// found is a file that a finder has found.
type found struct {
	*location
	name string // below the location
}

// locationsOf are the places of a project in the order in which they are looked at.
func locationsOf(p *settled.Project, s Settings) []*location {
	var all []*location
	for _, name := range slices.Compact(slices.Clone(s.StaticFilesFinders)) {
		if name == dirsFinder {
			all = append(all, dirsOf(p, s)...)
			continue
		}
		for _, info := range p.Apps() {
			if provider, ok := info.App.(Provider); ok {
				if files := provider.StaticFiles(); files != nil {
					all = append(all, &location{app: info.Name, files: files})
				}
			}
		}
	}
	return all
}

// dirsOf are the folders of STATICFILES_DIRS; what is no folder's name has its
// message.
func dirsOf(p *settled.Project, s Settings) []*location {
	var all []*location
	for _, entry := range s.StaticFilesDirs {
		prefix, dir, ok := pair(entry)
		if !ok || dir == "" {
			continue
		}
		l := &location{prefix: prefix, dir: absolute(p, "STATICFILES_DIRS", dir)}
		if !slices.ContainsFunc(all, func(o *location) bool { return *o == *l }) {
			all = append(all, l)
		}
	}
	return all
}

// absolute is a path of a setting: a relative one starts at the file that holds the
// setting; one of the environment, at the settings file.
func absolute(p *settled.Project, setting, dir string) string {
	if dir == "" {
		return ""
	}
	dir = p.File().Beside(checks.Path(setting), dir)
	if abs, err := filepath.Abs(dir); err == nil {
		return abs
	}
	return filepath.Clean(dir)
}

// open opens the first file of a name.
func (f *finder) open(name string) (fs.File, fs.FileInfo, error) {
	if !validName(name) {
		return nil, nil, fs.ErrNotExist
	}
	for _, l := range f.locations {
		below, ok := l.below(name)
		if !ok {
			continue
		}
		if file, info, err := l.open(below); err == nil {
			return file, info, nil
		}
	}
	return nil, nil, fs.ErrNotExist
}

// find are all files of a name, the one that counts first.
func (f *finder) find(name string) []found {
	var all []found
	for _, l := range f.locations {
		below, ok := l.below(path.Clean(name))
		if !ok {
			continue
		}
		if file, _, err := l.open(below); err == nil {
			file.Close()
			all = append(all, found{l, below})
		}
	}
	return all
}

// each visits every file of every location, with its name below STATIC_URL, also of
// those that an earlier one hides.
func (f *finder) each(ignored func(string) bool, complain func(string, error), visit func(name string, f found) error) error {
	for _, l := range f.locations {
		names, err := l.list(ignored, func(name string, err error) { complain(l.at(name), err) })
		if err != nil {
			return err
		}
		for _, name := range names {
			if err := visit(path.Join(l.prefix, name), found{l, name}); err != nil {
				return err
			}
		}
	}
	return nil
}
