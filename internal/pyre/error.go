package pyre

import "fmt"

// An Error says why a pattern is refused: Python's re rejects it, or Go's
// regexp has nothing that means the same.
type Error struct {
	Construct  string // what kind of thing it is: "negative look-ahead"
	Text       string // a sentence without its full stop: what is written there, and why it can't be served
	Hint       string // what to write instead, in the imperative
	Start, End int    // where it is in the pattern, in bytes
}

func (e *Error) Error() string {
	return fmt.Sprintf("regular expression, byte %d: %s; %s", e.Start, e.Text, e.Hint)
}

// A fault is an Error still without its place. Each %s of text and hint stands
// for what is written there.
type fault struct{ construct, text, hint string }

// refuse is the error for pattern[start:end].
func refuse(pattern string, start, end int, f fault) error {
	written := pattern[start:end]
	return &Error{
		Construct: f.construct,
		Text:      fill(f.text, written),
		Hint:      fill(f.hint, written),
		Start:     start,
		End:       end,
	}
}

// tooLarge is the error for a pattern beyond the bounds of Go's regexp, which
// says no place that can be traced back.
func tooLarge(pattern string, reason any) error {
	return &Error{
		Construct: "too large",
		Text:      fmt.Sprintf("the pattern is too large for Go's regexp: %v", reason),
		Hint:      "repeat less, or split it into several patterns",
		End:       len(pattern),
	}
}
