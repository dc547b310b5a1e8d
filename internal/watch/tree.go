package watch

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// A tree is a Tree and which of its folders are watched.
type tree struct {
	Tree
	root    string // without links
	folders map[string]bool
}

func newTree(t Tree) *tree {
	root, err := filepath.Abs(t.Root)
	if err != nil {
		root = t.Root
	}
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real
	}
	return &tree{t, root, map[string]bool{}}
}

// below is a path as the tree's functions know it; ok is false outside.
func (t *tree) below(path string) (rel string, ok bool) {
	if path == t.root {
		return ".", true
	}
	rel, ok = strings.CutPrefix(path, strings.TrimSuffix(t.root, string(filepath.Separator))+string(filepath.Separator))
	return filepath.ToSlash(rel), ok
}

// name is a path as a Change has it.
func (t *tree) name(rel string) string { return filepath.Join(t.Root, filepath.FromSlash(rel)) }

func (t *tree) hasFile(rel string) bool { return t.File == nil || t.File(rel) }

func (t *tree) hasFolder(rel string) bool { return rel == "." || t.Folder == nil || t.Folder(rel) }

// walk watches a folder and those below, and returns the files in them. It looks
// into a folder when it is watched, so that none is missed.
func (s *scope) walk(t *tree, folder string) []string {
	if !s.add(folder) {
		return nil
	}
	t.folders[folder] = true
	entries, _ := os.ReadDir(folder) // it may have gone again
	var names []string
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		switch rel, _ := t.below(path); {
		case entry.IsDir() && t.hasFolder(rel):
			names = append(names, s.walk(t, path)...)
		case !entry.IsDir() && t.hasFile(rel):
			names = append(names, t.name(rel))
		}
	}
	return names
}

// inTree is what an event means in a tree; gone says that path was a folder that
// was watched, and is no longer.
func (s *scope) inTree(t *tree, op fsnotify.Op, path string, gone bool) []string {
	rel, ok := t.below(path)
	if !ok || !t.folders[filepath.Dir(path)] && rel != "." {
		return nil
	}
	var names []string
	if gone && t.hasFolder(rel) {
		names = append(names, t.name(rel))
	}
	if gone || op.Has(fsnotify.Create) {
		// A folder may be there again before it is known that it went.
		if info, err := os.Lstat(path); err == nil && info.IsDir() {
			if t.hasFolder(rel) {
				names = append(names, s.walk(t, path)...)
			}
			return names
		}
	}
	if !gone && t.hasFile(rel) {
		names = append(names, t.name(rel))
	}
	return names
}
