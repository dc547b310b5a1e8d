package witness

import (
	"strconv"
	"strings"
)

// class reads [...]. A class of a few characters spells them out.
func (p *parser) class() (kind, []rune) {
	p.pos++
	negated := strings.HasPrefix(p.text[p.pos:], "^")
	if negated {
		p.pos++
	}
	var chars []rune
	many := negated
	for first := true; p.pos < len(p.text) && (first || p.text[p.pos] != ']'); first = false {
		low, ok := p.member()
		high := low
		if rest := p.text[p.pos:]; ok && len(rest) > 1 && rest[0] == '-' && rest[1] != ']' {
			p.pos++
			high, ok = p.member()
		}
		if !ok || high-low >= maxChars {
			many = true
			continue
		}
		for r := low; r <= high && len(chars) <= maxChars; r++ {
			chars = append(chars, r)
		}
	}
	p.pos = min(p.pos+1, len(p.text))
	if many || len(chars) > maxChars {
		return open, nil
	}
	return spelled, chars
}

// member reads one character of a class; ok is false for a category.
func (p *parser) member() (r rune, ok bool) {
	if p.text[p.pos] != '\\' {
		return p.rune(), true
	}
	k, chars := p.escape(true)
	if k != spelled {
		return 0, false
	}
	return chars[0], true
}

var controls = map[byte]rune{'a': '\a', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v'}

// escape reads what begins with a backslash.
func (p *parser) escape(inClass bool) (kind, []rune) {
	p.pos++
	if p.pos == len(p.text) {
		return empty, nil
	}
	c := p.text[p.pos]
	if digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[c]; digits > 0 {
		p.pos++
		return spelled, []rune{p.number(digits, 16)}
	}
	if '0' <= c && c <= '9' {
		return spelled, []rune{p.number(3, 8)}
	}
	if r, ok := controls[c]; ok {
		p.pos++
		return spelled, []rune{r}
	}
	switch {
	case strings.IndexByte("dDwWsS", c) >= 0:
		p.pos++
		return open, nil
	case inClass:
	case c == 'A':
		p.pos++
		return begins, nil
	case c == 'Z' || c == 'z':
		p.pos++
		return ends, nil
	case c == 'b' || c == 'B':
		p.pos++
		return empty, nil
	}
	return spelled, []rune{p.rune()}
}

// number reads at most n digits.
func (p *parser) number(n, base int) rune {
	digits := "0123456789abcdefABCDEF"
	if base == 8 {
		digits = digits[:8]
	}
	start := p.pos
	for p.pos < len(p.text) && p.pos-start < n && strings.IndexByte(digits, p.text[p.pos]) >= 0 {
		p.pos++
	}
	v, err := strconv.ParseInt(p.text[start:p.pos], base, 32)
	if err != nil {
		return 0
	}
	return rune(v)
}
