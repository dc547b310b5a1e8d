package command

import (
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/baseline"
)

// acceptance is what check --baseline asks for, and what came of it.
type acceptance struct {
	path   string // empty for none
	update bool

	known baseline.Baseline
	next  baseline.Baseline // what to write, if it is to be written
	write bool
	gone  int // entries that are found no more
}

// read reads the baseline. When there is none yet, this run writes it, but not
// where nobody would look at it.
func (a *acceptance) read() error {
	if a.path == "" {
		if a.update {
			return errors.New("--update-baseline needs --baseline FILE")
		}
		return nil
	}
	known, err := baseline.Read(a.path)
	a.known, a.write = known, a.update
	switch {
	case errors.Is(err, fs.ErrNotExist) && !a.update && inCI():
		return fmt.Errorf("baseline %q: no such file; since the variable CI is set, check does not accept all that it finds: "+
			"write the file where you develop, and commit it", a.path)
	case errors.Is(err, fs.ErrNotExist):
		a.write = true
		return nil
	}
	var pathError *fs.PathError
	if errors.As(err, &pathError) {
		return fmt.Errorf("baseline %q: %w", a.path, pathError.Err)
	}
	return err
}

// inCI says whether this runs in a CI job: all services set the variable.
func inCI() bool {
	value := os.Getenv("CI")
	return value != "" && value != "false" && value != "0"
}

// apply takes what is accepted out of a report: what the baseline has, or, when
// it is to be written, all that it may have. What stops every start never is.
func (a *acceptance) apply(report *checks.Report, s *scope) {
	var found []baseline.Entry
	var stops, may checks.Messages
	for _, m := range report.Messages {
		if m.Class != checks.Finding {
			stops = append(stops, m)
			continue
		}
		may = append(may, m)
		found = append(found, s.entry(m))
	}
	accepted, left := a.known.Match(found)
	a.next = found
	for _, entry := range left {
		if s.covers(entry) {
			a.gone++
		} else {
			a.next = append(a.next, entry)
		}
	}
	report.Messages = stops
	for i, m := range may {
		if accepted[i] || a.write {
			report.Accepted = append(report.Accepted, m)
		} else {
			report.Messages = append(report.Messages, m)
		}
	}
	report.Messages.Sort()
}

// finish writes the baseline if that is due, and says what is to be said of it.
func (a *acceptance) finish() (remark string, err error) {
	switch {
	case a.write:
		if err := a.next.Write(a.path); err != nil {
			return "", fmt.Errorf("baseline %q: %w", a.path, withoutPath(err))
		}
		return fmt.Sprintf("Wrote the baseline %s with %s. From now on only others count.", a.path, count(len(a.next), "finding")), nil
	case a.gone == 1:
		return "1 entry of the baseline is gone; write it afresh with --update-baseline.", nil
	case a.gone > 1:
		return fmt.Sprintf("%d entries of the baseline are gone; write it afresh with --update-baseline.", a.gone), nil
	}
	return "", nil
}
