package settings

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/settled-go/settled/checks"
)

// A piece is a part of a string literal and what it means.
type piece struct {
	at      span
	decoded string
}

// rewrite is the least change that makes a string literal mean text: what text
// begins and ends with stays as it is written. ok is false for a text that TOML
// can't say.
func rewrite(literal, text string) (at span, written string, ok bool) {
	if !utf8.ValidString(text) {
		return span{}, "", false
	}
	var pieces []piece
	for at, decoded := range units(literal) {
		pieces = append(pieces, piece{at, decoded})
	}
	at.start, at.end = body(literal)
	rest := text
	for len(pieces) > 0 && strings.HasPrefix(rest, pieces[0].decoded) {
		rest, at.start, pieces = rest[len(pieces[0].decoded):], pieces[0].at.end, pieces[1:]
	}
	for n := len(pieces) - 1; n >= 0 && strings.HasSuffix(rest, pieces[n].decoded); n-- {
		rest, at.end = strings.TrimSuffix(rest, pieces[n].decoded), pieces[n].at.start
	}
	written, ok = inQuotes(rest, literal[0])
	if ok && unquote(literal[:at.start]+written+literal[at.end:]) == text {
		return at, written, true
	}
	written, _ = inQuotes(text, '"')
	return span{0, len(literal)}, `"` + written + `"`, true
}

// inQuotes is text as it stands between quotes of a kind; ok is false when that
// can't be.
func inQuotes(text string, quote byte) (written string, ok bool) {
	if quote == '\'' {
		return text, !strings.ContainsFunc(text, func(r rune) bool { return r == '\'' || r != '\t' && isControl(r) })
	}
	var b strings.Builder
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\n':
			b.WriteString(`\n`)
		case isControl(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), true
}

// isControl knows what TOML's strings don't hold as it is.
func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// renamed is a name in the quotes that the old one has, or in none if it needs
// none.
func renamed(old, name string) (written string, ok bool) {
	if !utf8.ValidString(name) {
		return "", false
	}
	quote := byte('"')
	if old != "" && (old[0] == '"' || old[0] == '\'') {
		quote = old[0]
	} else if string(checks.Path("").Key(name)) == name {
		return name, true
	}
	if written, ok = inQuotes(name, quote); !ok {
		quote = '"'
		written, _ = inQuotes(name, quote)
	}
	return string(quote) + written + string(quote), true
}
