package witness

import (
	"math/bits"
	"slices"
)

// A state is one of the product: of the pattern, of the pattern whose matches
// do not count, and of the origins.
type state struct {
	pc    int32 // ended when the match is over
	minus int32
	at    int32 // of places
	left  int32 // a side
}

// ended is the state of a pattern that has matched before the text ends.
const ended int32 = -1

// A step is a state and how it was reached.
type step struct {
	state
	from int32
	by   letter
}

// A search looks for the shortest origin of a goal, breadth first.
type search struct {
	goal
	minus  *minus
	budget *Budget
	steps  []step
	places *places
	seen   map[state]struct{}
	firsts uint64 // the letters that are tried
}

// search is the shortest origin of a goal, or "" if there is none. decided is
// false when the budget does not reach.
func (j *judge) search(g goal) (origin string, decided bool) {
	s := &search{goal: g, minus: newMinus(g.minus), budget: j.budget, places: newPlaces(&g), seen: map[state]struct{}{}, firsts: g.representatives()}
	start := state{pc: int32(g.program.Start)}
	if !s.reach(start, -1, 0) {
		return "", false
	}
	for i := 0; i < len(s.steps); i++ {
		if s.accepts(s.steps[i].state) {
			return s.text(int32(i)), true
		}
		if !s.expand(int32(i)) {
			return "", false
		}
	}
	return "", true
}

// reach notes a state; it is false when there is no budget for it.
func (s *search) reach(to state, from int32, by letter) bool {
	if _, known := s.seen[to]; known {
		return true
	}
	s.seen[to] = struct{}{}
	s.steps = append(s.steps, step{to, from, by})
	return s.budget.pay(1)
}

func (s *search) accepts(at state) bool {
	if !s.places.accepts(at.at) || s.minus.accepts(at.minus, side(at.left)) {
		return false
	}
	return at.pc == ended || s.program.stand(uint32(at.pc), between(side(at.left), edge)).match
}

// expand reaches all states that follow one.
func (s *search) expand(i int32) bool {
	at := s.steps[i].state
	var stands [other + 1]stand
	mask := uint64(0)
	for _, right := range []side{word, other} {
		if at.pc == ended {
			mask = allLetters
			break
		}
		stands[right] = s.program.stand(uint32(at.pc), between(side(at.left), right))
		of := s.program.union(stands[right])
		if right == word {
			of &= wordLetters
		} else {
			of &^= wordLetters
		}
		mask |= of
	}
	// A state with very many ways out costs more, so that time is bounded too.
	ways := len(stands[word].takes) + len(stands[other].takes) + s.minus.size(at.minus)
	if !s.budget.pay(ways / 64) {
		return false
	}
	for mask &= s.firsts; mask != 0; mask &= mask - 1 {
		l := letter(bits.TrailingZeros64(mask))
		if !s.follow(at, i, l, stands[sideOf(l)]) {
			return false
		}
	}
	return true
}

// follow reaches the states behind one letter.
func (s *search) follow(at state, i int32, l letter, stand stand) bool {
	next := state{pc: ended, at: s.places.step(at.at, l)}
	if next.at == nowhere {
		return true
	}
	if next.minus = s.stepMinus(at, l); next.minus == matched {
		return true
	}
	next.left = int32(s.leftOf(l))
	if at.pc == ended || stand.match {
		return s.reach(next, i, l)
	}
	for _, pc := range stand.takes {
		if s.program.masks[pc]>>l&1 == 1 {
			next.pc = int32(s.program.Inst[pc].Out)
			if !s.reach(next, i, l) {
				return false
			}
		}
	}
	return true
}

func (s *search) stepMinus(at state, l letter) int32 {
	if s.twin && s.places.isSchemeEnd(at.at, l) {
		secure := letterOf['s']
		if at.minus = s.minus.step(at.minus, side(at.left), secure); at.minus == matched {
			return matched
		}
		at.left = int32(s.leftOf(secure))
	}
	return s.minus.step(at.minus, side(at.left), l)
}

// leftOf keeps apart only what makes a difference.
func (s *search) leftOf(l letter) side {
	if s.program.wordy || s.goal.minus != nil && s.goal.minus.wordy {
		return sideOf(l)
	}
	return other
}

// union is the letters that may come next; all when the match may end.
func (g *program) union(s stand) (mask uint64) {
	if s.match {
		return allLetters
	}
	for _, pc := range s.takes {
		mask |= g.masks[pc]
	}
	return mask
}

// text is how a state was reached.
func (s *search) text(i int32) string {
	var text []byte
	for ; s.steps[i].from >= 0; i = s.steps[i].from {
		text = append(text, s.steps[i].by.byte())
	}
	slices.Reverse(text)
	return string(text)
}
