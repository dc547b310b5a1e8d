package witness

import (
	"regexp/syntax"

	"github.com/settled-go/settled/internal/pyre"
)

// MatchesPath says whether a pattern matches any path, all of which begin with
// a slash.
func MatchesPath(p *pyre.Pattern) bool {
	prog, err := syntax.Compile(p.Syntax().Simplify())
	if err != nil {
		return true
	}
	g := &program{Prog: prog, stands: map[standing]stand{}}
	w := pathWalk{program: g, seen: map[pathState]bool{}}
	return w.matches(uint32(prog.Start), -1, func(inst *syntax.Inst) []rune {
		if inst.MatchRune('/') {
			return []rune{'/'}
		}
		return nil
	}, '/')
}

type pathState struct {
	pc   uint32
	left rune
}

type pathWalk struct {
	program *program
	seen    map[pathState]bool
}

// sides are characters that stand for all that differ to an assertion.
var sides = []rune{'a', '.', '\n'}

// matches says whether a match can go on from pc and end. left is the character
// before, and right are those that may come next.
func (w *pathWalk) matches(pc uint32, left rune, takes func(*syntax.Inst) []rune, right ...rune) bool {
	var next []pathState
	for _, r := range right {
		s := w.program.stand(pc, syntax.EmptyOpContext(left, r))
		if s.match {
			return true
		}
		for _, at := range s.takes {
			inst := &w.program.Inst[at]
			for _, taken := range takes(inst) {
				if sideOfRune(taken) == sideOfRune(r) {
					next = append(next, pathState{inst.Out, sideOfRune(r)})
				}
			}
		}
	}
	for _, n := range next {
		if w.seen[n] {
			continue
		}
		w.seen[n] = true
		if w.program.stand(n.pc, syntax.EmptyOpContext(n.left, -1)).match || w.matches(n.pc, n.left, someOf, sides...) {
			return true
		}
	}
	return false
}

func sideOfRune(r rune) rune {
	switch {
	case syntax.IsWordChar(r):
		return 'a'
	case r == '\n':
		return r
	}
	return '.'
}

// someOf are characters that an instruction takes, one of each side.
func someOf(inst *syntax.Inst) (all []rune) {
	candidates := append([]rune("\n.a/!A0_~Zz9\u00e9"), inst.Rune...)
	found := map[rune]bool{}
	for _, r := range candidates {
		if side := sideOfRune(r); !found[side] && inst.MatchRune(r) {
			found[side] = true
			all = append(all, r)
		}
	}
	return all
}
