package settings

import "strings"

// append writes an element behind the last: on a line of its own if that one has
// such a line, and with its quotes.
func (l listing) append(text string) []change {
	last := l.last()
	if last < 0 {
		return []change{l.appendFirst(inLine(text, '"'))}
	}
	item, behind := l.item(last), l.gap(last+1)
	written := inLine(text, l.quote())
	r, ok := l.row(last)
	switch {
	case !ok || r.comma < 0 && behind.comma >= 0: // of several on a line, or with its comma on the next
		return l.appendInline(written, item, behind)
	case r.leading || r.comma >= 0:
		row := l.text[r.whole.start:item.start] + written + "," + l.lineBreak()
		if r.leading {
			row = strings.TrimSuffix(row, ","+l.lineBreak()) + l.lineBreak()
		}
		return []change{{at: span{r.whole.end, r.whole.end}, text: row}}
	}
	row := l.text[r.whole.start:item.start] + written + l.lineBreak()
	return []change{{at: span{item.end, item.end}, text: ","}, {at: span{r.whole.end, r.whole.end}, text: row}}
}

// quote is that of the last string in the list.
func (l listing) quote() byte {
	for i := l.last(); i >= 0; i-- {
		if c := l.text[l.item(i).start]; c == '"' || c == '\'' {
			return c
		}
	}
	return '"'
}

// appendInline writes an element behind the last one on its line.
func (l listing) appendInline(written string, last span, behind gap) []change {
	if behind.comma >= 0 {
		at := behind.comma + 1
		return []change{{at: span{at, at}, text: " " + written + ","}}
	}
	return []change{{at: span{last.end, last.end}, text: ", " + written}}
}

// appendFirst writes the first element of a list, below the comments in it.
func (l listing) appendFirst(written string) change {
	inside := l.gap(0).span
	start := strings.LastIndexByte(l.text[inside.start:inside.end], '\n')
	if start < 0 {
		return change{at: inside, text: written}
	}
	at := inside.start + start + 1
	return change{at: span{at, at}, text: l.text[at:inside.end] + indent + written + "," + l.lineBreak()}
}

// indent is that of lists on several lines.
const indent = "    "

func (l listing) lineBreak() string { return lineBreakOf(l.text) }

// lineBreakOf is how the lines of a text end.
func lineBreakOf(text string) string {
	if i := strings.IndexByte(text, '\n'); i > 0 && text[i-1] == '\r' {
		return "\r\n"
	}
	return "\n"
}

// inLine is a string on one line, in quotes like the given one if there can be
// such a string.
func inLine(text string, quote byte) string {
	if quote == '\'' {
		if written, ok := inQuotes(text, quote); ok {
			return "'" + written + "'"
		}
	}
	written, _ := inQuotes(text, '"')
	return `"` + written + `"`
}

// add writes a setting that is not there, a list of one element: behind the last
// one above the headers.
func (s *source) add(name, text string) change {
	lineBreak := lineBreakOf(s.text)
	entry, _ := renamed("", name)
	entry += " = [" + inLine(text, '"') + "]" + lineBreak
	at := -1
	for _, top := range s.index().tops {
		if header := s.index().header; header < 0 || top.whole.start < header {
			at = nextLine(s.text, top.whole.end)
		}
	}
	switch header := s.index().header; {
	case at < 0 && header >= 0:
		at = s.aboveComments(header)
		entry += lineBreak
	case at < 0:
		at = len(s.text)
	}
	if at > 0 && s.text[at-1] != '\n' {
		entry = lineBreak + strings.TrimSuffix(entry, lineBreak)
	}
	return change{at: span{at, at}, text: entry}
}

// aboveComments is where the comments start that stand right above a line.
func (s *source) aboveComments(offset int) int {
	at := strings.LastIndexByte(s.text[:offset], '\n') + 1
	for at > 0 {
		above := strings.LastIndexByte(s.text[:at-1], '\n') + 1
		if !strings.HasPrefix(strings.TrimLeft(s.text[above:at], " \t"), "#") {
			break
		}
		at = above
	}
	return at
}
