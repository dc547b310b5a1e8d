package scaffold

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"

	"golang.org/x/mod/modfile"
)

// GoVersion is the go directive of a new project's go.mod: that of Settled's.
const GoVersion = "1.26.0"

// Complete makes files with a go.mod a module that uses Settled and, where that
// can be, builds without the network: go.mod then holds all that Settled needs in
// turn, and go.sum the sums of that. Without it, go mod tidy is left to do, and
// ready is false.
func Complete(ctx context.Context, files []File, fw Framework) (all []File, ready bool, err error) {
	i := indexOf(files, "go.mod")
	if i < 0 {
		return files, true, nil
	}
	mod, err := modfile.Parse("the template's go.mod", files[i].Data, nil)
	if err != nil {
		return nil, false, err
	}
	if err := use(mod, fw); err != nil {
		return nil, false, err
	}
	plain, err := withModule(files, mod)
	if err != nil || fw.Source == "" {
		return plain, false, err
	}
	full, err := withNeeds(plain, mod, fw)
	if err != nil {
		return nil, false, err
	}
	if tidied, err := tidied(ctx, full); err == nil {
		return tidied, true, nil
	}
	if fw.Checkout != "" { // more than it needs, but it builds
		return full, len(mod.Require) == len(needs(fw))+1, nil
	}
	return plain, false, nil
}

func indexOf(files []File, path string) int {
	return slices.IndexFunc(files, func(f File) bool { return f.Path == path })
}

// withModule is the files with another go.mod.
func withModule(files []File, mod *modfile.File) ([]File, error) {
	mod.Cleanup()
	data, err := mod.Format()
	files = slices.Clone(files)
	files[indexOf(files, "go.mod")].Data = data
	return files, err
}

// use writes into a go.mod which Settled it uses, unless it says so itself.
func use(mod *modfile.File, fw Framework) error {
	isOurs := func(path string) bool { return path == Module }
	if !slices.ContainsFunc(mod.Require, func(r *modfile.Require) bool { return isOurs(r.Mod.Path) }) {
		mod.AddNewRequire(Module, fw.Version, false)
	}
	if fw.Checkout == "" || slices.ContainsFunc(mod.Replace, func(r *modfile.Replace) bool { return isOurs(r.Old.Path) }) {
		return nil
	}
	return mod.AddReplace(Module, "", fw.Checkout, "")
}

// withNeeds adds what Settled needs in turn, as its own go.mod and go.sum have
// it.
func withNeeds(files []File, mod *modfile.File, fw Framework) ([]File, error) {
	for _, r := range needs(fw) {
		if !slices.ContainsFunc(mod.Require, func(own *modfile.Require) bool { return own.Mod.Path == r.Mod.Path }) {
			mod.AddNewRequire(r.Mod.Path, r.Mod.Version, true)
		}
	}
	mod.SetRequireSeparateIndirect(mod.Require)
	files, err := withModule(files, mod)
	if err != nil {
		return nil, err
	}
	if sums, err := os.ReadFile(filepath.Join(fw.Source, "go.sum")); err == nil && indexOf(files, "go.sum") < 0 {
		files = append(files, File{Path: "go.sum", Data: sums, Mode: 0o666})
	}
	return files, nil
}

// needs is what the go.mod of Settled requires.
func needs(fw Framework) []*modfile.Require {
	data, err := os.ReadFile(filepath.Join(fw.Source, "go.mod"))
	if err != nil {
		return nil
	}
	own, err := modfile.ParseLax("go.mod", data, nil)
	if err != nil {
		return nil
	}
	return own.Require
}

// tidied is the module after go mod tidy, which is tried in a directory of its
// own, without the network.
func tidied(ctx context.Context, files []File) ([]File, error) {
	dir, err := os.MkdirTemp("", "settled-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var u undo
	if err := (Plan{Dir: dir, Files: files}).write(&u, func(string) {}); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, "go", "mod", "tidy")
	cmd.Dir, cmd.Env = dir, offline(os.Environ())
	if err := cmd.Run(); err != nil {
		return nil, err
	}
	all := slices.Clone(files)
	for _, name := range []string{"go.mod", "go.sum"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		switch i := indexOf(all, name); {
		case errors.Is(err, os.ErrNotExist):
		case err != nil:
			return nil, err
		case i < 0:
			all = append(all, File{Path: name, Data: data, Mode: 0o666})
		default:
			all[i].Data = data
		}
	}
	return all, nil
}
