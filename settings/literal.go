package settings

import (
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"
)

// stringEnd is just behind the string literal that starts at pos, one of TOML's
// four kinds. One that is not closed ends with its line or, if it may have
// several lines, with the text.
func stringEnd(text string, pos int) (end int, closed bool) {
	quote := text[pos]
	width := quoteWidth(text[pos:])
	for i := pos + width; i < len(text); i++ {
		switch c := text[i]; {
		case c == '\\' && quote == '"':
			i++
		case c == '\n' && width == 1:
			return i, false
		case c == quote && width == 1:
			return i + 1, true
		case c == quote && quoteWidth(text[i:]) == 3:
			for i += 3; i < len(text) && text[i] == quote && width < 5; width++ {
				i++ // """text""""" ends with two quotes of its own
			}
			return i, true
		}
	}
	return len(text), false
}

// quoteWidth is 3 where three equal quotes stand, and 1 elsewhere.
func quoteWidth(text string) int {
	if strings.HasPrefix(text, `"""`) || strings.HasPrefix(text, `'''`) {
		return 3
	}
	return 1
}

// unquote is what a name means that may be quoted.
func unquote(name string) string {
	if name == "" || name[0] != '"' && name[0] != '\'' {
		return name
	}
	var b strings.Builder
	for _, decoded := range units(name) {
		b.WriteString(decoded)
	}
	return b.String()
}

// units takes a string literal apart into the pieces that decode one by one: a
// character, an escape, a line end that a backslash removes.
func units(literal string) iter.Seq2[span, string] {
	return func(yield func(span, string) bool) {
		i, end := body(literal)
		for i < end {
			size, decoded := unit(literal[i:end], literal[0] == '"')
			if !yield(span{i, i + size}, decoded) {
				return
			}
			i += size
		}
	}
}

// body is the part of a literal that is decoded.
func body(literal string) (start, end int) {
	width := quoteWidth(literal)
	start, end = min(width, len(literal)), len(literal)
	if _, closed := stringEnd(literal, 0); closed {
		end -= width
	}
	if width == 3 && strings.HasPrefix(literal[start:end], "\r\n") {
		start += 2
	} else if width == 3 && strings.HasPrefix(literal[start:end], "\n") {
		start++
	}
	return start, end
}

func unit(text string, escapes bool) (size int, decoded string) {
	if text[0] != '\\' || !escapes || len(text) == 1 {
		_, size = utf8.DecodeRuneInString(text)
		return size, text[:size]
	}
	if i := strings.IndexByte(`btnfre"\`, text[1]); i >= 0 {
		return 2, "\b\t\n\f\r\x1b\"\\"[i : i+1]
	}
	if digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[text[1]]; digits > 0 {
		size = min(2+digits, len(text))
		code, _ := strconv.ParseUint(text[2:size], 16, 32)
		return size, string(rune(code))
	}
	return max(1, len(text)-len(strings.TrimLeft(text[1:], " \t\r\n"))), ""
}

// longString is from how many bytes on a part of a string is not looked for,
// since that takes time in proportion to the string.
const longString = 1 << 16

// narrow is where a part of a decoded string, given in bytes, is written in its
// literal; all of the literal when it can't be told.
func narrow(literal string, part [2]int) span {
	all := span{0, len(literal)}
	if part == [2]int{} || literal == "" || len(literal) > longString || literal[0] != '"' && literal[0] != '\'' {
		return all
	}
	start, decodedEnd := -1, 0
	for at, decoded := range units(literal) {
		decodedEnd += len(decoded)
		if start < 0 && decodedEnd > part[0] {
			start = at.start
		}
		if start >= 0 && decodedEnd >= part[1] {
			return span{start, at.end}
		}
	}
	return all
}
