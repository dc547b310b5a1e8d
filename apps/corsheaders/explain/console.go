package explain

import (
	"fmt"
	"slices"
	"strings"

	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/shown"
)

// A ConsoleText is what a browser writes to its console about a blocked request.
type ConsoleText struct{ Browser, Text string }

// consoleTexts are what the browsers say, for those of which it is known.
func consoleTexts(q question, o *browser.Outcome) (all []ConsoleText) {
	step := o.Blocking()
	fill := func(template string) string {
		return hole.ReplaceAllStringFunc(template, func(name string) string {
			switch name {
			case "{url}":
				return shown.URL(q.URL)
			case "{origin}":
				return q.Origin
			default: // a method, a header or a value: what is judged
				return step.Subject
			}
		})
	}
	if h, ok := chromium.sayingOf(o.Reason); ok {
		all = append(all, ConsoleText{chromium.browser, fill("Access to fetch at '{url}' from origin '{origin}' has been blocked by CORS policy: " + h.template)})
	}
	if h, ok := firefox.sayingOf(o.Reason); ok {
		all = append(all, ConsoleText{firefox.browser, fill("Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at {url}. "+h.template) + "." + statusCode(o)})
	}
	if h, ok := webkit.sayingOf(o.Reason); ok {
		all = append(all, ConsoleText{webkit.browser, fill(h.template + "\nFetch API cannot load {url} due to access control checks.")})
	}
	return all
}

// sayingOf is the text for a reason: by the browser's own name for it, or else
// by what it means.
func (s speaker) sayingOf(reason browser.Reason) (saying, bool) {
	i := slices.IndexFunc(s.says, func(h saying) bool { return h.id == string(reason) })
	if i < 0 {
		i = slices.IndexFunc(s.says, func(h saying) bool { return h.reason == reason.Plain() })
	}
	if i < 0 || reason.Plain() == browser.NoAnswer {
		return saying{}, false
	}
	return s.says[i], true
}

// statusCode is what Firefox adds.
func statusCode(o *browser.Outcome) string {
	for _, step := range slices.Backward(o.Steps) {
		if x := step.Exchange; x != nil && x.Status != 0 {
			return fmt.Sprintf(" Status code: %d.", x.Status)
		}
	}
	return ""
}

// Known says that some browsers do not do what the standard says about the
// blocking step, and which; empty when all do.
func (r *Report) Known() string {
	if step := r.Outcome.Blocking(); step != nil && step.Kind == browser.Headers {
		return strings.Join(step.Details, ". ")
	}
	return ""
}
