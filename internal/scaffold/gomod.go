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

// Complete makes files with a go.mod a module that builds without the network,
// where that can be: go.mod says where Settled is and what it needs, and go.sum
// holds the sums of that. tidy is false when the go command still has to fetch
// something, by go mod tidy.
func Complete(ctx context.Context, files []File, fw Framework) (all []File, tidy bool, err error) {
	i := indexOf(files, "go.mod")
	if i < 0 {
		return files, true, nil
	}
	all = slices.Clone(files)
	mod, err := modfile.Parse("go.mod", all[i].Data, nil)
	if err != nil {
		return nil, false, err
	}
	if err := require(mod, fw); err != nil {
		return nil, false, err
	}
	if all[i].Data, err = mod.Format(); err != nil {
		return nil, false, err
	}
	if sums, err := os.ReadFile(filepath.Join(fw.Source, "go.sum")); fw.Source != "" && err == nil && indexOf(all, "go.sum") < 0 {
		all = append(all, File{Path: "go.sum", Data: sums, Mode: 0o666})
	}
	if tidied, err := tidied(ctx, all); err == nil {
		return tidied, true, nil
	}
	return all, false, nil
}

func indexOf(files []File, path string) int {
	return slices.IndexFunc(files, func(f File) bool { return f.Path == path })
}

// require writes into a go.mod which Settled it uses and, as far as that is
// known here, what that needs in turn. What the file says itself stays.
func require(mod *modfile.File, fw Framework) error {
	if fw.Checkout != "" && !slices.ContainsFunc(mod.Replace, func(r *modfile.Replace) bool { return r.Old.Path == Module }) {
		if err := mod.AddReplace(Module, "", fw.Checkout, ""); err != nil {
			return err
		}
	}
	required := map[string]bool{}
	for _, r := range mod.Require {
		required[r.Mod.Path] = true
	}
	if !required[Module] {
		mod.AddNewRequire(Module, fw.Version, false)
	}
	if fw.Source == "" {
		return nil
	}
	data, err := os.ReadFile(filepath.Join(fw.Source, "go.mod"))
	if err != nil {
		return err
	}
	own, err := modfile.ParseLax("go.mod", data, nil)
	if err != nil {
		return err
	}
	for _, r := range own.Require {
		if !required[r.Mod.Path] {
			mod.AddNewRequire(r.Mod.Path, r.Mod.Version, true)
		}
	}
	mod.SetRequireSeparateIndirect(mod.Require)
	mod.Cleanup()
	return nil
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
