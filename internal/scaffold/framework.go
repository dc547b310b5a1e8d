package scaffold

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"

	"golang.org/x/mod/modfile"
	"golang.org/x/mod/semver"
)

// Module is the path of Settled's own module.
const Module = "github.com/settled-go/settled"

// A Framework is the Settled that new projects are to use.
type Framework struct {
	Version string // with its v
	// Checkout is the directory of a working copy. It is empty for a released
	// version, which the go command gets by itself.
	Checkout string
	// Source is the directory with the go.mod and go.sum of either; empty when
	// there is none on this machine.
	Source string
}

// FindFramework finds the Settled that this program is made of. version is its
// own, without the v.
func FindFramework(ctx context.Context, version string) Framework {
	for _, find := range []func() string{compiledFrom, func() string { return usedHere(ctx) }} {
		dir := find()
		if !isSource(dir) {
			continue
		}
		if _, released, ok := strings.Cut(filepath.Base(dir), "@"); ok { // in the module cache
			return Framework{Version: released, Source: dir}
		}
		return Framework{Version: "v" + version, Checkout: dir, Source: dir}
	}
	return Framework{Version: linked("v" + version)}
}

// compiledFrom is where this file was when it was compiled.
func compiledFrom() string {
	_, file, _, ok := runtime.Caller(0)
	if !ok || !filepath.IsAbs(filepath.FromSlash(file)) { // -trimpath
		return ""
	}
	return filepath.Dir(filepath.Dir(filepath.Dir(filepath.FromSlash(file))))
}

// usedHere is the Settled of the module that the working directory is in.
func usedHere(ctx context.Context) string {
	cmd := exec.CommandContext(ctx, "go", "list", "-m", "-f", "{{.Dir}}", Module)
	cmd.Env = append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly")
	out, err := cmd.Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

func isSource(dir string) bool {
	data, err := os.ReadFile(filepath.Join(dir, "go.mod"))
	return dir != "" && err == nil && modfile.ModulePath(data) == Module
}

// linked is the version of Settled that the go command noted in this program,
// unless that is one that nobody else can get.
func linked(version string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version
	}
	for _, m := range append(info.Deps, &info.Main) {
		if m.Path == Module && m.Replace == nil && semver.IsValid(m.Version) && semver.Build(m.Version) == "" {
			return m.Version
		}
	}
	return version
}

// offline is an environment in which the go command uses what is there and
// fetches nothing. What it has in its cache was verified on the way there.
func offline(env []string) []string {
	return append(env, "GOFLAGS=-mod=mod", "GOPROXY=off", "GOSUMDB=off", "GOWORK=off")
}
