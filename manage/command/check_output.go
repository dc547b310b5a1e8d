package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/atomicfile"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/internal/reports"
)

// formats are what check --format takes.
var formats = []string{"text", "json", "sarif", "github"}

// deliver writes the report in the format asked for: to the terminal, or to a
// file, and then the terminal shows a line only. Text has the streams of
// Django's; the other formats are for stdout whatever was found.
func (r *run) deliver(c check, report checks.Report, all []result) error {
	switch {
	case c.output != "":
	case c.format.value != "text":
		return r.encode(r.Stdout, c.format.value, report, all)
	case report.Checked > 0:
		r.print(report)
		return nil
	default:
		return nil
	}
	if isRead(c.output, all) {
		return fmt.Errorf("the report can't be written to %s: it is one of the settings files", quote(c.output))
	}
	var b bytes.Buffer
	if err := r.encode(&b, c.format.value, report, all); err != nil {
		return err
	}
	if err := atomicfile.Write(c.output, b.Bytes()); err != nil {
		return fmt.Errorf("the report can't be written to %s: %w", quote(c.output), withoutPath(err))
	}
	_, err := fmt.Fprintf(r.Stdout, "%s The report is in %s.\n", summaryLine(report), printable.Line(c.output))
	return err
}

// isRead says whether a file is one of those that the settings come from.
func isRead(name string, all []result) bool {
	info, err := os.Stat(name)
	if err != nil {
		return false
	}
	for _, one := range all {
		read := []string{one.name}
		if one.project != nil {
			read = one.project.File().Files()
		}
		for _, file := range read {
			if other, err := os.Stat(file); err == nil && os.SameFile(info, other) {
				return true
			}
		}
	}
	return false
}

// summaryLine is the footer of a report.
func summaryLine(report checks.Report) string {
	if report.Checked == 0 {
		return "No settings file could be read."
	}
	return report.Summary()
}

// withoutPath is why a file can't be written, without the name of the file that
// was tried in its place.
func withoutPath(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

// encode writes the report without colours.
func (r *run) encode(w io.Writer, format string, report checks.Report, all []result) error {
	switch format {
	case "json":
		return reports.JSON(w, r.machineReport(report, all))
	case "sarif":
		return reports.SARIF(w, r.machineReport(report, all))
	case "github":
		return reports.GitHub(w, r.machineReport(report, all), summaryLine(report))
	}
	if report.Checked > 0 {
		if err := (checks.Printer{}).Print(w, report); err != nil {
			return err
		}
	}
	for _, one := range all {
		if one.err != nil {
			fmt.Fprintln(w, "CommandError: "+printable.Lines(one.err.Error()))
		}
	}
	return nil
}
