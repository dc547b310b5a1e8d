package witness

import "strings"

// dots are where the pattern has a dot that is not escaped and stands where
// two host labels meet: once, between what may end a label and what may begin
// one.
func (s *sketch) dots() []int { return dotsIn(s.text, s.branches, nil) }

func dotsIn(text string, branches []branch, found []int) []int {
	for _, b := range branches {
		for _, p := range b.parts {
			if p.kind == dot && p.end == p.start+1 && meetsLabels(text, p.start, p.end) {
				found = append(found, p.start)
			}
			found = dotsIn(text, p.branches, found)
		}
	}
	return found
}

// meantDots are these dots and what else can only be meant as one: .? and \W.
func meantDots(text string, branches []branch, found map[int]bool) {
	for _, b := range branches {
		for _, p := range b.parts {
			isDot := p.kind == dot || p.kind == open && strings.HasPrefix(text[p.start:], `\W`)
			if isDot && p.max == 1 && meetsLabels(text, p.start, p.end) {
				found[p.start] = true
			}
			meantDots(text, p.branches, found)
		}
	}
}

// meetsLabels says whether what is from start to end of a pattern stands
// between labels.
func meetsLabels(text string, start, end int) bool {
	if start == 0 || end == len(text) {
		return false
	}
	before, after := text[start-1], text[end]
	if !isAlnum(before) && strings.IndexByte(")]}*+?-_", before) < 0 {
		return false
	}
	if after == '\\' {
		return end+1 < len(text) && strings.IndexByte("dw", text[end+1]) >= 0
	}
	return isAlnum(after) || strings.IndexByte("([)|_", after) >= 0
}

func isAlnum(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// escaped is the pattern with these dots escaped, or "" if it has none.
func (s *sketch) escaped() string {
	dots := s.dots()
	if len(dots) == 0 {
		return ""
	}
	var b strings.Builder
	from := 0
	for _, i := range dots {
		b.WriteString(s.text[from:i])
		b.WriteByte('\\')
		from = i
	}
	b.WriteString(s.text[from:])
	return b.String()
}

// repaired is the pattern with its dots escaped and its end anchored, or "" if
// one of the two is not needed.
func (s *sketch) repaired() string {
	escaped := s.escaped()
	if escaped == "" {
		return ""
	}
	return parse(escaped).anchored()
}

// Dots are where the dots are that make Dotless, in bytes of the pattern.
func (v Verdict) Dots() []int { return v.source.dots() }

// Escaped is the pattern with them escaped.
func (v Verdict) Escaped() string { return v.source.escaped() }

// Anchored is the pattern so that every match ends with the origin.
func (v Verdict) Anchored() string { return v.source.anchored() }

// OpenSide is where the first side of an alternation is that the end of the
// origin is not anchored in; zero if the pattern is none.
func (v Verdict) OpenSide() (start, end int) {
	if len(v.source.branches) > 1 {
		for _, b := range v.source.branches {
			if !b.isAnchored() {
				return b.start, b.end
			}
		}
	}
	return 0, 0
}

// Scheme is where the pattern spells https? or puts a scheme in brackets with
// a ? behind; zero if it does neither.
func (v Verdict) Scheme() (start, end int) {
	for _, text := range []string{"https?", "(https|http)", "(http|https)", "http(s)?", "(?:https|http)", "(?:http|https)"} {
		if i := strings.Index(v.source.text, text); i >= 0 {
			return i, i + len(text)
		}
	}
	return 0, 0
}
