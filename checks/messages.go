package checks

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Messages are problems found together.
type Messages []Message

// Sort puts messages in the order of a report: by level, the gravest first,
// then by file, line, column, id and text, so that a report has the same bytes
// on every run.
func (ms Messages) Sort() {
	slices.SortStableFunc(ms, Compare)
}

// Compare is the order of Sort.
func Compare(a, b Message) int {
	return cmp.Or(
		cmp.Compare(b.Level, a.Level),
		cmp.Compare(a.At.File, b.At.File),
		cmp.Compare(a.At.Start.Line, b.At.Start.Line),
		cmp.Compare(a.At.Start.Column, b.At.Start.Column),
		cmp.Compare(a.ID, b.ID),
		cmp.Compare(a.Text, b.Text),
	)
}

// Select returns the messages for which keep is true.
func (ms Messages) Select(keep func(Message) bool) Messages {
	var kept Messages
	for _, m := range ms {
		if keep(m) {
			kept = append(kept, m)
		}
	}
	return kept
}

// Blocking are the messages with which nothing starts, whatever is silenced or
// skipped: errors of the classes Refused and Unbuildable.
func (ms Messages) Blocking() Messages {
	return ms.Select(func(m Message) bool { return m.Level >= Error && m.Class != Finding })
}

// AtLeast are the messages of a level and above.
func (ms Messages) AtLeast(l Level) Messages {
	return ms.Select(func(m Message) bool { return m.Level >= l })
}

// Silenced is a message that was set aside, and why.
type Silenced struct {
	Message
	Reason string // empty when none was given
}

// Silence takes out the findings with the ids that there is a reason for, be
// it an empty one, and returns them beside the rest. Messages of the other
// classes stay: they can't be silenced.
func (ms Messages) Silence(reasons map[string]string) (kept Messages, silenced []Silenced) {
	for _, m := range ms {
		if reason, ok := reasons[m.ID]; ok && m.Class == Finding {
			silenced = append(silenced, Silenced{m, reason})
		} else {
			kept = append(kept, m)
		}
	}
	return kept, silenced
}

// Err is nil when there is no message of level Error or above, and otherwise
// an *Failure that holds all messages.
func (ms Messages) Err() error {
	if len(ms.AtLeast(Error)) == 0 {
		return nil
	}
	return &Failure{Messages: ms}
}

// A Failure is messages as an error; errors.As finds it.
type Failure struct{ Messages Messages }

// Error is the messages of level Error and above, a line each, without source
// lines.
func (f *Failure) Error() string {
	var b strings.Builder
	for i, m := range f.Messages.AtLeast(Error) {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(m.String())
	}
	return b.String()
}

// String is the message on one line: its place, or else its setting, then
// level, text and id. What can't be printed is escaped.
func (m Message) String() string {
	place := m.At.String()
	if place == "" {
		place = cmp.Or(Escape(string(m.Setting)), "?")
	}
	return fmt.Sprintf("%s: %s: %s (%s)", place, m.Level, Escape(m.Text), m.ID)
}
