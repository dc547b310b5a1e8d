package settled

import (
	"slices"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// Each slip takes another check of the project, so the consequences of so many
// are looked for, and only in a report that someone may read.
const (
	maxSlips    = 10
	maxMessages = 1000
)

// blame says of messages which slip they follow from: a setting that nobody
// takes, since it is misspelt or stands in a wrong place. That is found out by
// trying: what is not there in a project where the slip is mended follows from
// it.
func (p *Project) blame(sel Selection, ms checks.Messages) checks.Messages {
	if len(ms) > maxMessages {
		return ms
	}
	slips := ms.Select(func(m checks.Message) bool { return m.Meant != "" })
	for _, slip := range slips[:min(len(slips), maxSlips)] {
		file, ok := p.file.Suppose(slip)
		if !ok || !slices.ContainsFunc(ms, isOpen) {
			continue
		}
		t := newTrial(ms, p.again(file).check(sel))
		for i, m := range ms {
			if isOpen(m) && t.ends(m) {
				ms[i] = m.From(slip.ID, slip.Setting)
			}
		}
	}
	return ms
}

// isOpen says whether a message may follow from a slip and is not known to.
func isOpen(m checks.Message) bool { return m.Because.ID == "" && m.Meant == "" }

// A trial is what a check finds in a supposed project.
type trial struct {
	found map[checks.Cause]bool
	taken map[checks.Path]bool // settings of which something else is found now
	worse bool
}

// newTrial compares what is found with what there was before. When something
// refuses the supposed project that didn't refuse the one there is, the trial
// says nothing: checks may be silent for that.
func newTrial(before, now checks.Messages) trial {
	t := trial{found: map[checks.Cause]bool{}, taken: map[checks.Path]bool{}}
	known := map[checks.Cause]bool{}
	for _, m := range before {
		known[about(m)] = true
	}
	for _, m := range now {
		t.found[about(m)] = true
		if !known[about(m)] {
			t.taken[m.Setting] = true
			t.worse = t.worse || m.Level >= checks.Error && m.Class != checks.Finding
		}
	}
	return t
}

// ends says whether a message is gone, and nothing else in its place.
func (t trial) ends(m checks.Message) bool {
	return !t.worse && !t.found[about(m)] && !t.taken[m.Setting]
}

// about is what tells messages apart.
func about(m checks.Message) checks.Cause { return checks.Cause{ID: m.ID, Setting: m.Setting} }

// blameApps puts settings of an app that is not installed below the entry of
// MIDDLEWARE that is reported for the same.
func (s *setup) blameApps(ms checks.Messages) checks.Messages {
	for i, m := range ms {
		if m.ID != "settings.E006" || m.Because.ID != "" {
			continue
		}
		if at, ok := s.missed[s.owner(m.Setting.Name())]; ok {
			ms[i] = m.From("middleware.E004", at)
		}
	}
	return ms
}

// owner is the app that has a setting, installed or not.
func (s *setup) owner(setting string) string {
	for _, app := range s.linked {
		for _, f := range settings.Fields(app.Settings) {
			if f.Name == setting || f.Alias == setting {
				return app.Name
			}
		}
	}
	return ""
}
