package settings

import "strings"

// readKey reads a name, dotted perhaps: one part at least.
func (s *scanner) readKey() []part {
	var key []part
	for {
		s.skipSpace()
		at := span{s.pos, s.keyEnd()}
		s.pos = at.end
		key = append(key, part{name: unquote(s.text[at.start:at.end]), at: at})
		s.skipSpace()
		if s.peek() != '.' {
			return key
		}
		s.pos++
		if len(s.path)+len(key) >= maxDepth {
			s.stop(at.start)
			return key
		}
	}
}

func (s *scanner) keyEnd() int {
	if c := s.peek(); c == '"' || c == '\'' {
		end, closed := stringEnd(s.text, s.pos)
		if !closed {
			s.open = s.pos
		}
		return end
	}
	end := s.pos
	for end < len(s.text) && isBare(s.text[end]) {
		end++
	}
	return end
}

// readWord reads a number, a boolean or a date, which may have a space in it.
func (s *scanner) readWord() {
	word := s.text[s.pos:]
	if end := strings.IndexAny(word, ",]}#\r\n"); end >= 0 {
		word = word[:end]
	}
	s.pos += len(strings.TrimRight(word, " \t"))
}

// stop ends the scan where it gets too deep.
func (s *scanner) stop(at int) {
	if s.tooDeep < 0 {
		s.tooDeep = at
	}
	s.pos = len(s.text)
}

// skip passes the bytes of set, and comments.
func (s *scanner) skip(set string) {
	for s.pos < len(s.text) {
		switch c := s.text[s.pos]; {
		case c == '#':
			start := s.pos
			s.skipLine()
			s.comments = append(s.comments, span{start, s.pos})
		case strings.IndexByte(set, c) >= 0:
			s.pos++
		default:
			return
		}
	}
}

func (s *scanner) skipSpace() {
	for s.peek() == ' ' || s.peek() == '\t' {
		s.pos++
	}
}

// skipLine goes to the end of the line.
func (s *scanner) skipLine() {
	if i := strings.IndexByte(s.text[s.pos:], '\n'); i >= 0 {
		s.pos += i
	} else {
		s.pos = len(s.text)
	}
}

// peek is the next byte, 0 at the end.
func (s *scanner) peek() byte {
	if s.pos < len(s.text) {
		return s.text[s.pos]
	}
	return 0
}

func isBare(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}
