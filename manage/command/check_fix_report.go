package command

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/printable"
)

// printFixed says what has been fixed, a line each, and of what could have been
// why it has not.
func (r *run) printFixed(m *mending) {
	w := bufio.NewWriter(r.Stderr)
	defer w.Flush()
	color := r.options.color(r.Stderr)
	for _, line := range fixedLines(m.done) {
		fmt.Fprintln(w, paint(color, roleSuccess, line))
	}
	for i, project := range m.now {
		for _, one := range project.report {
			if len(one.Fixes) > 0 {
				fmt.Fprintln(w, paint(color, roleWarning, fmt.Sprintf("%s: not fixed: %s (%s)", one.At, m.reason(i, one), one.ID)))
			}
		}
	}
	if len(m.done) > 0 {
		fmt.Fprintf(w, "\n%s in %s fixed.\n\n", count(len(m.done), "issue"), count(len(m.files), "file"))
	}
}

// fixedLines are a line for each change, with the place and the id of all that
// it mends.
func fixedLines(done checks.Messages) []string {
	type change struct{ file, text string }
	var order []change
	at, ids := map[change]checks.Range{}, map[change][]string{}
	for _, one := range done {
		c := change{one.At.File, fixesText(one.Fixes)}
		if at[c] == (checks.Range{}) {
			at[c] = one.At
			order = append(order, c)
		}
		if !slices.Contains(ids[c], one.ID) {
			ids[c] = append(ids[c], one.ID)
		}
	}
	lines := make([]string, len(order))
	for i, c := range order {
		lines[i] = fmt.Sprintf("%s: fixed: %s (%s)", at[c], printable.Line(c.text), strings.Join(ids[c], ", "))
	}
	return lines
}

func fixesText(edits []checks.Edit) string {
	parts := make([]string, len(edits))
	for i, e := range edits {
		parts[i] = fixText(e)
	}
	return strings.Join(slices.Compact(parts), ", ")
}

// fixText says what an edit has done.
func fixText(e checks.Edit) string {
	switch {
	case e.Do == checks.Remove:
		return fmt.Sprintf("%s is taken out", e.Setting)
	case e.Do == checks.Rename:
		return fmt.Sprintf("%s is renamed to %s", e.Setting, checks.Path("").Key(e.Text))
	case e.Do == checks.Move:
		return fmt.Sprintf("%s is moved to place %d", e.Setting, e.To+1)
	case e.Do == checks.Append && e.Secret:
		return fmt.Sprintf("%s has a new entry", e.Setting)
	case e.Do == checks.Append:
		return fmt.Sprintf("'%s' is added to %s", e.Text, e.Setting)
	case e.Secret:
		return fmt.Sprintf("%s is replaced", e.Setting)
	}
	return fmt.Sprintf("%s is now '%s'", e.Setting, e.Text)
}

// reason says why a message is not fixed that has fixes.
func (m *mending) reason(i int, one checks.Message) string {
	file := m.now[i].project.File()
	for _, e := range one.Fixes {
		if at := file.Origin(e.Setting); at.File != "" && at.Start.Line == 0 {
			return "the value is in the environment: change the variable " + printable.Line(at.File)
		}
	}
	if m.refused[refusal{i, complaintOf(one)}] {
		return "the change would not help, or lead to another error"
	}
	return "the value is written in a way that can't be edited"
}
