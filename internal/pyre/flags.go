package pyre

import "strings"

// flags are Python's inline flags, those that change what a pattern means.
type flags uint8

const (
	ignoreCase flags = 1 << iota
	multiLine
	dotAll
	ascii
)

var flagOf = map[rune]flags{'i': ignoreCase, 'm': multiLine, 's': dotAll, 'a': ascii}

func (f flags) pick(flag flags, set, unset string) string {
	if f&flag != 0 {
		return set
	}
	return unset
}

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

// flagGroup reads what follows "(?" from start: (?im) for the whole pattern, or
// the head of (?i-s:...).
func (s *scanner) flagGroup(start int) error {
	on := s.while(len(s.src), letters)
	minus := s.accept("-")
	off := s.while(len(s.src), letters)
	set, err := s.flagSet(start, on, "")
	if err != nil {
		return err
	}
	unset, err := s.flagSet(start, off, "x")
	if err != nil {
		return err
	}
	switch {
	case s.accept(":"):
		if minus && off == "" || set&unset != 0 || strings.Contains(off, "a") {
			return s.refuseHere(start, badFlags)
		}
		return s.push(start, (s.flags|set)&^unset)
	case !s.accept(")") || minus:
		return s.refuseHere(start, badFlags)
	case start != s.flagsEnd:
		return s.refuseHere(start, lateFlags)
	}
	s.flags |= set
	s.flagsEnd = s.pos
	return nil
}

// flagSet reads the letters of flags; those of extra are known too and set
// nothing.
func (s *scanner) flagSet(start int, names, extra string) (flags, error) {
	var set flags
	for _, c := range names {
		switch flag, known := flagOf[c]; {
		case known:
			set |= flag
		case strings.ContainsRune(extra, c):
		case c == 'x':
			return 0, s.refuseHere(start, verbose)
		case c == 'u':
			return 0, s.refuseHere(start, unicodeFlag)
		case c == 'L':
			return 0, s.refuseHere(start, localeFlag)
		default:
			return 0, s.refuseHere(start, unknownFlag)
		}
	}
	return set, nil
}
