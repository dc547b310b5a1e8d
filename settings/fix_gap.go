package settings

import "strings"

// A listing is a list as it is written, with the means to edit it.
type listing struct {
	text string
	list *node
}

func (l listing) item(i int) span { return l.list.items[i].value }

func (l listing) last() int { return len(l.list.items) - 1 }

// A gap is what stands before an element of a list, or before its closing
// bracket: white space, comments and a comma.
type gap struct {
	span
	comma    int    // -1 for none
	comments []span // without line breaks
}

// gap is the one before element i.
func (l listing) gap(i int) gap {
	g := gap{span: span{l.list.value.start + 1, l.list.value.end - 1}, comma: -1}
	if i > 0 {
		g.start = l.item(i - 1).end
	}
	if i <= l.last() {
		g.end = l.item(i).start
	}
	for at := g.start; at < g.end; at++ {
		switch l.text[at] {
		case ',':
			g.comma = at
		case '#':
			end := lineEnd(l.text, at)
			g.comments = append(g.comments, span{at, end})
			at = end
		}
	}
	return g
}

// A row is an element that has its lines for itself.
type row struct {
	whole span // from the start of the first line to that of the next
	// comma is the one on these lines, behind the element or, where commas
	// begin the lines, before it; -1 for none.
	comma   int
	leading bool // the comma stands before the element
	note    span // the comment behind the element
}

// row is the one of element i, if it is one.
func (l listing) row(i int) (r row, ok bool) {
	before, behind, value := l.gap(i), l.gap(i+1), l.item(i)
	start := strings.LastIndexByte(l.text[before.start:before.end], '\n')
	if start < 0 {
		return r, false
	}
	r = row{whole: span{start: before.start + start + 1}, comma: -1}
	if before.comma >= r.whole.start {
		r.comma, r.leading = before.comma, true
	}
	end := lineEnd(l.text, value.end)
	if end >= behind.end {
		return r, false
	}
	if 0 <= behind.comma && behind.comma < end {
		if r.leading {
			return r, false
		}
		r.comma = behind.comma
	}
	if len(behind.comments) > 0 && behind.comments[0].start < end {
		r.note = behind.comments[0]
	}
	r.whole.end = nextLine(l.text, end)
	return r, true
}

// above is where the comments start that stand right above element i, a row.
func (l listing) above(i int, r row) int {
	start, comments := r.whole.start, l.gap(i).comments
	for n := len(comments) - 1; n >= 0; n-- {
		c := comments[n]
		line := strings.LastIndexByte(l.text[:c.start], '\n') + 1
		if nextLine(l.text, c.end) != start || !isBlank(l.text[line:c.start]) {
			break
		}
		start = line
	}
	return start
}

// lineEnd is where the line ends that an offset is in, before its line break.
func lineEnd(text string, offset int) int {
	end := len(text)
	if i := strings.IndexByte(text[offset:], '\n'); i >= 0 {
		end = offset + i
	}
	if end > offset && end < len(text) && text[end-1] == '\r' {
		end--
	}
	return end
}

// nextLine is where the next line starts, or the text ends.
func nextLine(text string, offset int) int {
	if i := strings.IndexByte(text[offset:], '\n'); i >= 0 {
		return offset + i + 1
	}
	return len(text)
}

func isBlank(text string) bool { return strings.Trim(text, " \t") == "" }

// skipBlanks is where something other than spaces follows an offset.
func skipBlanks(text string, offset int) int {
	for offset < len(text) && (text[offset] == ' ' || text[offset] == '\t') {
		offset++
	}
	return offset
}

// skipBlanksBack is the same before an offset.
func skipBlanksBack(text string, offset int) int {
	for offset > 0 && (text[offset-1] == ' ' || text[offset-1] == '\t') {
		offset--
	}
	return offset
}
