package pyre

import (
	"regexp/syntax"
	"slices"
)

// consumesAfterDollar says whether, in some match, a newline might be consumed
// right after a $.
func consumesAfterDollar(tree *syntax.Regexp) bool {
	return dollarBefore(tree, false)
}

// dollarBefore is consumesAfterDollar for a part of a tree; after says whether
// what follows the part can consume a newline first.
func dollarBefore(re *syntax.Regexp, after bool) bool {
	switch re.Op {
	case syntax.OpEndText:
		return after && isDollar(re)
	case syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		newline, _ := first(re.Sub[0])
		after = after || newline
	case syntax.OpConcat:
		for _, sub := range slices.Backward(re.Sub) {
			if dollarBefore(sub, after) {
				return true
			}
			newline, empty := first(sub)
			after = newline || empty && after
		}
		return false
	}
	return slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return dollarBefore(sub, after) })
}

// first says whether re can consume a newline first, and whether it can match
// without consuming anything.
func first(re *syntax.Regexp) (newline, empty bool) {
	switch re.Op {
	case syntax.OpNoMatch, syntax.OpAnyCharNotNL:
		return false, false
	case syntax.OpAnyChar:
		return true, false
	case syntax.OpLiteral:
		return re.Rune[0] == '\n', false
	case syntax.OpCharClass:
		return includes(re.Rune, '\n'), false
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			n, e := first(sub)
			newline = newline || n
			if !e {
				return newline, false
			}
		}
		return newline, true
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			n, e := first(sub)
			newline, empty = newline || n, empty || e
		}
		return newline, empty
	case syntax.OpStar, syntax.OpQuest, syntax.OpPlus, syntax.OpRepeat:
		newline, empty = first(re.Sub[0])
		return newline, empty || re.Op != syntax.OpPlus && re.Min == 0
	}
	return false, true // an assertion, or the empty match
}

// includes says whether a class, as pairs of first and last, has the rune.
func includes(class []rune, r rune) bool {
	for i := 0; i < len(class); i += 2 {
		if class[i] <= r && r <= class[i+1] {
			return true
		}
	}
	return false
}
