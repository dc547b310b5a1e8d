package docs

import (
	"html"
	"html/template"
	"regexp"
	"strings"
	"sync"
)

var (
	inline = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile("`([^`]+)`" + `|\[([^\]]+)\]\((https?://[^)\s]+)\)|\*\*([^*]+)\*\*|\*([^* ](?:[^*]*[^* ])?)\*`)
	})
	bullet   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[-*] +`) })
	numbered = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]+\. +`) })
)

// HTML is Markdown as a page shows it: paragraphs, lists, tables, code, links to
// the web, emphasis. It knows what the pages of checks use, no more; all else,
// markup too, is text.
func HTML(markdown string) template.HTML {
	p := &page{}
	for line := range strings.Lines(markdown + "\n") {
		p.line(strings.TrimRight(line, "\r\n"))
	}
	p.end()
	return template.HTML(p.b.String())
}

// A page is an HTML in the making.
type page struct {
	b       strings.Builder
	running []string // the lines of the paragraph or list item at hand
	list    string   // the list at hand: "ul", "ol" or ""
	rows    []string // of the table at hand
	code    []string // the lines of the code at hand
	fenced  bool
}

func (p *page) line(line string) {
	fence := strings.HasPrefix(line, "```")
	indented := strings.HasPrefix(line, "    ") && len(p.running) == 0 && p.list == ""
	switch {
	case fence:
		p.end()
		p.fenced = !p.fenced
	case p.fenced:
		p.code = append(p.code, line)
	case indented, len(p.code) > 0 && line == "":
		p.code = append(p.code, strings.TrimPrefix(line, "    "))
	case len(p.code) > 0:
		p.end()
		p.line(line)
	case strings.HasPrefix(line, "|"):
		p.rows = append(p.rows, line)
	case line == "":
		p.end()
	case bullet().MatchString(line):
		p.item("ul", bullet().ReplaceAllString(line, ""))
	case numbered().MatchString(line):
		p.item("ol", numbered().ReplaceAllString(line, ""))
	default:
		p.running = append(p.running, strings.TrimSpace(strings.TrimLeft(line, "# ")))
	}
}

// item begins an item, and its list unless that is begun.
func (p *page) item(list, text string) {
	if p.list != list {
		p.end()
		p.b.WriteString("<" + list + ">\n")
		p.list = list
	}
	p.flush()
	p.running = []string{text}
}

// flush writes the paragraph or item at hand.
func (p *page) flush() {
	if len(p.running) == 0 {
		return
	}
	tag := "p"
	if p.list != "" {
		tag = "li"
	}
	p.b.WriteString("<" + tag + ">" + inlineHTML(strings.Join(p.running, " ")) + "</" + tag + ">\n")
	p.running = nil
}

// end ends whatever is at hand.
func (p *page) end() {
	p.flush()
	if p.list != "" {
		p.b.WriteString("</" + p.list + ">\n")
		p.list = ""
	}
	if code := strings.Trim(strings.Join(p.code, "\n"), "\n"); code != "" {
		p.b.WriteString("<pre><code>" + html.EscapeString(code) + "</code></pre>\n")
	}
	p.code = nil
	p.table()
}

func (p *page) table() {
	if len(p.rows) == 0 {
		return
	}
	p.b.WriteString(`<div class="scroll"><table>` + "\n")
	for i, row := range p.rows {
		if strings.Trim(row, "|-: ") == "" {
			continue // the line below the heads
		}
		tag := "td"
		if i == 0 {
			tag = "th"
		}
		p.b.WriteString("<tr>")
		for cell := range strings.SplitSeq(strings.Trim(row, "|"), "|") {
			p.b.WriteString("<" + tag + ">" + inlineHTML(strings.TrimSpace(cell)) + "</" + tag + ">")
		}
		p.b.WriteString("</tr>\n")
	}
	p.b.WriteString("</table></div>\n")
	p.rows = nil
}

// inlineHTML is running text with its marks made.
func inlineHTML(text string) string {
	var b strings.Builder
	done := 0
	for _, at := range inline().FindAllStringSubmatchIndex(text, -1) {
		group := func(i int) string { return html.EscapeString(text[at[2*i]:at[2*i+1]]) }
		b.WriteString(html.EscapeString(text[done:at[0]]))
		switch {
		case at[2] >= 0:
			b.WriteString("<code>" + group(1) + "</code>")
		case at[4] >= 0:
			b.WriteString(`<a href="` + group(3) + `" rel="noreferrer">` + inlineHTML(text[at[4]:at[5]]) + "</a>")
		case at[8] >= 0:
			b.WriteString("<strong>" + group(4) + "</strong>")
		default:
			b.WriteString("<em>" + group(5) + "</em>")
		}
		done = at[1]
	}
	return b.String() + html.EscapeString(text[done:])
}
