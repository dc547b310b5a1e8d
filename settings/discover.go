package settings

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Discover returns the settings files that paths stand for: a file for itself,
// a directory for the settings files in it and below, sorted. Each comes once.
// A directory's file that another one extends is left out: it is looked at as a
// part of that.
//
// Of a directory's files those count that end in .toml and set INSTALLED_APPS,
// MIDDLEWARE or EXTENDS. A file called settings*.toml or *settings.toml counts
// too, unless all it sets is in lower case. Hidden files are left out, and the
// directories that are hidden, begin with an underscore, or are called
// node_modules, testdata or vendor; paths itself may name such a one.
//
// The errors say what can't be read, and which directories have no settings
// file; the files are good nevertheless. What else is wrong with a file that
// paths names is for Load to say.
func Discover(ctx context.Context, paths []string) ([]string, []error) {
	d := discovery{known: map[string]*candidate{}, outlines: map[string]outline{}}
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			d.walk(ctx, path)
		} else {
			d.add(filepath.Clean(path), true)
		}
	}
	return d.files(), d.failed
}

// A candidate is a file that may be one of settings.
type candidate struct {
	name  string
	id    string
	named bool // among the paths
}

type discovery struct {
	all      []*candidate
	known    map[string]*candidate // by identity
	outlines map[string]outline    // by identity
	failed   []error
}

// add takes in a file, unless it is there already.
func (d *discovery) add(name string, named bool) {
	id := identity(name)
	if c := d.known[id]; c != nil {
		c.named = c.named || named
		return
	}
	d.known[id] = &candidate{name, id, named}
	d.all = append(d.all, d.known[id])
}

// addFound takes in a file of a directory if it is one of settings, and says
// whether it may be.
func (d *discovery) addFound(name string) bool {
	o, err := skim(name)
	switch {
	case err != nil:
		d.failed = append(d.failed, err)
		return true
	case o.isSettings(name):
		d.outlines[identity(name)] = o
		d.add(name, false)
		return true
	}
	return false
}

// walk takes in the settings files of a directory.
func (d *discovery) walk(ctx context.Context, dir string) {
	some := false
	_ = fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		name := filepath.Join(dir, filepath.FromSlash(path))
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			d.failed = append(d.failed, fmt.Errorf("directory %q: %s", name, reason(err)))
			some = true
			return fs.SkipDir
		case path != "." && isSkipped(entry):
			if entry.IsDir() {
				return fs.SkipDir
			}
		case isTOML(name, entry):
			some = d.addFound(name) || some
		}
		return nil
	})
	if !some && ctx.Err() == nil {
		d.failed = append(d.failed, fmt.Errorf("directory %q: no settings file in it, or below; one ends in .toml and sets INSTALLED_APPS, MIDDLEWARE or EXTENDS", dir))
	}
}

// isSkipped holds for what is hidden, and for directories of what others wrote
// or what is wrong on purpose.
func isSkipped(entry fs.DirEntry) bool {
	name := entry.Name()
	if strings.HasPrefix(name, ".") {
		return true
	}
	return entry.IsDir() && (strings.HasPrefix(name, "_") || slices.Contains([]string{"node_modules", "testdata", "vendor"}, name))
}

// isTOML holds for regular files, and for links to them.
func isTOML(name string, entry fs.DirEntry) bool {
	if filepath.Ext(name) != ".toml" {
		return false
	}
	if entry.Type()&fs.ModeSymlink == 0 {
		return entry.Type().IsRegular()
	}
	info, err := os.Stat(name)
	return err != nil || info.Mode().IsRegular()
}

// files are the names of those to look at by themselves.
func (d *discovery) files() []string {
	bases := d.bases()
	var names []string
	for _, c := range d.all {
		if c.named || !bases[c.id] {
			names = append(names, c.name)
		}
	}
	return names
}

// bases are the files that another one extends. In a circle none is.
func (d *discovery) bases() map[string]bool {
	bases := map[string]bool{}
	if !slices.ContainsFunc(d.all, func(c *candidate) bool { return !c.named }) {
		return bases // nothing that could be left out
	}
	reached := map[string]map[string]bool{}
	for _, c := range d.all {
		reached[c.id] = map[string]bool{}
		d.reach(c.name, reached[c.id])
	}
	for _, c := range d.all {
		for id := range reached[c.id] {
			bases[id] = bases[id] || !reached[id][c.id]
		}
	}
	return bases
}

// reach finds all that a file extends, by way of others too.
func (d *discovery) reach(name string, reached map[string]bool) {
	o, known := d.outlines[identity(name)]
	if !known {
		o, _ = skim(name)
		d.outlines[identity(name)] = o
	}
	for _, base := range o.extends {
		if id := identity(base); !reached[id] {
			reached[id] = true
			d.reach(base, reached)
		}
	}
}

// reason is an error of the file system without its path.
func reason(err error) string {
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return pathError.Err.Error()
	}
	return err.Error()
}
