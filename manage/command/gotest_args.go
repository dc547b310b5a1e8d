package command

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"

	"github.com/settled-go/settled"
)

// flags are those for go test.
func (c gotest) flags(verbosity int) []string {
	var flags []string
	if verbosity >= verbose {
		flags = append(flags, "-v")
	}
	if c.failfast {
		flags = append(flags, "-failfast")
	}
	if c.parallel > 0 {
		n := strconv.Itoa(c.parallel)
		flags = append(flags, "-p="+n, "-parallel="+n)
	}
	if c.shuffle != "" {
		flags = append(flags, "-shuffle="+c.shuffle)
	}
	if len(c.patterns) > 0 {
		var any []string
		for _, pattern := range c.patterns {
			any = append(any, testNames(pattern))
		}
		flags = append(flags, "-run="+strings.Join(any, "|"))
	}
	return flags
}

// testNames is a pattern of -k as go test reads one: part of a name, or, with
// stars, all of it.
func testNames(pattern string) string {
	if !strings.Contains(pattern, "*") {
		return regexp.QuoteMeta(pattern)
	}
	parts := strings.Split(pattern, "*")
	for i, part := range parts {
		parts[i] = regexp.QuoteMeta(part)
	}
	return "^" + strings.Join(parts, ".*") + "$"
}

// packages are the patterns of packages that arguments stand for: an app's label
// is its package, a directory all that is below it. The rest is for go to judge.
func (r *run) packages(args []string) ([]string, error) {
	if len(args) == 0 {
		return []string{"./..."}, nil
	}
	var patterns []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		isDir := err == nil && info.IsDir()
		app, installed := r.installed(arg)
		switch path := packageOf(app); {
		case installed && path != "" && path != "main":
			patterns = append(patterns, path+"/...")
		case isDir && filepath.IsLocal(arg):
			patterns = append(patterns, "./"+strings.TrimPrefix(filepath.ToSlash(filepath.Clean(arg))+"/...", "./"))
		case installed:
			return nil, fmt.Errorf("the app %s is in the program's package main: name a directory", quote(arg))
		default:
			patterns = append(patterns, arg)
		}
	}
	return patterns, nil
}

// installed is the app with a label.
func (r *run) installed(label string) (settled.App, bool) {
	if p := r.read().project; p != nil {
		for _, info := range p.Apps() {
			if info.Name == label {
				return info.App, true
			}
		}
	}
	return nil, false
}

// packageOf is the path of the package that an app's type is of.
func packageOf(app settled.App) string {
	if app == nil {
		return ""
	}
	t := reflect.TypeOf(app)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t.PkgPath()
}
