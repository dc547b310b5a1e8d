package pyre

import (
	"fmt"
	"strconv"
	"unicode/utf8"
)

// assertions are the escapes that consume nothing. \z is Python 3.14's other
// name for \Z.
var assertions = map[byte]string{'A': `\A`, 'Z': `\z`, 'z': `\z`, 'b': `\b`, 'B': `\B`}

// controls are the escapes of one control character.
var controls = map[byte]rune{'a': '\a', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}

// escape reads what begins with a backslash outside a class.
func (s *scanner) escape() error {
	c := s.peek(1)
	if text, ok := assertions[c]; ok {
		s.pos += 2
		s.write(text, assertion)
		return nil
	}
	if set, ok := category(c, s.flags); ok {
		s.pos += 2
		s.write(set.String(), atom)
		return nil
	}
	r, err := s.char(false)
	if err != nil {
		return err
	}
	s.literal(r)
	return nil
}

// peek is the byte n after pos, or 0, which no escape has a meaning for, at
// the end.
func (s *scanner) peek(n int) byte {
	if s.pos+n < len(s.src) {
		return s.src[s.pos+n]
	}
	return 0
}

// char reads an escape that stands for one character.
func (s *scanner) char(inClass bool) (rune, error) {
	start := s.pos
	s.pos++
	if s.pos == len(s.src) {
		return 0, s.refuseHere(start, loneBackslash)
	}
	c := s.src[s.pos]
	if r, ok := controls[c]; ok {
		s.pos++
		return r, nil
	}
	switch {
	case c == 'b' && inClass:
		s.pos++
		return '\b', nil
	case c == 'x':
		return s.hex(start, 2)
	case c == 'u':
		return s.hex(start, 4)
	case c == 'U':
		return s.hex(start, 8)
	case '0' <= c && c <= '9':
		return s.octal(start, inClass)
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		s.pos++
		return 0, s.refuseHere(start, badEscape(c))
	}
	return s.rune()
}

// hex reads \x41, \u0041 and \U00000041, with exactly n digits.
func (s *scanner) hex(start, n int) (rune, error) {
	s.pos++
	text := s.while(n, digits+"abcdefABCDEF")
	if len(text) < n {
		return 0, s.braced(start, n)
	}
	v, err := strconv.ParseUint(text, 16, 32)
	if err != nil || v > utf8.MaxRune || !utf8.ValidRune(rune(v)) {
		return 0, s.refuseHere(start, noCharacter)
	}
	return rune(v), nil
}

// braced refuses a hex escape that is too short: \x{41} is Go's form.
func (s *scanner) braced(start, n int) error {
	f := shortHex(n)
	if s.accept("{") {
		v, err := strconv.ParseUint(s.while(8, digits+"abcdefABCDEF"), 16, 32)
		if s.accept("}") && err == nil {
			f.hint = "write " + hexEscape(v)
		}
	}
	return s.refuseHere(start, f)
}

// hexEscape is Python's shortest form of a character by its number.
func hexEscape(v uint64) string {
	switch {
	case v <= 0xff:
		return fmt.Sprintf(`\x%02x`, v)
	case v <= 0xffff:
		return fmt.Sprintf(`\u%04x`, v)
	}
	return fmt.Sprintf(`\U%08x`, v)
}

// octal reads \0, \07, \007, \177 and, in a class, \7. Outside a class, one
// or two digits that don't begin with 0 refer back to a group.
func (s *scanner) octal(start int, inClass bool) (rune, error) {
	text := s.while(3, "01234567")
	if !inClass && (text == "" || text[0] != '0') && len(text) < 3 {
		s.while(2-len(text), digits)
		return 0, s.refuseHere(start, backReference)
	}
	v, err := strconv.ParseUint(text, 8, 32)
	if err != nil || v > 0o377 {
		s.pos = max(s.pos, start+2)
		return 0, s.refuseHere(start, badOctal)
	}
	return rune(v), nil
}
