// Package gobuild knows how the running program was built, which files it was
// built from, and builds it again.
package gobuild

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"slices"
	"strings"
)

// A Program is a main package and how it is built. Its methods may be called
// concurrently.
type Program struct {
	// Package is its import path.
	Package string
	// Temp is the directory for the go command's own files. Empty: the system's,
	// where it leaves them when it is stopped. It must be set before the methods
	// are called.
	Temp string

	dir   string // where the go command runs
	tool  string // the go command
	flags []string
	env   []string
	link  string // -ldflags of the next one

	ldflags, vcs string // of the running one, and whether it names its commit
}

// Running is the program that runs here. It looks at nothing but what is in the
// program itself and in PATH, so that it costs a start nothing. The error says
// in a few words why there is nothing to build.
func Running() (*Program, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return nil, errors.New("this program does not say how it was built")
	}
	tool, err := exec.LookPath("go")
	if err != nil {
		return nil, errors.New("there is no go command in PATH")
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	return of(info, tool, dir)
}

func of(info *debug.BuildInfo, tool, dir string) (*Program, error) {
	switch {
	case info.Path == "command-line-arguments":
		return nil, errors.New("this program was built from single files; name the package instead, as in go run ./manage")
	case strings.HasSuffix(info.Path, ".test"):
		return nil, errors.New("this is the program of a test")
	case info.Path == "" || info.Main.Path == "":
		return nil, errors.New("this program was built without a module")
	}
	p := &Program{Package: info.Path, dir: dir, tool: tool, link: "-s", vcs: "false"}
	for _, s := range info.Settings {
		p.set(s.Key, s.Value)
	}
	return p, nil
}

// same are the flags of go build that are taken over.
var same = []string{"-asan", "-asmflags", "-gcflags", "-msan", "-race", "-tags", "-trimpath"}

// set takes over how the program was built. Settings in capitals are variables
// of the environment.
func (p *Program) set(key, value string) {
	switch {
	case key == "-ldflags":
		p.link, p.ldflags = strings.TrimSpace(value+" -s"), value
	case key == "vcs":
		p.vcs = "true"
	case slices.Contains(same, key):
		p.flags = append(p.flags, key+"="+value)
	case value != "" && key == strings.ToUpper(key) && !strings.HasPrefix(key, "-"):
		p.env = append(p.env, key+"="+value)
	}
}

// command is one of the go command, in the directory that the program was
// started in, so that paths in what it prints start there.
func (p *Program) command(args ...string) *exec.Cmd {
	c := exec.Command(p.tool, args...)
	c.Dir = p.dir
	c.Env = append(append(os.Environ(), "PWD="+p.dir), p.env...)
	return c
}

// String is for messages.
func (p *Program) String() string { return fmt.Sprintf("package %s", p.Package) }
