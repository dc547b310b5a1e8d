package pyre

import "strconv"

const digits = "0123456789"

// quantifier reads * + ? {n} {n,} {n,m} and a ? after them. A { that begins
// none of these is a character, as in Go.
func (s *scanner) quantifier() error {
	start := s.pos
	s.pos++
	if s.src[start] == '{' {
		if is, err := s.counts(start); err != nil || !is {
			return err
		}
	}
	text := s.src[start:s.pos]
	switch s.last {
	case nothing, assertion:
		return s.refuseHere(start, nothingToRepeat)
	case repeated:
		return s.refuseHere(start, repeatedTwice)
	}
	if s.accept("+") {
		return s.refuseHere(start, possessive)
	}
	if s.accept("?") {
		text += "?"
	}
	s.write(text, repeated)
	return nil
}

// counts reads what follows the { at start. When that is no quantifier, it
// writes the { and nothing else is read.
func (s *scanner) counts(start int) (is bool, err error) {
	low := s.while(len(s.src), digits)
	high, comma := low, s.accept(",")
	if comma {
		high = s.while(len(s.src), digits)
	}
	if low == "" && !comma || !s.accept("}") {
		s.pos = start + 1
		s.literal('{')
		return false, nil
	}
	if low == "" {
		return true, s.refuse(start, s.pos, withoutLow(high))
	}
	n, err1 := strconv.Atoi(low)
	m, err2 := n, error(nil)
	if high != "" {
		m, err2 = strconv.Atoi(high)
	}
	switch {
	case err1 != nil || err2 != nil || max(n, m) > maxRepeat:
		return true, s.refuseHere(start, largeRepeat)
	case m < n:
		return true, s.refuseHere(start, wrongRepeat)
	}
	return true, nil
}
