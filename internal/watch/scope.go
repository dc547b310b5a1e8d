package watch

import (
	"errors"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// structural are the events that make or take a name.
const structural = fsnotify.Create | fsnotify.Remove | fsnotify.Rename

// A scope is what is watched at the moment, and what an event means there. All
// paths in it are absolute and without links, since fsnotify knows a folder
// under one path only.
type scope struct {
	fs      backend
	onError func(error)

	files   map[string]string // by name: the absolute path
	trees   []*tree
	folders map[string]bool // those that are watched
	// places are the names that may have changed with a path, homes those that
	// have a place in a folder.
	places, homes map[string][]string
	told          map[string]bool // folders that can't be watched, "" for all
}

func newScope(fs backend, onError func(error)) *scope {
	return &scope{fs: fs, onError: onError, folders: map[string]bool{}}
}

// set replaces what is watched.
func (s *scope) set(t Targets) {
	s.told = map[string]bool{}
	s.files = map[string]string{}
	for _, name := range t.Files {
		if path, err := filepath.Abs(name); err == nil {
			s.files[name] = path
		}
	}
	s.trees = nil
	for _, one := range t.Trees {
		s.trees = append(s.trees, newTree(one))
	}
	s.begin()
}

// begin looks at all that is wanted, the files first: there is a limit.
func (s *scope) begin() {
	s.follow()
	for _, t := range s.trees {
		s.walk(t, t.root)
	}
	s.drop()
}

// rescan begins anew when events were lost: watches may have been, too.
func (s *scope) rescan() []string {
	old := s.folders
	s.folders = map[string]bool{}
	for _, t := range s.trees {
		clear(t.folders)
	}
	s.begin()
	for folder := range old {
		if !s.folders[folder] {
			_ = s.fs.Remove(folder)
		}
	}
	var names []string
	for name := range s.files {
		names = append(names, name)
	}
	for _, t := range s.trees {
		names = append(names, t.Root)
	}
	return names
}

// changed is what an event means.
func (s *scope) changed(e fsnotify.Event) []string {
	if !e.Has(structural | fsnotify.Write) {
		return nil
	}
	path := filepath.Clean(e.Name)
	names := s.places[path]
	made := e.Has(structural)
	if made {
		names = append(names[:len(names):len(names)], s.homes[path]...)
	}
	gone := e.Has(fsnotify.Remove|fsnotify.Rename) && s.folders[path]
	if gone {
		s.forget(path, e.Has(fsnotify.Rename))
	}
	if made && len(names) > 0 {
		s.follow()
		s.drop()
	}
	for _, t := range s.trees {
		names = append(names[:len(names):len(names)], s.inTree(t, e.Op, path, gone)...)
	}
	return names
}

// follow brings what is watched for files up to date with the disk. It looks
// again whenever a folder has come in: what changed before made no event.
func (s *scope) follow() {
	for again := true; again; {
		again = false
		s.places, s.homes = map[string][]string{}, map[string][]string{}
		for name, path := range s.files {
			for _, place := range trail(path) {
				folder := filepath.Dir(place)
				s.places[place] = append(s.places[place], name)
				s.homes[folder] = append(s.homes[folder], name)
				if !s.folders[folder] && s.add(folder) {
					again = true
				}
			}
		}
	}
}

// add watches a folder, if that can be.
func (s *scope) add(folder string) bool {
	if s.folders[folder] {
		return true
	}
	if s.told[""] {
		return false
	}
	err := s.fs.Add(folder)
	switch {
	case err == nil:
		s.folders[folder] = true
		return true
	case errors.Is(err, fs.ErrNotExist):
	case isFull(err):
		s.tell("", explain(folder, err))
	default:
		s.tell(folder, explain(folder, err))
	}
	return false
}

// tell says once for each folder why it is not watched.
func (s *scope) tell(folder string, err error) {
	if !s.told[folder] {
		s.told[folder] = true
		s.onError(err)
	}
}

// drop ends the watching of folders that nothing wants any more.
func (s *scope) drop() {
	for folder := range s.folders {
		if s.homes[folder] == nil && !s.inATree(folder) {
			_ = s.fs.Remove(folder)
			delete(s.folders, folder)
		}
	}
}

func (s *scope) inATree(folder string) bool {
	for _, t := range s.trees {
		if t.folders[folder] {
			return true
		}
	}
	return false
}

// forget takes out a folder that has another name now, or none. One that was
// moved took those below with it; else there are events for them.
func (s *scope) forget(folder string, moved bool) {
	s.leave(folder)
	if !moved {
		return
	}
	prefix := folder + string(filepath.Separator)
	for below := range s.folders {
		if strings.HasPrefix(below, prefix) {
			s.leave(below)
		}
	}
}

func (s *scope) leave(folder string) {
	_ = s.fs.Remove(folder) // the system may have done so
	delete(s.folders, folder)
	for _, t := range s.trees {
		delete(t.folders, folder)
	}
}
