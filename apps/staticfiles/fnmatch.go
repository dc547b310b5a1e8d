package staticfiles

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// defaultIgnore are what Django leaves out unless it is told otherwise.
var defaultIgnore = []string{"CVS", ".*", "*~"}

// ignorer matches what any of the patterns matches.
func ignorer(patterns []string) func(string) bool {
	compiled := make([]*regexp.Regexp, len(patterns))
	for i, p := range patterns {
		compiled[i] = fnmatch(p)
	}
	return func(name string) bool {
		for _, p := range compiled {
			if p.MatchString(name) {
				return true
			}
		}
		return false
	}
}

// fnmatch is Python's fnmatch.fnmatchcase as a regular expression: * matches slashes
// too, and a [ without its end is itself.
func fnmatch(pattern string) *regexp.Regexp {
	var b strings.Builder
	b.WriteString(`\A(?s:`)
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; c {
		case '*':
			b.WriteString(".*")
		case '?':
			b.WriteString(".")
		case '[':
			set, length := charSet(pattern[i:])
			b.WriteString(set)
			i += length - 1
		default:
			_, size := utf8.DecodeRuneInString(pattern[i:])
			b.WriteString(regexp.QuoteMeta(strings.ToValidUTF8(pattern[i:i+size], "\uFFFD")))
			i += size - 1
		}
	}
	b.WriteString(`)\z`)
	re, err := regexp.Compile(b.String())
	if err != nil { // a set with a range that is upside down matches nothing
		return regexp.MustCompile(`[^\x00-\x{10FFFF}]`)
	}
	return re
}

// charSet is a set such as [!a-z] as a regular expression, and its length.
func charSet(s string) (set string, length int) {
	end := 1
	if end < len(s) && s[end] == '!' {
		end++
	}
	if end < len(s) && s[end] == ']' {
		end++
	}
	for end < len(s) && s[end] != ']' {
		end++
	}
	if end >= len(s) {
		return `\[`, 1
	}
	inside := strings.NewReplacer(`\`, `\\`, `[`, `\[`, `]`, `\]`, `^`, `\^`, `&`, `\&`).Replace(s[1:end])
	if after, negated := strings.CutPrefix(inside, "!"); negated {
		inside = "^" + after
	}
	return "[" + inside + "]", end + 1
}
