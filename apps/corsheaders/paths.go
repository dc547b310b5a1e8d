package corsheaders

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/settled-go/settled/internal/pyre"
)

// A pathSet is the paths that CORS_URLS_REGEX matches. Most such regexes are a
// literal beginning, with or without .*$ behind it, and then no regular
// expression has to run for each request.
type pathSet struct {
	prefix string
	rest   rest
	regex  *pyre.Pattern
}

// A rest is what may stand behind the prefix.
type rest uint8

const (
	asRegex  rest = iota // only the regex knows
	anything             // ^/api/
	oneLine              // ^/api/.*$, and the default, ^.*$
)

func newPathSet(pattern string) (pathSet, error) {
	re, err := pyre.Compile(pattern)
	if err != nil {
		return pathSet{}, err
	}
	s := pathSet{regex: re}
	s.prefix, s.rest = shapeOf(re.Syntax())
	return s, nil
}

func (s *pathSet) has(path string) bool {
	if s.rest == asRegex {
		return s.regex.Match(path)
	}
	behind, found := strings.CutPrefix(path, s.prefix)
	if !found || s.rest == anything {
		return found
	}
	newline := strings.IndexByte(behind, '\n')
	return newline < 0 || newline == len(behind)-1 // $ is true before a final newline too
}

// shapeOf recognises the simple regexes by their syntax tree.
func shapeOf(tree *syntax.Regexp) (prefix string, r rest) {
	parts := slices.DeleteFunc(flatten(tree, nil), func(re *syntax.Regexp) bool {
		return re.Op == syntax.OpBeginText || re.Op == syntax.OpEmptyMatch
	})
	if len(parts) > 0 && isExact(parts[0]) {
		prefix, parts = string(parts[0].Rune), parts[1:]
	}
	switch {
	case len(parts) == 0:
		return prefix, anything
	case len(parts) == 2 && isAnyLine(parts[0]) && isDollar(parts[1]):
		return prefix, oneLine
	}
	return "", asRegex
}

// flatten appends the parts that have to match one after the other.
func flatten(re *syntax.Regexp, parts []*syntax.Regexp) []*syntax.Regexp {
	if re.Op != syntax.OpConcat {
		return append(parts, re)
	}
	for _, sub := range re.Sub {
		parts = flatten(sub, parts)
	}
	return parts
}

// isExact leaves out U+FFFD, which stands for bytes that are no UTF-8 too.
func isExact(re *syntax.Regexp) bool {
	return re.Op == syntax.OpLiteral && re.Flags&syntax.FoldCase == 0 && !slices.Contains(re.Rune, utf8.RuneError)
}

func isAnyLine(re *syntax.Regexp) bool {
	return re.Op == syntax.OpStar && re.Sub[0].Op == syntax.OpAnyCharNotNL
}

func isDollar(re *syntax.Regexp) bool {
	return re.Op == syntax.OpEndText && re.Flags&syntax.WasDollar != 0
}
