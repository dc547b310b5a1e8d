package pyre

import (
	"errors"
	"fmt"
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxSize is how many instructions a program may have, counted roughly.
const maxSize = 100_000

// parse reads a translated pattern.
func parse(pattern, translated string) (*syntax.Regexp, error) {
	tree, err := syntax.Parse(translated, syntax.Perl)
	if err != nil {
		return nil, tooLarge(pattern, reason(err))
	}
	if n := size(tree); n > maxSize {
		return nil, tooLarge(pattern, fmt.Errorf("about %d steps, and %d are allowed", n, maxSize))
	}
	return tree, nil
}

// anchored is a tree that matches at the start only. It is made from the parsed
// pattern, so that in a|b both are anchored.
func anchored(tree *syntax.Regexp) *syntax.Regexp {
	start := &syntax.Regexp{Op: syntax.OpBeginText}
	return &syntax.Regexp{Op: syntax.OpConcat, Sub: []*syntax.Regexp{start, tree}}
}

// reason is what an error of the syntax package says without the text that it
// says it of, which is not the pattern as written.
func reason(err error) any {
	var e *syntax.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return err
}

func size(re *syntax.Regexp) int {
	n := 1 + len(re.Rune)
	if re.Op == syntax.OpCharClass {
		n = 1
	}
	for _, sub := range re.Sub {
		n += size(sub)
	}
	if re.Op == syntax.OpRepeat {
		n *= max(re.Min, re.Max, 1)
	}
	return n
}

// isDollar tells a $ from a \Z.
func isDollar(re *syntax.Regexp) bool {
	return re.Op == syntax.OpEndText && re.Flags&syntax.WasDollar != 0
}

// withoutTextEnd is the tree with every \Z turned into what never matches.
func withoutTextEnd(re *syntax.Regexp) *syntax.Regexp {
	if re.Op == syntax.OpEndText && !isDollar(re) {
		return &syntax.Regexp{Op: syntax.OpNoMatch}
	}
	out := *re
	out.Sub = slices.Clone(re.Sub)
	for i, sub := range out.Sub {
		out.Sub[i] = withoutTextEnd(sub)
	}
	return &out
}

// The ends of a text, as literal takes them.
const (
	fromStart = false
	fromEnd   = true
)

// literal is the text that all matches of re have at one end, as far as re
// spells it as a literal; whole says that it is all that they consume. A
// literal under (?i) doesn't count, and neither does U+FFFD, which stands for
// bad bytes too.
func literal(re *syntax.Regexp, end bool) (text string, whole bool) {
	switch re.Op {
	case syntax.OpLiteral:
		text = string(re.Rune)
		if re.Flags&syntax.FoldCase != 0 || strings.ContainsRune(text, utf8.RuneError) {
			return "", false
		}
		return text, true
	case syntax.OpConcat:
		return literals(re.Sub, end)
	case syntax.OpAlternate:
		text, _ = literal(re.Sub[0], end)
		for _, sub := range re.Sub[1:] {
			other, _ := literal(sub, end)
			text = common(text, other, end)
		}
		return text, false
	case syntax.OpPlus:
		text, _ = literal(re.Sub[0], end)
		return text, false
	}
	return "", consumesNothing(re)
}

func literals(subs []*syntax.Regexp, end bool) (text string, whole bool) {
	for i, sub := range subs {
		if end {
			sub = subs[len(subs)-1-i]
		}
		part, whole := literal(sub, end)
		if end {
			text = part + text
		} else {
			text += part
		}
		if !whole {
			return text, false
		}
	}
	return text, true
}

// common is what two texts have in common at one end.
func common(a, b string, end bool) string {
	if end {
		for !strings.HasSuffix(b, a) {
			a = a[1:]
		}
		return a
	}
	for !strings.HasPrefix(b, a) {
		a = a[:len(a)-1]
	}
	return a
}

// consumesNothing knows the empty match and the single assertions.
func consumesNothing(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpEmptyMatch, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText,
		syntax.OpWordBoundary, syntax.OpNoWordBoundary:
		return true
	}
	return false
}

// endsText says whether every match of re ends where the text ends.
func endsText(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpEndText:
		return true
	case syntax.OpConcat:
		return slices.ContainsFunc(re.Sub, endsText) // nothing can be consumed after it
	case syntax.OpAlternate:
		return !slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return !endsText(sub) })
	}
	return false
}
