package workbench

import (
	"html"
	"html/template"
	"strconv"
	"strings"

	"github.com/settled-go/settled/checks"
)

// An excerpt is a line of a file, taken apart at what it is about, and what stands
// below it.
type excerpt struct {
	Number, Gutter        string // the line's number, and blanks of its width
	Before, Marked, After string
	Blank, Carets         string
}

func newExcerpt(at checks.Range) excerpt {
	line, blank, carets := at.Excerpt()
	runes, number := []rune(line), strconv.Itoa(at.Start.Line)
	from := min(at.Mark[0], len(runes))
	to := min(max(at.Mark[1], from), len(runes))
	return excerpt{
		Number: number, Gutter: strings.Repeat(" ", len(number)),
		Before: string(runes[:from]), Marked: string(runes[from:to]), After: string(runes[to:]),
		Blank: blank, Carets: carets,
	}
}

// dotted is a dotted name that may be broken behind its dots.
func dotted(name string) template.HTML {
	return template.HTML(strings.ReplaceAll(html.EscapeString(name), ".", ".<wbr>"))
}

// placeOf is where something is written, in words.
func placeOf(at checks.Range) string {
	switch {
	case at == (checks.Range{}):
		return "default"
	case at.Start.Line == 0:
		return "variable " + at.String()
	}
	return at.String()
}
