package settings

import (
	"math"
	"slices"

	"github.com/settled-go/settled/checks"
)

// placeFixes fills in what a message's fixes change. Nothing is filled in when
// that would show a secret: a change holds all of its new text.
func (f *file) placeFixes(m *checks.Message) {
	if len(m.Fixes) == 0 || slices.ContainsFunc(m.Fixes, func(e checks.Edit) bool { return e.Changes != nil }) {
		return
	}
	m.Fixes = slices.Clone(m.Fixes)
	for i, e := range m.Fixes {
		m.Fixes[i].Secret = (e.Do == checks.Replace || e.Do == checks.Append) && (hasHiddenName(e.Setting) || HideText(e.Text) != e.Text)
	}
	tasks, ok := f.tasks(m.Fixes)
	if !ok {
		return
	}
	if i := slices.IndexFunc(tasks, f.tells); i >= 0 {
		m.Fixes[tasks[i].number].Secret = true
		return
	}
	placed := make([][]checks.Change, len(m.Fixes))
	for _, s := range f.sources {
		var own []task
		for _, t := range tasks {
			if t.source == s {
				own = append(own, t)
			}
		}
		for _, c := range s.changes(own) {
			if HideText(c.text) != c.text {
				return
			}
			placed[c.task] = append(placed[c.task], checks.Change{At: s.show(c.at, f.mask(s)), New: c.text})
		}
	}
	for i := range m.Fixes {
		m.Fixes[i].Changes = placed[i]
	}
}

// tells reports whether the new text of a task may hold what is hidden.
func (f *file) tells(t task) bool {
	hidden := f.mask(t.source)
	switch t.Do {
	case checks.Replace, checks.Append:
		return t.node != nil && hidden.covers(t.node.value)
	case checks.Move:
		return slices.ContainsFunc(t.source.changes([]task{t}), func(c change) bool { return hidden.touches(c.at) })
	}
	return false
}

// touches reports whether a part of at is hidden.
func (m mask) touches(at span) bool {
	return slices.ContainsFunc(m, func(h span) bool { return h.start < at.end && at.start < h.end })
}

// Lines are the lines of one of the Files as they may be shown: without their
// line breaks, with stars for what is hidden, and with a sign for characters
// that a terminal could obey.
func (f *File) Lines(name string) []string { return f.open().shownLines(name) }

func (f *file) shownLines(name string) []string {
	i := slices.IndexFunc(f.sources, func(s *source) bool { return s.name == name })
	if i < 0 {
		return nil
	}
	s := f.sources[i]
	x, hidden := s.index(), f.mask(s)
	all := make([]string, len(x.lines.starts))
	for n, start := range x.lines.starts {
		line := x.lines.line(start)
		shown, _ := view{text: s.text, line: line, end: line.end, hidden: hidden}.forward(line.start, line.end, math.MaxInt)
		all[n] = string(shown)
	}
	return all
}
