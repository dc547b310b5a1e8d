package explain

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/printable"
)

// A report writes for people.
type report struct {
	w   io.Writer
	err error
}

func (r *report) fail(err error) { r.err = cmp.Or(r.err, err) }

// line writes one line. What can't be printed is escaped.
func (r *report) line(format string, args ...any) {
	if _, err := io.WriteString(r.w, printable.Line(fmt.Sprintf(format, args...))+"\n"); err != nil {
		r.fail(err)
	}
}

// head says what is explained.
func (r *report) head(q question) {
	r.line("%s %s from a page of %s", cmp.Or(q.Method, http.MethodGet), shownURL(q.URL), q.Origin)
	if q.address != "" {
		r.line("%s", q.address)
	}
	switch {
	case q.Origin == "null":
		r.line("A page from a file, a data: URL or a sandboxed frame has the origin null.")
	case q.written != "":
		r.line("For a page of %s a browser sends Origin: %s", quote(q.written), q.Origin)
	}
}

// steps writes what the browser does, one after the other.
// decider says which setting a step hangs on.
func (r *report) steps(o *browser.Outcome, whoAnswers string, decider func(browser.Step) string) {
	for i, step := range o.Steps {
		r.line("")
		r.line("%d. %s%s", i+1, prefix(step.Verdict), step.Text)
		for _, detail := range step.Details {
			r.line("   - %s", detail)
		}
		if step.Exchange != nil {
			r.exchange(step.Exchange, whoAnswers)
		}
		if by := decider(step); by != "" {
			r.line("   by %s", by)
		}
		r.line("   %s", step.Rule)
	}
	r.line("")
}

func prefix(v browser.Verdict) string {
	if v == browser.Noted {
		return ""
	}
	return string(v) + ": "
}

// exchange writes a request and its answer.
func (r *report) exchange(x *browser.Exchange, whoAnswers string) {
	u, _ := url.Parse(x.URL)
	r.line("     %s %s", x.Method, shownURL(u.RequestURI()))
	r.line("     Host: %s", u.Host)
	for _, h := range x.Asked {
		r.line("%s", strings.TrimRight("     "+h.Name+": "+masked(h), " "))
	}
	if x.Err != nil {
		return
	}
	r.line("   and %s", whoAnswers)
	r.line("     %d %s", x.Status, http.StatusText(x.Status))
	for _, name := range slices.Sorted(maps.Keys(x.Header)) {
		if isOfInterest(name) {
			for _, value := range x.Header[name] {
				r.line("     %s: %s", name, shownURL(value))
			}
		}
	}
}

// isOfInterest holds for the headers of an answer that have to do with CORS.
func isOfInterest(name string) bool {
	switch name {
	case "Vary", "Location", "Server", "Via", "Age", "Www-Authenticate":
		return true
	}
	return strings.HasPrefix(name, "Access-Control-")
}

// verdict writes the answer, and what to do.
func (r *report) verdict(s *site, q question, o *browser.Outcome) {
	switch {
	case o.SameOrigin:
		r.line("ALLOWED: page and site have the same origin. No CORS is involved, and no setting of it matters.")
		return
	case o.Allowed:
		r.line("ALLOWED: the page may read the answer.")
	default:
		r.line("BLOCKED: %s.", o.Blocking().Text)
	}
	r.cookies(q, o)
	if !o.Allowed {
		r.remedies(s, q, o)
	}
	r.caveats(s, q, o)
}

// caveats are what the settings alone can't tell.
func (r *report) caveats(s *site, q question, o *browser.Outcome) {
	if len(s.gates) > 0 && !o.Allowed {
		r.line("Gates: %s may let further requests in, never with credentials. That is decided at run time and can't be predicted: --url asks a running server.",
			strings.Join(quoteAll(s.gates), ", "))
	}
	if problem := s.hostProblem(q.URL); problem != "" {
		r.line("%s", problem)
	}
}

// remedies writes what to change.
func (r *report) remedies(s *site, q question, o *browser.Outcome) {
	all := s.remedies(q, o)
	if len(all) == 0 {
		return
	}
	r.line("To allow it:")
	for _, remedy := range all {
		r.line("  - %s", remedy)
	}
}
