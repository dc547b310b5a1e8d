package gobuild

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
)

// A listed is what go list says of a package.
type listed struct {
	Dir        string
	ImportPath string
	Name       string
	Standard   bool
	Module     *listedModule
	Error      *struct{ Err string }

	EmbedFiles    []string
	EmbedPatterns []string
}

type listedModule struct {
	Dir, GoMod string
	Main       bool
	Replace    *listedModule
	Version    string
}

// local says whether a package is source that somebody works on: of the main
// module, of one in the workspace, or of one that a directory stands in for.
func (l *listed) local() bool {
	return l.Module != nil && (l.Module.Main || l.Module.Replace != nil && l.Module.Replace.Version == "")
}

const fields = "-json=Dir,ImportPath,Name,Standard,Module,Error,EmbedFiles,EmbedPatterns"

// Sources finds out which files the program is built from now. It takes about as
// long as a build that has nothing to do. With code that does not build, it says
// what it knows. The error says why the program's source is not here.
func (p *Program) Sources(ctx context.Context) (*Sources, error) {
	args := append([]string{"list", "-e", "-deps", "-buildvcs=false", fields}, p.flags...)
	out, err := p.run(ctx, append(args, p.Package)...)
	if err != nil {
		return nil, err
	}
	s := &Sources{base: p.dir, embedded: map[string]bool{}}
	decoder := json.NewDecoder(bytes.NewReader(out))
	for {
		var l listed
		switch err := decoder.Decode(&l); {
		case errors.Is(err, io.EOF):
			return s, s.finish()
		case err != nil:
			return nil, err
		}
		if l.ImportPath == p.Package && (!l.local() || l.Name != "main" && l.Error == nil) {
			return nil, fmt.Errorf("the source of %s is not in this directory's module", p)
		}
		if l.Error != nil && s.Trouble == "" {
			s.Trouble = l.ImportPath
		}
		if l.local() && l.Dir != "" {
			s.add(&l)
		}
	}
}

// add notes a package.
func (s *Sources) add(l *listed) {
	s.packages = append(s.packages, l.Dir)
	for _, name := range l.EmbedFiles {
		file := filepath.Join(l.Dir, filepath.FromSlash(name))
		s.embedded[file] = true
		s.embeds = append(s.embeds, filepath.Dir(file))
	}
	for _, pattern := range l.EmbedPatterns {
		pattern = filepath.Join(l.Dir, filepath.FromSlash(strings.TrimPrefix(pattern, "all:")))
		s.patterns = append(s.patterns, pattern)
		if dir := fixedDir(pattern); dir != l.Dir {
			s.embeds = append(s.embeds, dir)
		}
	}
	module := l.Module
	if module.Replace != nil {
		module = module.Replace
	}
	if module.GoMod != "" {
		s.modules = append(s.modules, filepath.Dir(module.GoMod))
	}
}

// fixedDir is the directory that what matches a pattern is in: the pattern itself
// if it is one, else the part of it before the first wildcard.
func fixedDir(pattern string) string {
	if i := strings.IndexAny(pattern, `*?[\`); i >= 0 {
		return filepath.Dir(pattern[:i] + "x")
	}
	if isDir(pattern) {
		return pattern
	}
	return filepath.Dir(pattern)
}

func compact(names []string) []string {
	slices.Sort(names)
	return slices.Compact(names)
}
