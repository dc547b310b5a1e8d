package witness

import (
	"slices"
	"strconv"
	"strings"
)

// A sketch is a pattern as it is written: what it spells out, and where. It is
// made of patterns that pyre has accepted, and decides nothing about what they
// match.
type sketch struct {
	text     string
	head     int // where the flags for the whole pattern end
	branches []branch
}

// A branch is one side of an alternation: parts that follow each other.
type branch struct {
	parts      []part
	start, end int
}

// A part is one thing in a branch and how often it stands there.
type part struct {
	kind     kind
	chars    []rune   // of spelled
	branches []branch // of a group
	min, max int      // max is negative without a bound
	start    int
	end      int // behind its quantifier
}

type kind uint8

const (
	spelled kind = iota // one of a few characters
	open                // any of many
	dot                 // any, written as a dot
	group
	begins // ^ and \A
	ends   // $ and \Z
	empty  // \b and \B
)

// maxChars is how many characters a class may have to count as an alternation
// of literals. [0-9] and [a-z] spell out nothing.
const maxChars = 5

func parse(text string) *sketch {
	p := parser{text: text}
	s := &sketch{text: text, head: p.flags()}
	s.branches = p.alternation()
	return s
}

type parser struct {
	text string
	pos  int
}

// flags skips (?i) and the like at the start.
func (p *parser) flags() int {
	for strings.HasPrefix(p.text[p.pos:], "(?") {
		n := len("(?") + len(p.text[p.pos+2:]) - len(strings.TrimLeft(p.text[p.pos+2:], "aimsux"))
		if n == len("(?") || !strings.HasPrefix(p.text[p.pos+n:], ")") {
			break
		}
		p.pos += n + 1
	}
	return p.pos
}

// alternation reads up to the end or a closing parenthesis.
func (p *parser) alternation() []branch {
	var all []branch
	for {
		b := branch{start: p.pos}
		for p.pos < len(p.text) && p.text[p.pos] != '|' && p.text[p.pos] != ')' {
			part := p.part()
			p.quantifier(&part)
			part.end = p.pos
			b.parts = append(b.parts, part)
		}
		b.end = p.pos
		all = append(all, b)
		if p.pos == len(p.text) || p.text[p.pos] == ')' {
			return all
		}
		p.pos++
	}
}

func (p *parser) part() part {
	one := part{min: 1, max: 1, start: p.pos}
	c := p.text[p.pos]
	switch c {
	case '(':
		one.kind = group
		p.groupHead()
		one.branches = p.alternation()
		p.pos = min(p.pos+1, len(p.text))
		return one
	case '[':
		one.kind, one.chars = p.class()
		return one
	case '\\':
		one.kind, one.chars = p.escape(false)
		return one
	case '.':
		one.kind = dot
	case '^':
		one.kind = begins
	case '$':
		one.kind = ends
	default:
		one.chars = []rune{p.rune()}
		return one
	}
	p.pos++
	return one
}

// groupHead skips (, (?:, (?i: and (?P<name>.
func (p *parser) groupHead() {
	p.pos++
	if !strings.HasPrefix(p.text[p.pos:], "?") {
		return
	}
	if i := strings.IndexAny(p.text[p.pos:], ":>"); i >= 0 {
		p.pos += i + 1
	}
}

func (p *parser) rune() rune {
	for i, r := range p.text[p.pos:] {
		if i == 0 {
			p.pos += len(string(r))
			return r
		}
	}
	return 0
}

// quantifier reads * + ? {n} {n,} {n,m}, and the ? after them.
func (p *parser) quantifier(one *part) {
	rest := p.text[p.pos:]
	switch {
	case strings.HasPrefix(rest, "*"):
		one.min, one.max = 0, -1
	case strings.HasPrefix(rest, "+"):
		one.min, one.max = 1, -1
	case strings.HasPrefix(rest, "?"):
		one.min, one.max = 0, 1
	default:
		if !p.counts(one) {
			return
		}
		p.pos--
	}
	p.pos++
	if strings.HasPrefix(p.text[p.pos:], "?") {
		p.pos++
	}
}

func (p *parser) counts(one *part) bool {
	inside, found := strings.CutPrefix(p.text[p.pos:], "{")
	i := strings.IndexByte(inside, '}')
	if !found || i < 0 {
		return false
	}
	low, high, comma := strings.Cut(inside[:i], ",")
	n, err := strconv.Atoi(low)
	if err != nil {
		return false
	}
	m := n
	if comma {
		m = -1
		if high != "" {
			if m, err = strconv.Atoi(high); err != nil {
				return false
			}
		}
	}
	one.min, one.max = n, m
	p.pos += i + len("{}")
	return true
}

// isAnchored says whether every match of the branch ends with the text.
func (b branch) isAnchored() bool {
	return len(b.parts) > 0 && b.parts[len(b.parts)-1].kind == ends
}

// anchored is the pattern so that every match ends with the text, or "" if
// that is how it is written.
func (s *sketch) anchored() string {
	if !slices.ContainsFunc(s.branches, func(b branch) bool { return !b.isAnchored() }) {
		return ""
	}
	if len(s.branches) == 1 {
		return s.text + "$"
	}
	texts := make([]string, len(s.branches))
	for i, b := range s.branches {
		texts[i] = s.text[b.start:b.end]
		if b.isAnchored() {
			texts[i] = s.text[b.start:b.parts[len(b.parts)-1].start]
		}
		if len(b.parts) > 0 && b.parts[0].kind == begins && len(texts[i]) > 0 {
			texts[i] = s.text[b.parts[0].end : b.start+len(texts[i])]
		}
	}
	return s.text[:s.head] + "^(?:" + strings.Join(texts, "|") + ")$"
}
