package browser

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// A Verdict is how a step ends.
type Verdict string

const (
	Noted   Verdict = "note"
	Passed  Verdict = "passed"
	Blocked Verdict = "blocked"
)

// A Kind is what a step is about.
type Kind string

// The steps, in the order in which they are taken.
const (
	Scope     Kind = "scope"     // whether the request is CORS's business
	Script    Kind = "script"    // what a script may ask for
	Network   Kind = "network"   // what the address of the server asks for
	Preflight Kind = "preflight" // whether the server is asked first
	Ask       Kind = "ask"       // the preflight as it is sent, and its answer
	Status    Kind = "status"    // of that answer
	Methods   Kind = "methods"
	Headers   Kind = "headers"
	MaxAge    Kind = "max-age"
	Send      Kind = "send" // the request as it is sent, and its answer
	Redirect  Kind = "redirect"
	Access    Kind = "access" // the CORS check on an answer
	Read      Kind = "read"   // what a script gets to see
)

// A Step is one thing that a browser does or decides.
type Step struct {
	Kind    Kind
	Verdict Verdict
	// Text is one sentence.
	Text string
	// Details are further lines: reasons, header names.
	Details []string
	// Rule is the section of a standard.
	Rule string
	// Subject is the method, header or value that is judged.
	Subject string
	// Reason is set on what is blocked.
	Reason Reason
	// Exchange is what was asked and answered, in the steps Ask and Send.
	Exchange *Exchange
}

// An Exchange is a request and what came of it.
type Exchange struct {
	Method, URL string
	// Asked is the request's header as far as the standard says it.
	Asked []Header
	// Status is 0 when there was no answer; Err says why then.
	Status int
	Header http.Header
	Err    error
}

// An Outcome is all that became of a request.
type Outcome struct {
	Steps []Step
	// Allowed says that the script may read the answer.
	Allowed bool
	// Reason is why not.
	Reason Reason
	// SameOrigin says that CORS had nothing to do with it.
	SameOrigin bool
}

// Blocking is the step that blocks, or nil.
func (o *Outcome) Blocking() *Step {
	i := slices.IndexFunc(o.Steps, func(s Step) bool { return s.Verdict == Blocked })
	if i < 0 {
		return nil
	}
	return &o.Steps[i]
}

// Step is the last step of a kind, or nil.
func (o *Outcome) Step(kind Kind) *Step {
	for i, s := range slices.Backward(o.Steps) {
		if s.Kind == kind {
			return &o.Steps[i]
		}
	}
	return nil
}

// add notes a step, and says whether to go on.
func (o *Outcome) add(s Step) bool {
	o.Steps = append(o.Steps, s)
	if s.Verdict == Blocked {
		o.Allowed, o.Reason = false, s.Reason
		return false
	}
	return true
}

// get is https://fetch.spec.whatwg.org/#concept-header-list-get.
func get(h http.Header, name string) (value string, found bool) {
	values, found := h[http.CanonicalHeaderKey(name)]
	return strings.Join(values, ", "), found
}

// list is the tokens of a header that holds a list; ok is false when it is none.
func list(h http.Header, name string) (tokens []string, ok bool) {
	value, _ := get(h, name)
	return Tokens(value)
}

func quoted(s string) string { return fmt.Sprintf("'%s'", s) }
