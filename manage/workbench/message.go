package workbench

import (
	"html"
	"html/template"
	"strconv"
	"strings"

	"github.com/settled-go/settled/checks"
)

// An excerpt is a line of a file, and what stands below it.
type excerpt struct {
	Number, Gutter      string // the line's number, and blanks of its width
	Line, Blank, Carets string
}

func newExcerpt(at checks.Range) excerpt {
	line, blank, carets := at.Excerpt()
	number := strconv.Itoa(at.Start.Line)
	return excerpt{number, strings.Repeat(" ", len(number)), line, blank, carets}
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
