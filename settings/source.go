package settings

import (
	"strings"
	"sync"

	"github.com/settled-go/settled/checks"
)

// byteOrderMark may stand before a text, and means nothing.
const byteOrderMark = "\ufeff"

// A source is one settings file: what its text means, and where in the text
// that stands. The text is read a second time for that, when the first place
// is asked for.
type source struct {
	name   string
	raw    string // all of the file
	text   string // without a byte order mark
	values map[string]any
	bases  []*source // what it extends, in the order of EXTENDS

	index func() index // safe for concurrent use
}

// An index is where everything in a source is written.
type index struct {
	lines    *lines
	root     *node
	tops     []top
	header   int    // where the first [table] header starts; -1 for none
	hidden   []span // values with a hidden name
	comments []span
	secrets  []span // those of secretsIn
}

func newSource(name string, data []byte) *source {
	s := &source{name: name, raw: string(data)}
	s.text = strings.TrimPrefix(s.raw, byteOrderMark)
	s.index = sync.OnceValue(func() index {
		read := scan(s.text)
		return index{newLines(s.text), read.root, read.tops, read.header, read.hidden, read.comments, secretsIn(s.text)}
	})
	return s
}

// read parses the text, and returns what is wrong with it.
func (s *source) read() *checks.Message {
	var f *fault
	if s.values, f = parse(s.text); f == nil {
		return nil
	}
	m := f.message(s)
	return &m
}

// show is a part of the source, ready to be printed. hidden are the values that
// must not be seen.
func (s *source) show(at span, hidden []span) checks.Range {
	x := s.index()
	return s.excerpt(x.lines, at, view{text: s.text, line: x.lines.line(at.start), end: len(s.text), hidden: hidden})
}

func (s *source) excerpt(l *lines, at span, v view) checks.Range {
	r := checks.Range{File: s.name, Start: l.pos(at.start), End: l.pos(at.end)}
	r.Source, r.Mark = v.excerpt(at)
	return r
}
