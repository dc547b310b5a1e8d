package explain

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/shown"
)

// A Report is what a browser makes of a request, which setting decides where,
// and what to change. Its texts hold no values that identify somebody; they may
// hold what others have written, and have to be escaped for where they go.
type Report struct {
	Origin  string   // what the browser sends as Origin
	URL     string   // the address that is asked for, as it may be shown
	Title   string   // the request in a line
	Remarks []string // on how origin and address came about
	Steps   []Step
	// Allowed says that the page may read the answer; Verdict says so in a
	// sentence without a full stop, and By which setting lets it in or blocks
	// it.
	Allowed, SameOrigin bool
	Verdict, By         string
	Cookies             []string
	Remedies            []string // what to change so that it is allowed
	Caveats             []string // what the settings alone can't tell
	Console             []ConsoleText
	// Outcome is what the report is made of.
	Outcome *browser.Outcome
}

// A Step is one thing that the browser does or decides.
type Step struct {
	browser.Step
	// Asked and Answered are the lines of a request and of its answer, in the
	// steps that have one.
	Asked, Answered []string
	// By is the setting that the step hangs on, and where it is written; empty
	// when none has a say.
	By string
}

func (s *site) report(q question, o *browser.Outcome) *Report {
	r := &Report{
		Origin: q.Origin, URL: shown.URL(q.URL), Remarks: remarks(q),
		Title:   fmt.Sprintf("%s %s from a page of %s", q.Method, shown.URL(q.URL), q.Origin),
		Allowed: o.Allowed, SameOrigin: o.SameOrigin, Outcome: o,
	}
	for _, step := range o.Steps {
		shown := Step{Step: step, By: s.decider(q, step)}
		if step.Exchange != nil {
			shown.Asked, shown.Answered = asked(step.Exchange), answered(step.Exchange)
		}
		if step.Verdict == browser.Blocked || step.Kind == browser.Access {
			r.By = shown.By
		}
		r.Steps = append(r.Steps, shown)
	}
	switch {
	case o.SameOrigin:
		r.Verdict = "page and site have the same origin. No CORS is involved, and no setting of it matters"
		return r
	case o.Allowed:
		r.Verdict = "the page may read the answer"
	default:
		r.Verdict = o.Blocking().Text
		r.Remedies = s.remedies(q, o)
		r.Console = consoleTexts(q, o)
	}
	r.Cookies, r.Caveats = s.cookies(q, o), s.caveats(q, o)
	return r
}

func remarks(q question) (all []string) {
	if q.address != "" {
		all = append(all, q.address)
	}
	switch {
	case q.Origin == "null":
		all = append(all, "A page from a file, a data: URL or a sandboxed frame has the origin null.")
	case q.written != "":
		all = append(all, fmt.Sprintf("For a page of %s a browser sends Origin: %s", quote(q.written), q.Origin))
	}
	return all
}

// asked is a request as it is sent.
func asked(x *browser.Exchange) []string {
	u, _ := url.Parse(x.URL)
	lines := []string{x.Method + " " + shown.URL(u.RequestURI()), "Host: " + u.Host}
	for _, h := range x.Asked {
		lines = append(lines, strings.TrimRight(h.Name+": "+shown.Header(h.Name, h.Value), " "))
	}
	return lines
}

// answered is what has to do with CORS in an answer; nil when there is none.
func answered(x *browser.Exchange) []string {
	if x.Err != nil {
		return nil
	}
	lines := []string{fmt.Sprintf("%d %s", x.Status, http.StatusText(x.Status))}
	for _, name := range slices.Sorted(maps.Keys(x.Header)) {
		if isOfInterest(name) {
			for _, value := range x.Header[name] {
				lines = append(lines, name+": "+shown.URL(value))
			}
		}
	}
	return lines
}

// isOfInterest holds for the headers of an answer that have to do with CORS.
func isOfInterest(name string) bool {
	switch name {
	case "Vary", "Location", "Server", "Via", "Age", "Www-Authenticate":
		return true
	}
	return strings.HasPrefix(name, "Access-Control-")
}

// caveats are what the settings alone can't tell.
func (s *site) caveats(q question, o *browser.Outcome) (all []string) {
	switch gates := strings.Join(quoteAll(s.gates), ", "); {
	case len(s.gates) == 0:
	case s.runs:
		all = append(all, fmt.Sprintf("Gates: %s decided about this request as it is here, without cookies and a body. About another they may decide differently.", gates))
	case !o.Allowed:
		all = append(all, fmt.Sprintf("Gates: %s may let further requests in, never with credentials. That is decided at run time and can't be predicted: --url asks a running server.", gates))
	}
	if problem := s.hostProblem(q.URL); problem != "" {
		all = append(all, problem)
	}
	return all
}
