// Package pyre reads a regular expression as Python's re.match(pattern, text)
// reads it and runs it with Go's regexp, in linear time. A pattern that can't
// mean the same there is refused, with the construct named and located.
//
// Four things are to be known:
//
//   - A match starts at the start of the text and may end before its end.
//   - \w, \d, \s and \b know ASCII only. On ASCII text, and with (?a) on any
//     text, they are Python's. Everything else, (?i) too, knows Unicode.
//   - Text is valid UTF-8. In text that isn't, a bad byte is a U+FFFD.
//   - On the empty text \B is what it is from Python 3.14 on: true.
package pyre

import (
	"regexp"
	"regexp/syntax"
	"strings"
)

// A Pattern is a compiled regular expression. It is immutable and safe for
// concurrent use.
type Pattern struct {
	source string
	prefix string   // what every match begins with
	whole  *program // for the text as it is
	line   *program // for the text without its final newline; nil without a $
}

// A program is one reading of a pattern.
type program struct {
	tree   *syntax.Regexp
	regexp *regexp.Regexp
	suffix string // what every text that matches ends with
}

// Compile reads a pattern. The error is an *Error.
func Compile(pattern string) (*Pattern, error) { return compile(pattern, false) }

// CompileSearch reads a pattern as Python's re.search does: Match then says
// whether it matches anywhere in the text. The error is an *Error.
func CompileSearch(pattern string) (*Pattern, error) { return compile(pattern, true) }

func compile(pattern string, anywhere bool) (*Pattern, error) {
	t, err := translate(pattern)
	if err != nil {
		return nil, err
	}
	tree, err := parse(pattern, t.text)
	if err != nil {
		return nil, err
	}
	if !anywhere {
		tree = anchored(tree)
	}
	p := &Pattern{source: pattern}
	if p.whole, err = newProgram(pattern, tree); err != nil {
		return nil, err
	}
	if !anywhere {
		p.prefix, _ = literal(tree, fromStart)
	}
	if t.dollar < 0 {
		return p, nil
	}
	if consumesAfterDollar(tree) {
		return nil, refuse(pattern, t.dollar, t.dollar+1, newlineAfterDollar)
	}
	p.line = p.whole
	if line := withoutTextEnd(tree); !line.Equal(tree) {
		if p.line, err = newProgram(pattern, line); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// Match says whether the text, from its start, matches; of CompileSearch, whether a
// part of it does. It allocates nothing.
//
// A $ is also true before a final newline, which Go's regexp can't say. So
// such a text is tried twice: as it is, with $ as the very end, and without
// its newline, with $ as the end and \Z as nothing. No match is lost between
// the two, for nothing after a $ can consume that newline: Compile sees to it.
func (p *Pattern) Match(text string) bool {
	if !strings.HasPrefix(text, p.prefix) {
		return false
	}
	if p.whole.match(text) {
		return true
	}
	if p.line == nil {
		return false
	}
	line, found := strings.CutSuffix(text, "\n")
	return found && p.line.match(line)
}

// String is the pattern as it was written.
func (p *Pattern) String() string { return p.source }

// Syntax is the tree that text is matched against, anchored at the start (but of
// CompileSearch) and without groups. It is to be read, not changed, and to be simplified before it is
// compiled to a syntax.Prog. A $ is the very end of the text in it, as it is
// in a text without newlines. Under (?i) the letter i is the class [Iiİı].
func (p *Pattern) Syntax() *syntax.Regexp { return p.whole.tree }

func newProgram(pattern string, tree *syntax.Regexp) (*program, error) {
	re, err := regexp.Compile(source(tree))
	if err != nil {
		return nil, tooLarge(pattern, reason(err))
	}
	g := &program{tree: tree, regexp: re}
	if endsText(tree) {
		g.suffix, _ = literal(tree, fromEnd)
	}
	return g, nil
}

func (g *program) match(text string) bool {
	return strings.HasSuffix(text, g.suffix) && g.regexp.MatchString(text)
}
