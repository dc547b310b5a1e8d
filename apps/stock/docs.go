package stock

import (
	"errors"
	"io/fs"
	"slices"
)

// together are several file systems as one, for an app whose documentation is in two
// packages. Their files have different names.
type together []fs.FS

// Open is for fs.FS.
func (t together) Open(name string) (file fs.File, err error) {
	for _, fsys := range t {
		if file, err = fsys.Open(name); !errors.Is(err, fs.ErrNotExist) {
			return file, err
		}
	}
	return nil, err
}

// ReadDir is for fs.ReadDirFS.
func (t together) ReadDir(name string) (all []fs.DirEntry, err error) {
	for _, fsys := range t {
		entries, err := fs.ReadDir(fsys, name)
		if err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int {
		if a.Name() < b.Name() {
			return -1
		}
		return 1
	})
	return all, nil
}
