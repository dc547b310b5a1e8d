package witness

import (
	"regexp/syntax"

	"github.com/settled-go/settled/internal/pyre"
)

// A program is a compiled pattern over the letters of origins.
type program struct {
	*syntax.Prog
	masks  []uint64 // of an instruction: the letters that it matches
	wordy  bool     // it has word boundaries
	stands map[standing]stand
}

// A standing is an instruction and what is true of the place in the text.
type standing struct {
	pc uint32
	is syntax.EmptyOp
}

// A stand is what can come next: the instructions that take a letter, and
// whether the match may end.
type stand struct {
	takes []uint32
	match bool
}

func newProgram(p *pyre.Pattern) *program {
	prog, err := syntax.Compile(p.Syntax().Simplify())
	if err != nil {
		return nil
	}
	g := &program{Prog: prog, masks: make([]uint64, len(prog.Inst)), stands: map[standing]stand{}}
	for i := range prog.Inst {
		inst := &prog.Inst[i]
		switch inst.Op {
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			for l := range len(letters) {
				if inst.MatchRune(rune(letters[l])) {
					g.masks[i] |= 1 << l
				}
			}
		case syntax.InstEmptyWidth:
			word := syntax.EmptyWordBoundary | syntax.EmptyNoWordBoundary
			g.wordy = g.wordy || syntax.EmptyOp(inst.Arg)&word != 0
		}
	}
	return g
}

// compile is the program of a pattern, nil without one.
func compile(pattern string) *program {
	if pattern == "" {
		return nil
	}
	p, err := pyre.Compile(pattern)
	if err != nil {
		return nil
	}
	return newProgram(p)
}

// A side is what stands next to a place in the text.
type side uint8

const (
	edge  side = iota // the start or the end
	word              // a character that \w matches
	other             // another one
)

func sideOf(l letter) side {
	if l.isWord() {
		return word
	}
	return other
}

var runeOf = [...]rune{edge: -1, word: 'a', other: '.'}

func between(left, right side) syntax.EmptyOp {
	return syntax.EmptyOpContext(runeOf[left], runeOf[right])
}

// stand follows the instructions from pc that take no letter.
func (g *program) stand(pc uint32, is syntax.EmptyOp) stand {
	key := standing{pc, is}
	if s, known := g.stands[key]; known {
		return s
	}
	var s stand
	seen := map[uint32]bool{}
	stack := []uint32{pc}
	for len(stack) > 0 {
		pc := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[pc] {
			continue
		}
		seen[pc] = true
		switch inst := &g.Inst[pc]; inst.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			stack = append(stack, inst.Arg, inst.Out)
		case syntax.InstCapture, syntax.InstNop:
			stack = append(stack, inst.Out)
		case syntax.InstEmptyWidth:
			if syntax.EmptyOp(inst.Arg)&^is == 0 {
				stack = append(stack, inst.Out)
			}
		case syntax.InstMatch:
			s.match = true
		case syntax.InstFail:
		default:
			s.takes = append(s.takes, pc)
		}
	}
	g.stands[key] = s
	return s
}
