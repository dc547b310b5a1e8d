package pyre

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strings"
)

// source is a tree in Go's syntax, for regexp.Compile takes nothing else. Each
// part carries its own flags. Regexp.String would look for the fewest flags,
// and that takes milliseconds for a class such as [^/].
func source(re *syntax.Regexp) string {
	var b strings.Builder
	printTree(&b, re)
	return b.String()
}

func printTree(b *strings.Builder, re *syntax.Regexp) {
	switch re.Op {
	case syntax.OpLiteral:
		text := regexp.QuoteMeta(string(re.Rune))
		if re.Flags&syntax.FoldCase != 0 {
			text = "(?i:" + text + ")"
		}
		b.WriteString(text)
	case syntax.OpCharClass:
		printClass(b, re.Rune)
	case syntax.OpConcat:
		printGroups(b, re.Sub, "")
	case syntax.OpAlternate:
		printGroups(b, re.Sub, "|")
	case syntax.OpStar, syntax.OpPlus, syntax.OpQuest, syntax.OpRepeat:
		printGroups(b, re.Sub, "")
		b.WriteString(quantifierOf(re))
	default:
		b.WriteString(fixed[re.Op])
	}
}

// fixed are the trees without parts.
var fixed = map[syntax.Op]string{
	syntax.OpNoMatch:        `[^\x00-\x{10FFFF}]`,
	syntax.OpEmptyMatch:     `(?:)`,
	syntax.OpAnyCharNotNL:   `(?-s:.)`,
	syntax.OpAnyChar:        `(?s:.)`,
	syntax.OpBeginLine:      `(?m:^)`,
	syntax.OpEndLine:        `(?m:$)`,
	syntax.OpBeginText:      `\A`,
	syntax.OpEndText:        `\z`,
	syntax.OpWordBoundary:   `\b`,
	syntax.OpNoWordBoundary: `\B`,
}

func printGroups(b *strings.Builder, subs []*syntax.Regexp, between string) {
	for i, sub := range subs {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString("(?:")
		printTree(b, sub)
		b.WriteByte(')')
	}
}

func printClass(b *strings.Builder, ranges []rune) {
	var s set
	for i := 0; i < len(ranges); i += 2 {
		s = append(s, span{ranges[i], ranges[i+1]})
	}
	b.WriteString(s.String())
}

func quantifierOf(re *syntax.Regexp) string {
	var text string
	switch {
	case re.Op == syntax.OpStar:
		text = "*"
	case re.Op == syntax.OpPlus:
		text = "+"
	case re.Op == syntax.OpQuest:
		text = "?"
	case re.Max < 0:
		text = fmt.Sprintf("{%d,}", re.Min)
	default:
		text = fmt.Sprintf("{%d,%d}", re.Min, re.Max)
	}
	if re.Flags&syntax.NonGreedy != 0 {
		text += "?"
	}
	return text
}
