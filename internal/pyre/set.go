package pyre

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// A span is the characters from lo to hi, both included.
type span struct{ lo, hi rune }

// A set is characters, as spans in any order.
type set []span

var (
	digitSet  = set{{'0', '9'}}
	wordSet   = set{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}
	spaceSet  = set{{'\t', '\r'}, {' ', ' '}}    // with (?a)
	strSpaces = set{{'\t', '\r'}, {'\x1c', ' '}} // of ASCII, what str.isspace says
)

// category is the set that \d, \s, \w or their negations stand for.
func category(c byte, f flags) (s set, ok bool) {
	switch c {
	case 'd', 'D':
		s = digitSet
	case 'w', 'W':
		s = wordSet
	case 's', 'S':
		s = strSpaces
		if f&ascii != 0 {
			s = spaceSet
		}
	default:
		return nil, false
	}
	if c < 'a' {
		s = s.negate()
	}
	return s, true
}

// sorted is the set in order, without overlaps.
func (s set) sorted() set {
	in := slices.SortedFunc(slices.Values(s), func(a, b span) int { return int(a.lo - b.lo) })
	var out set
	for _, p := range in {
		if n := len(out); n > 0 && p.lo <= out[n-1].hi+1 {
			out[n-1].hi = max(out[n-1].hi, p.hi)
			continue
		}
		out = append(out, p)
	}
	return out
}

func (s set) negate() set {
	var out set
	next := rune(0)
	for _, p := range s.sorted() {
		if next < p.lo {
			out = append(out, span{next, p.lo - 1})
		}
		next = p.hi + 1
	}
	if next <= unicode.MaxRune {
		out = append(out, span{next, unicode.MaxRune})
	}
	return out
}

// String is the set as a class of Go's syntax.
func (s set) String() string {
	var b strings.Builder
	b.WriteByte('[')
	if len(s) == 0 {
		b.WriteString(`^\x00-\x{10FFFF}`)
	}
	for _, p := range s {
		fmt.Fprintf(&b, `\x{%x}-\x{%x}`, p.lo, p.hi)
	}
	b.WriteByte(']')
	return b.String()
}
