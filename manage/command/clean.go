package command

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean makes text from outside safe to print on one line: what is not
// printable is escaped, so that nobody can forge a line of a log or move a
// terminal's cursor.
func clean(s string) string {
	if isClean(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || !unicode.IsPrint(r) {
			quoted := strconv.Quote(s[i : i+size])
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

// cleanLines is clean for a text of several lines, which may be indented by
// tabs.
func cleanLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, line := range lines {
		rest := strings.TrimLeft(line, "\t")
		lines[i] = line[:len(line)-len(rest)] + clean(rest)
	}
	return strings.Join(lines, "\n")
}

// isClean says whether clean would change nothing: the common case, without
// allocations.
func isClean(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
