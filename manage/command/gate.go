package command

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// gate is what a project has to pass before a command runs in it: the system
// checks. What makes the project impossible or unsafe always stops it; the rest
// is printed, and stops it when there is an error, unless skip is true. report
// says how to print.
func (r *run) gate(skip bool, report checks.Report) (*settled.Project, error) {
	got := r.read()
	if got.err != nil {
		return nil, got.err
	}
	if err := r.pass(skip, got.report(skip, report)); err != nil {
		return nil, err
	}
	return got.project, nil
}

// pass prints a report, and returns an error if it has one.
func (r *run) pass(skip bool, report checks.Report) error {
	if len(report.Messages) > 0 || !report.NoFooter && !skip {
		r.print(report)
	}
	if report.Failed {
		return errReported
	}
	return nil
}

// report is what the checks say of what was read.
func (got reading) report(skip bool, report checks.Report) checks.Report {
	report.Messages = got.found
	if got.project != nil {
		kept, silenced := got.project.Silence(got.project.Check(settled.Selection{}))
		report.Messages, report.Silenced = kept, len(silenced)
	}
	// A secret that is missing is for whoever starts the site to report, as an
	// error.
	report.Messages = report.Messages.Select(func(m checks.Message) bool { return m.ID != "settings.I010" })
	if skip {
		report.Messages = report.Messages.Blocking()
	}
	report.Failed = len(report.Messages.AtLeast(checks.Error)) > 0
	return report
}
