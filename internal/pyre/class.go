package pyre

import "regexp"

// posix finds a POSIX class, which Python takes for a set of its characters.
var posix = regexp.MustCompile(`\A\[(:\^?\w+:|=[^\]]=|\.[^\]]\.)\]`)

// A member is one element of a class: a character, or a category when set is
// not nil.
type member struct {
	char rune
	set  set
}

// class reads [...]. What Python only warns of, as [a&&b] and [[a], is read as
// it stands.
func (s *scanner) class() error {
	start := s.pos
	s.pos++
	negate := s.accept("^")
	var chars, categories set
	for first := true; first || !s.accept("]"); first = false {
		if s.pos == len(s.src) {
			return s.refuse(start, start+1, unclosedClass)
		}
		from := s.pos
		m, err := s.member()
		if err != nil {
			return err
		}
		to, err := s.rangeEnd(from, m)
		if err != nil {
			return err
		}
		if m.set != nil {
			categories = append(categories, m.set...)
		} else {
			chars = append(chars, span{m.char, to})
		}
	}
	all := append(s.flags.fold(chars), categories...).sorted()
	if negate {
		all = all.negate()
	}
	s.write(all.String(), atom)
	return nil
}

func (s *scanner) member() (member, error) {
	if name := posix.FindString(s.src[s.pos:]); name != "" {
		return member{}, s.refuse(s.pos, s.pos+len(name), posixClass(name))
	}
	if s.src[s.pos] != '\\' {
		r, err := s.rune()
		return member{char: r}, err
	}
	if set, ok := category(s.peek(1), s.flags); ok {
		s.pos += 2
		return member{set: set}, nil
	}
	r, err := s.char(true)
	return member{char: r}, err
}

// rangeEnd reads what follows the member m that began at from, if that makes
// it a range, and returns the range's end: m itself when it is none. A - before the
// closing bracket is a member of its own.
func (s *scanner) rangeEnd(from int, m member) (rune, error) {
	if s.peek(0) != '-' || s.peek(1) == ']' || s.pos+1 == len(s.src) {
		return m.char, nil
	}
	s.pos++
	end, err := s.member()
	if err != nil {
		return 0, err
	}
	if m.set != nil || end.set != nil || end.char < m.char {
		return 0, s.refuseHere(from, badRange)
	}
	return end.char, nil
}
