package settings

import "strings"

// maxDepth is how deep lists, tables and dotted names may nest. TOML knows no
// limit; without one, a few megabytes of brackets would exhaust the stack, and
// the parser takes time and memory in proportion to size times depth.
const maxDepth = 24

// A scanner finds where everything is written in a text whose meaning is
// already known: TOML that has been parsed, or the part of a text before its
// first error. It knows just enough of TOML to step over a value and never
// fails; at the end of a cut text it leaves the last value open.
type scanner struct {
	text string
	pos  int

	root   *node
	table  *node // that of the last header
	tops   []top // in the order of the text
	header int   // where the first header starts; -1 for none
	below  int   // where the header starts that entries stand below; -1 for none
	depth  int

	path     []part // names of the table and of the entries being read
	masked   int    // which of path hides what is below it; -1 for none
	hidden   []span // values that must not be shown, in the order of the text
	comments []span

	again   int  // where a value is set for what has one already; -1 for nowhere
	tooDeep int  // where maxDepth is passed; -1 for nowhere
	open    int  // where a string starts that the end leaves open; -1 for none
	bracket int  // the same of the innermost list or inline table
	inKey   bool // the last entry has no = yet
	shown   int  // where the last header or entry ends that is not hidden
}

// A top is one place where a setting is named: an entry above all headers, or a
// header with what stands below it.
type top struct {
	name  part
	whole span
}

// A part is one name of a dotted one.
type part struct {
	name string
	at   span
}

func scan(text string) *scanner {
	root := &node{below: -1}
	s := &scanner{text: text, root: root, table: root, header: -1, below: -1, masked: -1, again: -1, tooDeep: -1, open: -1, bracket: -1}
	for s.skip(" \t\r\n"); s.pos < len(s.text); s.skip(" \t\r\n") {
		if s.text[s.pos] == '[' {
			s.readHeader()
		} else {
			s.readEntry(s.table)
		}
		s.skip(" \t")
		s.skipLine()
	}
	return s
}

// readHeader reads [name] or [[name]].
func (s *scanner) readHeader() {
	start := s.pos
	list := strings.HasPrefix(s.text[s.pos:], "[[")
	if s.pos++; list {
		s.pos++
	}
	s.path, s.masked = nil, -1
	s.path = s.readKey()
	for s.peek() == ']' {
		s.pos++
	}
	if s.header < 0 {
		s.header = start
	}
	s.tops = append(s.tops, top{s.path[0], span{start, s.pos}})
	s.shown, s.below = s.pos, -1
	s.table = s.enter(s.root, 0)
	if s.below = start; s.masked >= 0 {
		s.conceal(span{s.pos, s.pos}) // what follows on the line
	}
	last := s.path[len(s.path)-1]
	if len(s.table.items) == 0 {
		s.table.key = last.at // not that of [name.more] before it
	}
	if list {
		s.table.items = append(s.table.items, &node{key: last.at, below: -1})
	}
	s.table = s.table.current()
}

// readEntry reads name = value into a table.
func (s *scanner) readEntry(table *node) {
	depth, masked := len(s.path), s.masked
	start := s.pos
	s.path = append(s.path, s.readKey()...)
	if depth == 0 {
		s.tops = append(s.tops, top{name: s.path[0], whole: span{start: start}})
	}
	entry := s.enter(table, depth)
	if s.inKey = s.peek() != '='; !s.inKey {
		if entry.isSet() && s.again < 0 {
			s.again = start
		}
		s.pos++
		s.skipSpace()
		s.readValue(entry)
		start = entry.value.start
	} else if masked < 0 && s.masked >= 0 {
		start = s.path[s.masked].at.end
	}
	if s.masked >= 0 {
		s.conceal(span{start, s.pos})
	} else if !s.inKey {
		s.shown = s.pos
	}
	if s.depth == 0 {
		s.tops[len(s.tops)-1].whole.end = s.pos
	}
	s.path, s.masked = s.path[:depth], masked
}

// enter goes from a table to the entry that the path names, from its i-th name
// on, and notes the first name that hides what is below it.
func (s *scanner) enter(table *node, i int) *node {
	start, below := s.path[i].at.start, s.below
	for ; i < len(s.path); i++ {
		if s.masked < 0 && IsHidden(s.path[i].name) {
			s.masked = i
		}
		if s.again < 0 && table.value.end > 0 && s.text[table.value.start] != '{' {
			s.again = start // the value of a table's name is no table
		}
		table = table.current().child(s.path[i], below)
		below = -1 // only the first name could be meant as a setting
	}
	return table
}

// conceal keeps a value out of sight. Hidden values inside it were found first;
// it covers them.
func (s *scanner) conceal(value span) {
	for len(s.hidden) > 0 && s.hidden[len(s.hidden)-1].start >= value.start {
		s.hidden = s.hidden[:len(s.hidden)-1]
	}
	s.hidden = append(s.hidden, value)
}

func (s *scanner) readValue(n *node) {
	start := s.pos
	switch s.peek() {
	case '"', '\'':
		end, closed := stringEnd(s.text, s.pos)
		if s.pos = end; !closed {
			s.open = start
		}
	case '[', '{':
		s.readNested(n)
	default:
		s.readWord()
	}
	n.value = span{start, s.pos}
}

// readNested reads a list or an inline table.
func (s *scanner) readNested(n *node) {
	if s.depth == maxDepth {
		s.stop(s.pos)
		return
	}
	below := s.below
	s.depth, s.below = s.depth+1, -1
	if s.text[s.pos] == '[' {
		s.readAll(']', func() { s.readElement(n) })
	} else {
		s.readAll('}', func() { s.readEntry(n) })
	}
	s.depth, s.below = s.depth-1, below
}

// readAll reads what stands between brackets.
func (s *scanner) readAll(closing byte, read func()) {
	opening := s.pos
	s.pos++
	for s.skip(" \t\r\n,"); s.pos < len(s.text); s.skip(" \t\r\n,") {
		start := s.pos
		if s.text[s.pos] == closing {
			s.pos++
			return
		}
		if read(); s.pos == start {
			s.pos++ // not TOML: go on all the same
		}
	}
	if s.bracket < 0 {
		s.bracket = opening
	}
}

func (s *scanner) readElement(list *node) {
	element := &node{below: -1}
	s.readValue(element)
	list.items = append(list.items, element)
}
