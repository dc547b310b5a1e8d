package command

import (
	"path/filepath"
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// maxTries is how often the fixes of a project are tried: enough to find some
// that can't be made among 100,000.
const maxTries = 100

// A mending makes the fixes of some projects' messages in memory. The projects
// may share files, so that each change is tried on all that it is about.
type mending struct {
	setup func(*settings.File) (*settled.Project, checks.Messages)
	look  func(reading) state

	now     []state // of each project, after the fixes made so far
	paths   [][]string
	files   []repair
	changed map[string]int // by real path, the number in files
	done    checks.Messages
	refused map[refusal]bool // fixes that would not do
}

// A repair is a file with its new text.
type repair struct {
	settings.Rewrite
	before, after *settings.File // that know what to hide of its lines
	afterName     string
}

// A refusal is a message of one of the projects.
type refusal struct {
	project int
	complaint
}

func newMending(r *run, all []result, look func(reading) state) *mending {
	m := &mending{setup: r.Setup, look: look, changed: map[string]int{}, refused: map[refusal]bool{}}
	m.now, m.paths = make([]state, len(all)), make([][]string, len(all))
	inParallel(len(all), func(i int) {
		if m.now[i].reading = all[i].reading; all[i].project == nil {
			return
		}
		m.now[i] = look(all[i].reading)
		for _, name := range all[i].project.File().Files() {
			m.paths[i] = append(m.paths[i], realPath(name))
		}
	})
	return m
}

// realPath is the same for all paths of a file.
func realPath(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if absolute, err := filepath.Abs(path); err == nil {
		path = absolute
	}
	return path
}

// run makes the fixes of one project until none is left. It tries all at once
// and, when that does not do, half of them, and so on.
func (m *mending) run(i int) {
	left := m.fixable(i)
	limit := len(left)
	for range maxTries {
		if len(left) == 0 {
			return
		}
		batch := left[:min(limit, len(left))]
		switch {
		case m.try(i, batch):
			left, limit = m.fixable(i), 2*limit
		case len(batch) == 1:
			m.refused[refusal{i, complaintOf(batch[0])}] = true
			left = m.fixable(i)
		default:
			limit = len(batch) / 2
		}
	}
}

// fixable are the messages whose fixes can be made, and have not been refused.
func (m *mending) fixable(i int) checks.Messages {
	file := m.now[i].project.File()
	return m.now[i].report.Select(func(one checks.Message) bool {
		return !m.refused[refusal{i, complaintOf(one)}] && file.Fixable(one)
	})
}

// try makes fixes if they do what they should: the messages are gone, and no
// project is worse than before.
func (m *mending) try(i int, ms checks.Messages) bool {
	before := m.now[i].project.File()
	rewrites, fixed := before.Fix(ms)
	if len(fixed) == 0 {
		return false
	}
	after := slices.Clone(m.now)
	for j := range after {
		if j != i && !m.shares(j, rewrites) {
			continue
		}
		file, err := after[j].project.File().With(rewrites)
		if err != nil {
			return false
		}
		var next reading
		next.project, next.found = m.setup(file)
		after[j] = m.look(next)
		if !after[j].isNoWorse(m.now[j]) {
			return false
		}
	}
	if !after[i].lacks(fixed, m.now[i].report) {
		return false
	}
	m.now = after
	m.done = append(m.done, fixed...)
	m.note(rewrites, before, after[i].project.File())
	return true
}

// shares reports whether a project reads one of the files.
func (m *mending) shares(j int, rewrites []settings.Rewrite) bool {
	return slices.ContainsFunc(rewrites, func(r settings.Rewrite) bool { return slices.Contains(m.paths[j], realPath(r.Name)) })
}

// note puts new texts in the place of earlier ones.
func (m *mending) note(rewrites []settings.Rewrite, before, after *settings.File) {
	for _, r := range rewrites {
		path := realPath(r.Name)
		i, ok := m.changed[path]
		if !ok {
			i = len(m.files)
			m.changed[path] = i
			m.files = append(m.files, repair{Rewrite: r, before: before})
		}
		m.files[i].New = r.New
		m.files[i].after, m.files[i].afterName = after, r.Name
	}
}
