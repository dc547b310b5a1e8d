package reports

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/settled-go/settled/checks"
)

// GitHub writes a workflow command for each message, which GitHub Actions shows
// beside the line that it is about, and last the summary, which is no command.
func GitHub(w io.Writer, r Report, summary string) error {
	b := bufio.NewWriter(w)
	for _, m := range r.Messages {
		r.annotate(b, command(m.Level), m.At, m.ID, r.annotation(m))
	}
	for _, f := range r.Files {
		if f.Err != nil {
			r.annotate(b, "error", checks.Range{File: f.Name}, "not checked", checks.Escape(f.Err.Error()))
		}
	}
	if summary != "" {
		b.WriteString(summary + "\n")
	}
	return b.Flush()
}

func command(l checks.Level) string {
	switch {
	case l >= checks.Error:
		return "error"
	case l >= checks.Warning:
		return "warning"
	}
	return "notice"
}

// annotation is the text of a message, with what belongs to it on lines of
// their own.
func (r Report) annotation(m checks.Message) string {
	lines := []string{checks.Escape(m.Text)}
	if variable := r.variable(m.At); variable != "" {
		lines[0] = checks.Escape(variable) + ": " + lines[0]
	}
	for _, related := range m.Related {
		line := checks.Escape(related.Text)
		if place := cmp.Or(related.At.String(), checks.Escape(string(related.Setting))); place != "" {
			line = place + ": " + line
		}
		lines = append(lines, line)
	}
	if m.Hint != "" {
		lines = append(lines, "hint: "+checks.Escape(m.Hint))
	}
	if m.Because.ID != "" {
		lines = append(lines, "follows from "+m.Because.ID)
	}
	return strings.Join(lines, "\n")
}

// annotate writes a command. GitHub refuses columns of more than one line.
func (r Report) annotate(b *bufio.Writer, command string, at checks.Range, title, text string) {
	var properties []string
	add := func(name string, value any) {
		properties = append(properties, name+"="+propertyEscapes.Replace(checks.Escape(fmt.Sprint(value))))
	}
	if at.File != "" && r.variable(at) == "" {
		path, _ := r.relative(at.File)
		add("file", path)
	}
	if at.Start.Line > 0 {
		add("line", at.Start.Line)
		add("endLine", end(at).Line)
		if at.Start.Line == end(at).Line {
			add("col", at.Start.Column)
			add("endColumn", end(at).Column)
		}
	}
	add("title", title)
	fmt.Fprintf(b, "::%s %s::%s\n", command, strings.Join(properties, ","), dataEscapes.Replace(text))
}

// What GitHub's runner reads as a part of the command itself.
var (
	dataEscapes     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	propertyEscapes = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
