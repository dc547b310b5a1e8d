package explain

import (
	"cmp"
	"fmt"
	"io"

	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/printable"
)

// A printer writes for people.
type printer struct {
	w   io.Writer
	err error
}

func (r *printer) fail(err error) { r.err = cmp.Or(r.err, err) }

// line writes one line. What can't be printed is escaped.
func (r *printer) line(format string, args ...any) {
	if _, err := io.WriteString(r.w, printable.Line(fmt.Sprintf(format, args...))+"\n"); err != nil {
		r.fail(err)
	}
}

func (r *printer) lines(all []string) {
	for _, line := range all {
		r.line("%s", line)
	}
}

// head says what is explained.
func (r *printer) head(shown *Report) {
	r.line("%s", shown.Title)
	r.lines(shown.Remarks)
}

// steps writes what the browser does, one after the other.
func (r *printer) steps(shown *Report, whoAnswers string) {
	for i, step := range shown.Steps {
		r.line("")
		r.line("%d. %s%s", i+1, prefix(step.Verdict), step.Text)
		for _, detail := range step.Details {
			r.line("   - %s", detail)
		}
		r.indented(step.Asked)
		if step.Answered != nil {
			r.line("   and %s", whoAnswers)
			r.indented(step.Answered)
		}
		if step.By != "" {
			r.line("   by %s", step.By)
		}
		r.line("   %s", step.Rule)
	}
	r.line("")
}

func (r *printer) indented(all []string) {
	for _, line := range all {
		r.line("     %s", line)
	}
}

func prefix(v browser.Verdict) string {
	if v == browser.Noted {
		return ""
	}
	return string(v) + ": "
}

// verdict writes the answer, and what to do.
func (r *printer) verdict(shown *Report) {
	if shown.Allowed {
		r.line("ALLOWED: %s.", shown.Verdict)
	} else {
		r.line("BLOCKED: %s.", shown.Verdict)
	}
	r.lines(shown.Cookies)
	r.remedies(shown.Remedies)
	r.lines(shown.Caveats)
}

// remedies writes what to change.
func (r *printer) remedies(all []string) {
	if len(all) == 0 {
		return
	}
	r.line("To allow it:")
	for _, remedy := range all {
		r.line("  - %s", remedy)
	}
}
