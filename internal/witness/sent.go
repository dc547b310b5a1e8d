package witness

import (
	"math/bits"
	"slices"
)

// isSent decides whether the program matches anything that is ever sent as an
// origin, by whoever: here a private network and a machine without a name
// count too. It leaves out null. Where it is not certain, it says yes.
func (j *judge) isSent(p *program, n names, bounded bool) (sent, decided bool) {
	for _, scheme := range []string{"https", "http"} {
		if sent, decided := j.isSentBy(p, scheme); sent || !decided {
			return sent, decided
		}
	}
	if !bounded || n.anyScheme {
		return j.mayBeApp(p)
	}
	seen := map[reading]bool{}
	for _, scheme := range slices.Concat(appSchemes, oldSchemes, n.schemes) {
		pcs, matched := p.take([]uint32{uint32(p.Start)}, scheme+"://", edge)
		if matched {
			return true, true
		}
		if may, decided := j.mayEnd(p, pcs, seen); may || !decided {
			return may, decided
		}
	}
	return false, true
}

// oldSchemes are those that have, or had, origins of their own.
var oldSchemes = []string{"file", "ftp", "ws", "wss"}

// take follows a text from some instructions. matched says that a match ended
// on the way.
func (g *program) take(pcs []uint32, text string, left side) (next []uint32, matched bool) {
	for i := range len(text) {
		l := letterOf[text[i]]
		if l < 0 {
			return nil, false
		}
		next = nil
		for _, pc := range pcs {
			s := g.stand(pc, between(left, sideOf(l)))
			if s.match {
				return nil, true
			}
			for _, at := range s.takes {
				if g.masks[at]>>l&1 == 1 {
					next = append(next, g.Inst[at].Out)
				}
			}
		}
		slices.Sort(next)
		pcs, left = slices.Compact(next), sideOf(l)
	}
	return pcs, false
}

// An authority is how far the host and port of a website are read, loosely.
type authority struct {
	part    authorityPart
	numbers uint8 // labels before this one, while all are numbers; mixed if not
	port    uint8
}

type authorityPart uint8

const (
	labelStart authorityPart = iota
	nameLabel
	numberLabel
	rootDot // behind a label that may be the last
	bracket
	bracketed
	portNumber
)

// mixed counts the numbers of a host that has other labels too.
const mixed = 9

// step reads a letter behind the "://" of a website.
func (a authority) step(c byte, scheme string) (next authority, ok bool) {
	switch a.part {
	case bracket:
		if c == ']' {
			return authority{part: bracketed}, true
		}
		return a, c == ':' || '0' <= c && c <= '9' || 'a' <= c && c <= 'f'
	case portNumber:
		a.port, ok = stepPort(a.port, c, scheme)
		return a, ok
	}
	switch {
	case c == ':':
		return authority{part: portNumber}, a.ends(scheme)
	case a.part == bracketed:
		return a, false
	case c == '[':
		return authority{part: bracket}, a == authority{}
	case c == '.':
		return a.dot()
	case '0' <= c && c <= '9':
		if a.part != nameLabel {
			a.part = numberLabel
		}
		return a, true
	case 'a' <= c && c <= 'z' || c == '-' || isOdd(c):
		a.part = nameLabel
		return a, true
	}
	return a, false
}

func (a authority) dot() (next authority, ok bool) {
	switch {
	case a.part == nameLabel:
		return authority{part: rootDot, numbers: mixed}, true
	case a.part == numberLabel && a.numbers < mixed:
		a.numbers = min(a.numbers+1, mixed)
		fallthrough
	case a.part == numberLabel:
		a.part = labelStart
		return a, true
	}
	return a, false
}

// ends says whether the origin may end here. A host whose last label is a
// number is an address, of four numbers.
func (a authority) ends(scheme string) bool {
	switch a.part {
	case nameLabel, rootDot, bracketed:
		return true
	case numberLabel:
		return a.numbers == 3
	case portNumber:
		return portEnds(a.port, scheme)
	}
	return false
}

// A sending is a state of the search for an origin that is sent.
type sending struct {
	pc   uint32
	left side
	at   authority
}

// isSentBy looks for any origin of a website, deep first, as nearly every
// pattern has some.
func (j *judge) isSentBy(p *program, scheme string) (sent, decided bool) {
	pcs, matched := p.take([]uint32{uint32(p.Start)}, scheme+"://", edge)
	if matched {
		return true, true
	}
	seen := map[sending]bool{}
	var stack []sending
	push := func(s sending) bool {
		if !seen[s] {
			seen[s] = true
			stack = append(stack, s)
			return j.budget.pay(1)
		}
		return true
	}
	for _, pc := range pcs {
		push(sending{pc, other, authority{}})
	}
	for len(stack) > 0 {
		s := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if s.at.ends(scheme) && p.stand(s.pc, between(s.left, edge)).match {
			return true, true
		}
		for _, right := range []side{word, other} {
			stand := p.stand(s.pc, between(s.left, right))
			if stand.match {
				return true, true // what follows can be chosen
			}
			for _, at := range stand.takes {
				for mask := p.masks[at]; mask != 0; mask &= mask - 1 {
					l := letter(bits.TrailingZeros64(mask))
					next, ok := s.at.step(l.byte(), scheme)
					if ok && sideOf(l) == right && !push(sending{p.Inst[at].Out, right, next}) {
						return false, false
					}
				}
			}
		}
	}
	return false, true
}

// A reading is a place in a program, and what stands before it.
type reading struct {
	pc   uint32
	left side
}

// mayBeApp says whether the program matches an origin of any scheme.
func (j *judge) mayBeApp(p *program) (sent, decided bool) {
	inScheme := maskOf("abcdefghijklmnopqrstuvwxyz0123456789+-.")
	start := reading{uint32(p.Start), edge}
	seen, ends := map[reading]bool{start: true}, map[reading]bool{}
	for stack := []reading{start}; len(stack) > 0; {
		r := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		pcs, matched := p.take([]uint32{r.pc}, "://", r.left)
		if r != start && matched {
			return true, true
		}
		if r != start {
			if may, decided := j.mayEnd(p, pcs, ends); may || !decided {
				return may, decided
			}
		}
		next, matched := p.next(r, inScheme)
		if matched {
			return true, true
		}
		for _, n := range next {
			if !seen[n] {
				seen[n] = true
				stack = append(stack, n)
				if !j.budget.pay(1) {
					return false, false
				}
			}
		}
	}
	return false, true
}

// mayEnd says whether a match may end behind a "://": after anything but a
// slash, which no origin has there. seen are the places that were tried before.
func (j *judge) mayEnd(p *program, pcs []uint32, seen map[reading]bool) (may, decided bool) {
	var stack []reading
	for _, pc := range pcs {
		stack = append(stack, reading{pc, other})
	}
	for len(stack) > 0 {
		r := stack[len(stack)-1]
		stack = stack[:len(stack)-1]
		if seen[r] {
			continue
		}
		seen[r] = true
		if !j.budget.pay(1) {
			return false, false
		}
		next, matched := p.next(r, allLetters&^maskOf("/"))
		if matched || p.stand(r.pc, between(r.left, edge)).match {
			return true, true
		}
		stack = append(stack, next...)
	}
	return false, true
}

// next is where one more letter of some leads. matched says that a match ends
// before it. Hosts of apps may have upper case, which the letters lack.
func (g *program) next(r reading, some uint64) (next []reading, matched bool) {
	for _, right := range []side{word, other} {
		stand := g.stand(r.pc, between(r.left, right))
		if stand.match {
			return nil, true
		}
		of := wordLetters
		if right == other {
			of = ^wordLetters
		}
		for _, at := range stand.takes {
			if g.masks[at]&some&of != 0 || right == word && g.takesUpper(at) {
				next = append(next, reading{g.Inst[at].Out, right})
			}
		}
	}
	return next, false
}

func (g *program) takesUpper(at uint32) bool {
	for r := 'A'; r <= 'Z'; r++ {
		if g.Inst[at].MatchRune(r) {
			return true
		}
	}
	return false
}
