package pyre

import "strings"

// openGroup reads the head of a group. Groups capture nothing: only whether a
// text matches is asked.
func (s *scanner) openGroup() error {
	start := s.pos
	for _, h := range refusedHeads {
		if s.accept(h.head) {
			return s.refuseHere(start, h.fault)
		}
	}
	switch {
	case s.accept("(?P<"):
		return s.namedGroup(start)
	case s.accept("(?:"), !strings.HasPrefix(s.src[s.pos:], "(?") && s.accept("("):
		return s.push(start, s.flags)
	}
	s.pos += len("(?")
	if s.pos < len(s.src) && strings.IndexByte(letters+"-", s.src[s.pos]) >= 0 && s.src[s.pos] != 'P' {
		return s.flagGroup(start)
	}
	if _, err := s.rune(); err != nil {
		return err
	}
	return s.refuseHere(start, unknownGroup)
}

func (s *scanner) namedGroup(start int) error {
	name := s.while(len(s.src), letters+"_0123456789")
	switch {
	case !s.accept(">"), name == "", '0' <= name[0] && name[0] <= '9':
		return s.refuseHere(start, badName)
	case s.names[name]:
		return s.refuseHere(start, sameName)
	}
	s.names[name] = true
	return s.push(start, s.flags)
}

// push enters a group in which f are the flags in force.
func (s *scanner) push(start int, f flags) error {
	if len(s.open) == maxDepth {
		return s.refuseHere(start, tooDeep)
	}
	s.open = append(s.open, group{start, s.flags})
	s.flags = f
	s.write("(?:", nothing)
	return nil
}

func (s *scanner) closeGroup() error {
	n := len(s.open) - 1
	if n < 0 {
		return s.refuse(s.pos, s.pos+1, unopenedGroup)
	}
	s.flags = s.open[n].flags
	s.open = s.open[:n]
	s.pos++
	s.write(")", atom)
	return nil
}
