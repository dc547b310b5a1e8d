package checks

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A Printer writes a report as Django's check command lays it out: a header, a
// heading a level, the messages, a footer. Each message is a line that editors
// and terminals can open, the source line with the value underlined, further
// places, and a hint.
type Printer struct {
	// Color writes ANSI colours, those of Django's dark palette.
	Color bool
	// Palette has other colours; nil for those.
	Palette *Palette
	// Traceback writes the stacks of checks that panicked.
	Traceback bool
}

// A Palette has the SGR codes of what a Printer colours; "" is no colour.
type Palette struct{ Error, Warning, Info, Note string }

// A Report is what a Printer shows.
type Report struct {
	Messages Messages
	// Silenced is how many messages were set aside; the footer says so.
	Silenced int
	// Accepted are the findings that a baseline has; the footer says how many.
	Accepted Messages
	// Failed puts "SystemCheckError: " before the header.
	Failed bool
	// Checked is how many settings files were looked at; the footer says so
	// when it is more than one.
	Checked int
	// NoFooter leaves the footer out, as Django does before a command.
	NoFooter bool
}

// Print writes the report and returns the first error of w. The messages are
// printed by level, and inside a level in the order in which they come. What
// follows from another message stands below it, on a line of its own; the two
// are printed under the graver one's level.
func (p Printer) Print(w io.Writer, r Report) error {
	b := bufio.NewWriter(w)
	if len(r.Messages) > 0 {
		p.header(b, r.Failed)
		groups := r.Messages.Groups()
		for _, l := range levels {
			p.level(b, l, groups)
		}
	}
	if !r.NoFooter {
		b.WriteString(r.Summary() + "\n")
	}
	return b.Flush()
}

func (p Printer) header(b *bufio.Writer, failed bool) {
	if failed {
		b.WriteString("SystemCheckError: ")
	}
	b.WriteString("System check identified some issues:\n\n")
}

// Summary is the footer: how many messages there are, on one line.
func (r Report) Summary() string {
	var b strings.Builder
	switch n := len(r.Messages); n {
	case 0:
		b.WriteString("System check identified no issues")
	case 1:
		b.WriteString("System check identified 1 issue")
	default:
		fmt.Fprintf(&b, "System check identified %d issues", n)
	}
	fmt.Fprintf(&b, " (%d silenced", r.Silenced)
	if n := len(r.Accepted); n > 0 {
		fmt.Fprintf(&b, ", %d accepted by the baseline", n)
	}
	b.WriteByte(')')
	switch {
	case r.Checked > 1 && len(r.Messages) > 0:
		fmt.Fprintf(&b, " in %d of %d files", r.Messages.files(), r.Checked)
	case r.Checked > 1:
		fmt.Fprintf(&b, " in %d files", r.Checked)
	}
	b.WriteByte('.')
	return b.String()
}

func (p Printer) level(b *bufio.Writer, l Level, groups []Group) {
	first := true
	for _, g := range groups {
		if g.Gravest() != l {
			continue
		}
		if first {
			fmt.Fprintf(b, "%sS:\n", strings.ToUpper(l.String()))
			first = false
		}
		p.group(b, g)
	}
	if !first {
		b.WriteByte('\n')
	}
}

func (p Printer) group(b *bufio.Writer, g Group) {
	m := g.Message
	b.WriteString(p.paint(p.color(m.Level), m.String()))
	b.WriteByte('\n')
	width := max(4, 1+len(strconv.Itoa(m.At.Start.Line)))
	p.source(b, m.At, width, p.color(m.Level))
	for _, r := range m.Related {
		fmt.Fprintf(b, "%*s %s: note: %s\n", width-2, "", place(r), Escape(r.Text))
		p.source(b, r.At, width, p.palette().Note)
	}
	if m.Hint != "" {
		fmt.Fprintf(b, "%*s hint: %s\n", width-2, "", Escape(m.Hint))
	}
	if p.Traceback && m.Stack != "" {
		fmt.Fprintf(b, "%*s stack:\n%s", width-2, "", indented(m.Stack))
	}
	for _, f := range g.Follows {
		fmt.Fprintf(b, "%*s follows: %s\n", width-2, "", p.paint(p.color(f.Level), f.String()))
	}
}

// indented is a stack as it stands below its message.
func indented(stack string) string {
	var b strings.Builder
	for line := range strings.Lines(stack) {
		b.WriteString("     " + Escape(strings.TrimRight(line, "\n")) + "\n")
	}
	return b.String()
}

func place(r Related) string {
	if s := r.At.String(); s != "" {
		return s
	}
	return Escape(string(r.Setting))
}

// source writes the line and the carets.
func (p Printer) source(b *bufio.Writer, at Range, width int, color string) {
	if at.Source == "" {
		return
	}
	line, blank, carets := at.Excerpt()
	fmt.Fprintf(b, "%*d | %s\n", width, at.Start.Line, line)
	fmt.Fprintf(b, "%*s | %s%s\n", width, "", blank, p.paint(color, carets))
}

// Excerpt is the source line as it may be shown, and what stands below it: blanks,
// and carets under the marked part. Tabs are repeated under the line, so that the
// carets stand where the value does.
func (r Range) Excerpt() (line, blank, carets string) {
	return strings.Map(visible, r.Source), pad(r.Source, r.Mark[0]), strings.Repeat("^", max(1, r.Mark[1]-r.Mark[0]))
}

// visible does the same for a source line, where each character has to keep its
// width, and tabs are welcome.
func visible(r rune) rune {
	if r != '\t' && isControl(r) {
		return '\uFFFD'
	}
	return r
}

func pad(source string, n int) string {
	var b strings.Builder
	for _, r := range source {
		if n == 0 {
			break
		}
		n--
		if r == '\t' {
			b.WriteByte('\t')
		} else {
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// dark has Django's colours: errors red and bold, warnings yellow and bold.
var dark = Palette{Error: "31;1", Warning: "33;1", Info: "1", Note: "36"}

func (p Printer) palette() Palette {
	if p.Palette != nil {
		return *p.Palette
	}
	return dark
}

// color is that of a level.
func (p Printer) color(l Level) string {
	switch {
	case l >= Error:
		return p.palette().Error
	case l >= Warning:
		return p.palette().Warning
	}
	return p.palette().Info
}

func (p Printer) paint(color, text string) string {
	if !p.Color || color == "" {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}
