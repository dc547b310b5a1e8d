package command

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// A state is a project between two rounds of fixes, and what its checks find.
type state struct {
	reading
	report checks.Messages // what check reports, so what is fixed
	errors checks.Messages // all errors that are not silenced
}

// A complaint tells messages apart over several rounds, in which an element's
// index can change.
type complaint struct{ id, text string }

func complaintOf(m checks.Message) complaint { return complaint{m.ID, m.Text} }

// look runs the checks that are asked for, and all others for their errors.
func look(read reading, sel settled.Selection, labels []string) state {
	p := read.project
	all, _ := p.Silence(p.Check(settled.Selection{Deploy: sel.Deploy}))
	report := all
	if len(sel.Tags) > 0 {
		report, _ = p.Silence(p.Check(sel))
	}
	return state{read, ofApps(p, report, labels), all.AtLeast(checks.Error)}
}

// lacks reports whether messages are gone that were among others before.
func (s state) lacks(fixed, before checks.Messages) bool {
	may := map[complaint]int{}
	for _, m := range fixed {
		may[complaintOf(m)] = 0
	}
	count := func(ms checks.Messages, by int) {
		for _, m := range ms {
			if n, ok := may[complaintOf(m)]; ok {
				may[complaintOf(m)] = n + by
			}
		}
	}
	count(before, 1)
	count(fixed, -1)
	count(s.report, -1)
	for _, n := range may {
		if n < 0 {
			return false
		}
	}
	return true
}

// isNoWorse reports whether there are no more errors than before: none more of
// an id, unless they can be fixed in turn and others are gone for them.
func (s state) isNoWorse(before state) bool {
	more := map[string]int{}
	for _, m := range before.errors {
		more[m.ID]--
	}
	file := s.project.File()
	for _, m := range s.errors {
		if m.Class != checks.Finding || !file.Fixable(m) {
			if more[m.ID]++; more[m.ID] > 0 {
				return false
			}
		}
	}
	return len(s.errors) <= len(before.errors)
}
