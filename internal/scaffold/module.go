package scaffold

import (
	"fmt"
	"os"
	"path"
	"path/filepath"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/module"
)

// A Package is a directory in a module. The directory need not be there yet.
type Package struct {
	Import string // its import path
	Module string // the path of the module
	Root   string // the directory of the module
}

// FindPackage says which package is in a directory.
func FindPackage(dir string) (p Package, err error) {
	p.Root = ModuleRoot(dir)
	if p.Root == "" {
		return p, fmt.Errorf("there is no go.mod in %s or above: an app is a package of a Go module. Make one with startproject or go mod init", dir)
	}
	name := filepath.Join(p.Root, "go.mod")
	data, err := os.ReadFile(name)
	if err != nil {
		return p, fmt.Errorf("%s can't be read: %w", name, withoutPath(err))
	}
	if p.Module = modfile.ModulePath(data); p.Module == "" {
		return p, fmt.Errorf("%s does not say what the module is called", name)
	}
	rel, err := filepath.Rel(p.Root, dir)
	if err != nil {
		return p, err
	}
	p.Import = path.Join(p.Module, filepath.ToSlash(rel))
	if err := module.CheckImportPath(p.Import); err != nil {
		return p, fmt.Errorf("no package can be in %s: %w", dir, err)
	}
	return p, nil
}

// ModuleRoot is the nearest directory at or above one that has a go.mod; empty
// for none.
func ModuleRoot(dir string) string {
	for {
		if info, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil && !info.IsDir() {
			return dir
		}
		parent := filepath.Dir(dir)
		if parent == dir {
			return ""
		}
		dir = parent
	}
}
