package command

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"text/tabwriter"

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

// Compiled when needed, since few commands show a page.
var (
	markdownLink = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`\[([^\]]+)\]\(([^)]+)\)`) })
	markdownItem = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(?:[-*]|[0-9]+\.) +`) })
)

// plainText is Markdown as a terminal shows it best: paragraphs and list items
// wrapped, tables in columns, code indented as it is, links with their address
// behind them. It knows what the pages of checks use, no more.
func plainText(markdown string, width int) string {
	t := &typesetter{width: width}
	for line := range strings.Lines(markdown + "\n") {
		t.line(strings.TrimRight(line, "\r\n"))
	}
	t.flush()
	return strings.TrimRight(t.b.String(), "\n") + "\n"
}

// A typesetter is a plainText in the making.
type typesetter struct {
	b       strings.Builder
	width   int
	running []string // the lines of the paragraph at hand
	indent  string   // of its further lines
	rows    []string // of the table at hand
	fenced  bool
}

func (t *typesetter) line(line string) {
	switch item := markdownItem().FindString(line); {
	case strings.HasPrefix(line, "```"):
		t.flush()
		t.fenced = !t.fenced
	case t.fenced:
		t.b.WriteString(strings.TrimRight("    "+line, " ") + "\n")
	case strings.HasPrefix(line, "|"):
		t.rows = append(t.rows, line)
	case len(t.running) == 0 && strings.HasPrefix(line, "    "):
		t.flush()
		t.b.WriteString(line + "\n")
	case line == "":
		t.flush()
		t.b.WriteString("\n")
	case item != "":
		t.flush()
		t.indent = strings.Repeat(" ", len(item))
		t.running = append(t.running, line)
	default:
		t.running = append(t.running, strings.TrimLeft(line, "# "))
	}
}

// flush writes the paragraph or table at hand.
func (t *typesetter) flush() {
	if words := strings.Fields(unmarked(strings.Join(t.running, " "))); len(words) > 0 {
		t.b.WriteString(wrap(words, t.width-len(t.indent), "\n"+t.indent) + "\n")
	}
	table := tabwriter.NewWriter(&t.b, 0, 0, 2, ' ', 0)
	for _, row := range t.rows {
		if strings.Trim(row, "|-: ") == "" {
			continue // the line below the heads
		}
		cells := strings.Split(strings.Trim(row, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(unmarked(cells[i]))
		}
		fmt.Fprintln(table, "    "+strings.Join(cells, "\t"))
	}
	_ = table.Flush()
	t.running, t.indent, t.rows = nil, "", nil
}

// unmarked is running text without its marks.
func unmarked(text string) string {
	text = markdownLink().ReplaceAllString(text, "$1 ($2)")
	return strings.NewReplacer("`", "", "**", "").Replace(text)
}
