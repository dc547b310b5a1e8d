// Package checks holds the one type for every complaint about a project, a
// syntax error as much as a system check's finding, and the printer that shows
// them as Django does.
//
// A check says which setting is wrong and why; the settings file later says
// where that is. So a check needs no file, and neither does its test.
package checks

import "fmt"

// A Message is one problem: what is wrong, what follows from it, where it is
// and what to do next. Methods return a changed copy.
type Message struct {
	Level Level
	Class Class
	ID    string // app.X001; X is the first letter of the level
	Text  string // what is wrong, and what follows from it; one line
	Hint  string // the next action, in the imperative; may be empty

	// Setting is the part of the settings that the message is about; empty
	// when it is about none.
	Setting Path
	// Span narrows a message about a string down to a part of it: byte
	// offsets into the decoded string. Zero means all of it.
	Span [2]int
	// At is where Setting is written; settings.File.Place fills it in.
	At Range
	// Related are the other places that have a part in the problem.
	Related []Related
	// Because is the message that this one follows from: a report that has
	// that too shows this one below it.
	Because Cause
	// Meant is the setting, or the entry of one, that the message's own, which
	// nobody takes, was probably meant to be; empty when that is not known.
	Meant Path
	// Fixes are the changes that mend the problem, all together; none when
	// only a person can say what is meant.
	Fixes []Edit
	// Stack are the calls that led to a panic, when a check did.
	Stack string
	// Files are the settings files in whose projects this was found, when
	// several were looked at.
	Files []string
}

// Related is a further place of a message: what stands there, and where it is.
type Related struct {
	Setting Path
	Text    string
	At      Range
}

// A Pos is a place in a file. Line and Column count from 1, and columns count
// characters, not bytes.
type Pos struct{ Line, Column int }

// A Range is a part of a file, ready to be shown. The zero Range means that
// the place is not known.
type Range struct {
	// File is the file's path as the user gave it, or, with a zero Start,
	// what else holds the value: an environment variable.
	File       string
	Start, End Pos // End is just behind the last character
	// Source is the line of Start, with secrets masked, cut to a readable
	// length around the marked part; empty when it can't be shown.
	Source string
	// Mark is the part of Source to underline, in characters.
	Mark [2]int
}

// String is file:line:column, file alone, or "". What can't be printed is
// escaped.
func (r Range) String() string {
	if r.Start.Line == 0 {
		return Escape(r.File)
	}
	return fmt.Sprintf("%s:%d:%d", Escape(r.File), r.Start.Line, r.Start.Column)
}

// Errorf makes a message of level Error.
func Errorf(id, format string, args ...any) Message {
	return newMessage(Error, id, format, args)
}

// Warningf makes a message of level Warning.
func Warningf(id, format string, args ...any) Message {
	return newMessage(Warning, id, format, args)
}

// Infof makes a message of level Info.
func Infof(id, format string, args ...any) Message {
	return newMessage(Info, id, format, args)
}

func newMessage(l Level, id, format string, args []any) Message {
	return Message{Level: l, ID: id, Text: fmt.Sprintf(format, args...)}
}

// On says which setting the message is about, or which element of a list (of a
// list) in it.
func (m Message) On(setting Path, index ...int) Message {
	for _, i := range index {
		setting = setting.Index(i)
	}
	m.Setting = setting
	return m
}

// In narrows the message down to the bytes [start, end) of the decoded string.
func (m Message) In(start, end int) Message {
	m.Span = [2]int{start, end}
	return m
}

// WithHint says what to do next.
func (m Message) WithHint(format string, args ...any) Message {
	m.Hint = fmt.Sprintf(format, args...)
	return m
}

// See adds a further place that has a part in the problem, and says what
// stands there.
func (m Message) See(setting Path, format string, args ...any) Message {
	related := Related{Setting: setting, Text: fmt.Sprintf(format, args...)}
	m.Related = append(m.Related[:len(m.Related):len(m.Related)], related)
	return m
}

// From says which message this one follows from: the one with that id about
// that setting, or, when the setting is empty, any with that id.
func (m Message) From(id string, setting Path) Message {
	m.Because = Cause{ID: id, Setting: setting}
	return m
}

// Of puts the message in a class.
func (m Message) Of(c Class) Message {
	m.Class = c
	return m
}
