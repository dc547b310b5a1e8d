package pages

import (
	"fmt"
	"strings"

	"github.com/settled-go/settled/internal/crash"
	"github.com/settled-go/settled/internal/printable"
)

// Text is the explanation as plain text, for terminals and for reports of bugs.
func (e Explanation) Text() string {
	var b strings.Builder
	b.WriteString(e.Title + "\n" + e.Why + "\n\n")
	writeFacts(&b, "", e.Facts)
	for _, a := range e.Advice {
		b.WriteString("\n" + strings.Join(a.lines(), "\n") + "\n")
	}
	e.writeRoutes(&b)
	if len(e.Causes) > 1 {
		b.WriteString("\nIt wraps:\n")
		for _, c := range e.Causes[1:] {
			indent := strings.Repeat("  ", c.Depth)
			fmt.Fprintf(&b, "%s%s: %s\n", indent, c.Type, strings.ReplaceAll(c.Text, "\n", "\n"+indent+"  "))
		}
	}
	e.writeStack(&b)
	for _, t := range append(append([]Table(nil), e.Request...), e.Settings...) {
		b.WriteString("\n" + t.Title + "\n")
		if len(t.Facts) == 0 {
			b.WriteString("    " + t.Empty + "\n")
		}
		writeFacts(&b, "    ", t.Facts)
	}
	for _, last := range []string{e.Withheld, e.Closing} {
		if last != "" {
			b.WriteString("\n" + last + "\n")
		}
	}
	return printable.Lines(b.String())
}

func writeFacts(b *strings.Builder, indent string, facts []Fact) {
	for _, f := range facts {
		fmt.Fprintf(b, "%s%s: %s\n", indent, f.Name, f.Value)
	}
}

// lines are the advice in words, with what to write.
func (a Advice) lines() []string {
	lines := []string{a.Text}
	if a.Link != "" {
		lines[0] += " " + a.Link
	}
	for _, item := range a.List {
		lines = append(lines, "  - "+item)
	}
	for line := range strings.Lines(a.Code) {
		lines = append(lines, "    "+strings.TrimRight(line, "\n"))
	}
	return lines
}

func (e Explanation) writeRoutes(b *strings.Builder) {
	if len(e.Routes) == 0 {
		return
	}
	b.WriteString("\n" + e.RoutesTitle + "\n")
	n := 0
	for _, g := range e.Routes {
		fmt.Fprintf(b, "  %s\n", g.Title())
		for _, r := range g.Routes {
			n++
			fmt.Fprintf(b, "  %3d. %s\n", n, r.String())
		}
	}
}

// Title is the app, and where it is mounted.
func (g RouteGroup) Title() string {
	if g.Mount == "" || g.Mount == "/" {
		return g.App
	}
	return g.App + " at " + g.Mount
}

func (r TriedRoute) String() string {
	s := r.Pattern
	if r.Method != "" {
		s = r.Method + " " + s
	}
	if r.Name != "" {
		s += fmt.Sprintf(" [name=%q]", r.Name)
	}
	if r.Place != "" {
		s += "  " + r.Place
	}
	if r.Note != "" {
		s += "  <- " + r.Note
	}
	return s
}

func (e Explanation) writeStack(b *strings.Builder) {
	if len(e.Stack) == 0 {
		return
	}
	b.WriteString("\nStack, the innermost call first\n")
	for _, f := range e.Stack {
		fmt.Fprintf(b, "  %s:%d in %s", f.File, f.Line, f.Function)
		if f.Kind != crash.App {
			fmt.Fprintf(b, " (%s)", f.Kind)
		}
		b.WriteByte('\n')
		if here := f.Here(); here != "" && f.Kind == crash.App {
			b.WriteString("      " + here + "\n")
		}
	}
	if e.MoreCame {
		b.WriteString("  and further ones outside\n")
	}
}
