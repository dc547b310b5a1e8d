package command

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/baseline"
)

// scope is what a run looked at: it can tell of a finding there whether it is
// gone, and of no other.
type scope struct {
	dir   string          // where the paths of the baseline start
	only  string          // the settings file, when there is one
	files map[string]bool // the settings files and all that they extend, as messages name them
	whole map[string]bool // those that were looked at to the end, as entries name them
	ran   map[string]bool // ids that were looked for
	known map[string]bool // ids that there are
	all   bool            // no labels and no tags
}

func newScope(c check, results []result) *scope {
	s := &scope{dir: filepath.Dir(absolute(c.accept.path)), all: len(c.labels)+len(c.tags) == 0,
		files: map[string]bool{}, whole: map[string]bool{}, ran: map[string]bool{}, known: map[string]bool{}}
	var stopped []string
	for _, one := range results {
		s.only = one.name
		if one.project == nil {
			continue
		}
		s.look(c, one.project)
		for _, file := range one.project.File().Files() {
			s.files[file], s.whole[s.relative(file)] = true, true
			if len(one.messages.Blocking()) > 0 {
				stopped = append(stopped, s.relative(file))
			}
		}
	}
	for _, file := range stopped {
		delete(s.whole, file)
	}
	return s
}

// look notes which ids the checks of a project report.
func (s *scope) look(c check, p *settled.Project) {
	for _, info := range p.Apps() {
		checker, ok := info.App.(settled.Checker)
		if !ok {
			continue
		}
		asked := len(c.labels) == 0 || slices.Contains(c.labels, info.Name)
		for _, row := range checker.Checks() {
			runs := asked && c.selection().Has(row)
			for _, id := range row.IDs {
				s.known[id] = true
				s.ran[id] = s.ran[id] || runs
			}
		}
	}
}

// entry is a finding as a baseline has it.
func (s *scope) entry(m checks.Message) baseline.Entry {
	e := baseline.Entry{ID: m.ID, Setting: m.Setting.Name(), Text: m.Text}
	switch {
	case m.At.File == "":
		e.File = s.relative(s.only)
	case m.At.Start.Line == 0 && !s.files[m.At.File]:
		e.Variable = m.At.File
	default:
		e.File = s.relative(m.At.File)
	}
	return e
}

// covers says whether a finding that was not met is gone.
func (s *scope) covers(e baseline.Entry) bool {
	if e.File != "" && !s.whole[e.File] {
		_, err := os.Stat(filepath.Join(s.dir, filepath.FromSlash(e.File)))
		return errors.Is(err, fs.ErrNotExist)
	}
	return s.ran[e.ID] || s.all && !s.known[e.ID]
}

// relative is a path as entries have it.
func (s *scope) relative(path string) string {
	path = absolute(path)
	if relative, err := filepath.Rel(s.dir, path); err == nil {
		path = relative
	}
	return filepath.ToSlash(path)
}

func absolute(path string) string {
	if absolute, err := filepath.Abs(path); err == nil {
		return absolute
	}
	return path
}
