package pyre

import (
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

const (
	maxLength = 1 << 16 // bytes of a pattern
	maxDepth  = 200     // groups in groups; Python itself gives up before 500
	maxRepeat = 1000    // what Go's regexp takes in {n,m}
)

// A translation is a pattern in Go's syntax.
type translation struct {
	text   string
	dollar int // where the first $ is that knows final newlines; -1 without one
}

// A scanner translates token by token. What it writes means the same wherever
// it stands: each character, class and assertion carries its own flags, so
// that none of Go's rules for flags apply.
type scanner struct {
	src      string
	pos      int
	out      strings.Builder
	flags    flags           // in force at pos
	flagsEnd int             // where the leading global flags end
	open     []group         // outermost first
	names    map[string]bool // of groups
	last     item
	dollar   int
}

// A group is one that is not closed yet.
type group struct {
	start int   // of its parenthesis
	flags flags // in force before it
}

// An item is what a quantifier finds before it.
type item uint8

const (
	nothing item = iota
	atom
	assertion
	repeated
)

func translate(pattern string) (translation, error) {
	s := &scanner{src: pattern, names: map[string]bool{}, dollar: -1}
	if err := s.scan(); err != nil {
		return translation{}, err
	}
	return translation{s.out.String(), s.dollar}, nil
}

func (s *scanner) scan() error {
	if len(s.src) > maxLength {
		return tooLarge(s.src, fmt.Errorf("it has %d bytes, and %d are allowed", len(s.src), maxLength))
	}
	for s.pos < len(s.src) {
		if err := s.token(); err != nil {
			return err
		}
	}
	if n := len(s.open); n > 0 {
		start := s.open[n-1].start
		return s.refuse(start, start+1, unclosedGroup)
	}
	return nil
}

func (s *scanner) token() error {
	switch s.src[s.pos] {
	case '\\':
		return s.escape()
	case '[':
		return s.class()
	case '(':
		return s.openGroup()
	case ')':
		return s.closeGroup()
	case '*', '+', '?', '{':
		return s.quantifier()
	case '|':
		s.write("|", nothing)
	case '.':
		s.write(s.flags.pick(dotAll, "(?s:.)", "."), atom)
	case '^':
		s.write(s.flags.pick(multiLine, "(?m:^)", `\A`), assertion)
	case '$':
		s.writeDollar()
	default:
		r, err := s.rune()
		if err != nil {
			return err
		}
		s.literal(r)
		return nil
	}
	s.pos++
	return nil
}

// write puts Go's form of one token out.
func (s *scanner) write(text string, as item) {
	s.out.WriteString(text)
	s.last = as
}

func (s *scanner) writeDollar() {
	if s.flags&multiLine == 0 && s.dollar < 0 {
		s.dollar = s.pos
	}
	s.write(s.flags.pick(multiLine, "(?m:$)", "$"), assertion)
}

// literal writes one character. Where Go folds it as Python does it stays a
// literal, so that those who read the tree can tell.
func (s *scanner) literal(r rune) {
	switch o := s.flags.orbit(r); {
	case len(o) == 1:
		s.write(regexp.QuoteMeta(string(r)), atom)
	case s.flags&ascii == 0 && pythonOrbit(r) == nil:
		s.write("(?i:"+string(r)+")", atom)
	default:
		var c set
		for _, r := range o {
			c = append(c, span{r, r})
		}
		s.write(c.String(), atom)
	}
}

// rune reads one character.
func (s *scanner) rune() (rune, error) {
	r, size := utf8.DecodeRuneInString(s.src[s.pos:])
	if r == utf8.RuneError && size == 1 {
		return 0, s.refuse(s.pos, s.pos+1, badUTF8)
	}
	s.pos += size
	return r, nil
}

// accept reads the text if it comes next.
func (s *scanner) accept(text string) bool {
	if !strings.HasPrefix(s.src[s.pos:], text) {
		return false
	}
	s.pos += len(text)
	return true
}

// while reads at most n of the bytes named.
func (s *scanner) while(n int, bytes string) string {
	start := s.pos
	for s.pos < len(s.src) && s.pos-start < n && strings.IndexByte(bytes, s.src[s.pos]) >= 0 {
		s.pos++
	}
	return s.src[start:s.pos]
}

func (s *scanner) refuse(start, end int, f fault) error {
	return refuse(s.src, start, end, f)
}

// refuseHere refuses what was read since start.
func (s *scanner) refuseHere(start int, f fault) error {
	return s.refuse(start, s.pos, f)
}
