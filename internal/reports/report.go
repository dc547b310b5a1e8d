// Package reports writes what check found in the formats that machines read:
// JSON of Settled's own, SARIF for code scanning, and the workflow commands of
// GitHub Actions. The text for people is the printer's, in package checks.
//
// The same findings are the same bytes on every run.
package reports

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
)

// A Report is what check found in some settings files.
type Report struct {
	Version string // of Settled
	// Root is the directory from which on files are named, as an absolute
	// path: the one in which check runs.
	Root  string
	Files []File
	// Messages, Silenced and Accepted are what was found in all files together:
	// what counts, what is set aside, and what a baseline has.
	Messages checks.Messages
	Silenced []checks.Silenced
	Accepted checks.Messages
	// Failed says that the messages, or a file that can't be read, make the
	// exit status 1.
	Failed bool
	// Rule is what there is to know of an id.
	Rule func(id string) Rule
}

// A File is a settings file that was looked at.
type File struct {
	Name string // empty when the error says it
	// Sources are the file itself and all that it extends.
	Sources []string
	Err     error // why it can't be read
}

// A Rule explains an id.
type Rule struct {
	ID    string
	Level checks.Level
	Title string // one sentence; may be empty
	Text  string // Markdown; may be empty
	Tags  []string
}

// first is the name of the first file that could be read: the one that messages
// are about which name none.
func (r Report) first() string {
	i := slices.IndexFunc(r.Files, func(f File) bool { return f.Err == nil })
	if i < 0 {
		return ""
	}
	return r.Files[i].Name
}

// unreadable says whether a file could not be read.
func (r Report) unreadable() bool {
	return slices.ContainsFunc(r.Files, func(f File) bool { return f.Err != nil })
}

// variable is the environment variable that a place is, or "". Both kinds of
// places may be without a line.
func (r Report) variable(at checks.Range) string {
	if at.Start.Line > 0 || slices.ContainsFunc(r.Files, func(f File) bool {
		return f.Name == at.File || slices.Contains(f.Sources, at.File)
	}) {
		return ""
	}
	return at.File
}

// relative is a file's path from Root on, with slashes; ok is false when the
// file is not below Root, and then the path is absolute.
func (r Report) relative(file string) (path string, ok bool) {
	if !filepath.IsAbs(file) {
		file = filepath.Join(r.Root, file)
	}
	below, err := filepath.Rel(r.Root, file)
	if err != nil || below == ".." || strings.HasPrefix(below, ".."+string(filepath.Separator)) {
		return filepath.ToSlash(filepath.Clean(file)), false
	}
	return filepath.ToSlash(below), true
}

// end is where a place ends; one without an end is empty.
func end(at checks.Range) checks.Pos {
	if at.End.Line == 0 {
		return at.Start
	}
	return at.End
}
