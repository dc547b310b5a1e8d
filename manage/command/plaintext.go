package command

import (
	"os"
	"regexp"
	"strings"

	"golang.org/x/term"
)

const (
	defaultWidth = 80
	// maxWidth is where lines become too long to read.
	maxWidth = 100
)

// width is how many characters a line of running text may have on stdout.
func (r *run) width() int {
	f, ok := r.Stdout.(*os.File)
	if !ok {
		return defaultWidth
	}
	columns, _, err := term.GetSize(int(f.Fd()))
	if err != nil || columns < 40 {
		return defaultWidth
	}
	return min(columns, maxWidth)
}

var (
	markdownLink = regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`)
	markdownItem = regexp.MustCompile(`^(?:[-*]|[0-9]+\.) +`)
)

// plainText is Markdown as a terminal shows it best: paragraphs and list items
// wrapped, code indented as it is, links with their address behind them. It
// knows what the pages of checks use, no more.
func plainText(markdown string, width int) string {
	var b strings.Builder
	var running []string // the lines of the paragraph at hand
	indent := ""         // of its further lines
	flush := func() {
		if words := strings.Fields(unmarked(strings.Join(running, " "))); len(words) > 0 {
			b.WriteString(wrap(words, width-len(indent), "\n"+indent) + "\n")
		}
		running, indent = nil, ""
	}
	fenced := false
	for line := range strings.Lines(markdown + "\n") {
		line = strings.TrimRight(line, "\r\n")
		switch item := markdownItem.FindString(line); {
		case strings.HasPrefix(line, "```"):
			flush()
			fenced = !fenced
		case fenced:
			b.WriteString(strings.TrimRight("    "+line, " ") + "\n")
		case len(running) == 0 && strings.HasPrefix(line, "    "), strings.HasPrefix(line, "|"):
			flush()
			b.WriteString(line + "\n")
		case line == "":
			flush()
			b.WriteString("\n")
		case item != "":
			flush()
			indent = strings.Repeat(" ", len(item))
			running = append(running, line)
		default:
			running = append(running, strings.TrimLeft(line, "# "))
		}
	}
	flush()
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// unmarked is running text without its marks.
func unmarked(text string) string {
	text = markdownLink.ReplaceAllString(text, "$1 ($2)")
	return strings.NewReplacer("`", "", "**", "").Replace(text)
}
