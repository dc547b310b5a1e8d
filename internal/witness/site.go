package witness

// A goal says which origins a search looks for.
type goal struct {
	program *program
	minus   *program // whose matches do not count; nil for none
	twin    bool     // minus reads an origin of http as that of https
	scheme  string
	outside *tails // the host is none of these nor below one; nil for any host
	inside  *tails // the host is one of these or below one; nil for any host
	strict  bool   // the host has nothing that only a lenient URL parser takes
	evil    bool   // a label before the last has "evil" in it
}

// A place is where in an origin a goal is: a state of the automaton that
// accepts its origins. The zero place is the start.
type place struct {
	phase   phase
	at      uint8 // how much of the scheme, the IPv6 address, the port
	label   label
	evil    uint8
	addr    address
	out, in int32 // of outside and inside
}

type phase uint8

const (
	inScheme phase = iota
	afterColon
	afterSlash
	inHost
	inBrackets
	afterBrackets
	inPort
)

// A label says what was read of a host's label.
type label uint8

const (
	noLabel   label = iota
	named           // begins with a letter: it may be the last
	dashed          // so, and ends with a hyphen so far
	numbered        // begins with a digit: no top-level domain does
	odd             // has what no registered name has
	numberish       // as numbered, ending with a hyphen
	rooted          // none yet, behind one that may be the last, so that the host may end
)

// step reads a letter; ok is false when no origin of the goal goes on so.
func (g *goal) step(p place, l letter) (next place, ok bool) {
	c := l.byte()
	switch p.phase {
	case inScheme:
		return g.stepScheme(p, c)
	case afterColon:
		p.phase = afterSlash
		return p, c == '/'
	case afterSlash:
		p.phase, p.addr = inHost, firstAddress
		if g.outside != nil {
			p.out = g.outside.start
		}
		if g.inside != nil {
			p.in = g.inside.start
		}
		return p, c == '/'
	case inHost:
		return g.stepHost(p, l)
	case inBrackets:
		p = g.follow(p, l)
		return p.stepBrackets(c)
	case afterBrackets:
		ok = c == ':' && g.acceptsTails(p)
		return place{phase: inPort}, ok
	}
	p.at, ok = stepPort(p.at, c, g.scheme)
	return p, ok
}

func (g *goal) stepScheme(p place, c byte) (place, bool) {
	if int(p.at) < len(g.scheme) {
		p.at++
		return p, c == g.scheme[p.at-1]
	}
	p.phase, p.at = afterColon, 0
	return p, c == ':'
}

func (g *goal) stepHost(p place, l letter) (place, bool) {
	c := l.byte()
	switch {
	case c == ':':
		return place{phase: inPort}, g.acceptsHost(p)
	case c == '[' && p.label == noLabel && p.addr == firstAddress:
		p = g.follow(p, l)
		p.phase, p.at, p.addr = inBrackets, 0, address{}
		return p, !g.evil
	}
	var ok bool
	if p.label, ok = p.label.step(c, g.strict); !ok {
		return p, false
	}
	p.addr = p.addr.step(c)
	if g.evil {
		p.evil = stepEvil(p.evil, c)
	}
	return g.follow(p, l), true
}

// follow notes what the host reads like.
func (g *goal) follow(p place, l letter) place {
	if g.outside != nil {
		p.out = g.outside.step(p.out, l)
	}
	if g.inside != nil {
		p.in = g.inside.step(p.in, l)
	}
	return p
}

func (b label) step(c byte, strict bool) (label, bool) {
	if b == rooted {
		b = noLabel
	}
	switch {
	case c == '.' && b == named:
		return rooted, true
	case c == '.':
		return noLabel, b == numbered || b != noLabel && !strict
	case b == odd:
		return odd, isAlnum(c) || c == '-' || isOdd(c)
	case 'a' <= c && c <= 'z':
		if b == numbered || b == numberish {
			return numbered, true
		}
		return named, true
	case '0' <= c && c <= '9':
		if b == named || b == dashed {
			return named, true
		}
		return numbered, true
	case c == '-' && (b == named || b == dashed):
		return dashed, true
	case c == '-' && b != noLabel:
		return numberish, true
	}
	return odd, !strict && (c == '-' || isOdd(c))
}

// The word that shows whose a host is, and how far a host has it.
const (
	evilWord  = "evil"
	evilLabel = uint8(len(evilWord))
	evilDone  = evilLabel + 1
)

func stepEvil(at uint8, c byte) uint8 {
	switch {
	case at == evilDone || at == evilLabel && c == '.':
		return evilDone
	case at == evilLabel:
		return evilLabel
	case c == evilWord[at]:
		return at + 1
	case c == evilWord[0]:
		return 1
	}
	return 0
}

// accepts says whether an origin of the goal may end here.
func (g *goal) accepts(p place) bool {
	switch p.phase {
	case inHost:
		return g.acceptsHost(p)
	case afterBrackets:
		return g.acceptsTails(p)
	case inPort:
		return portEnds(p.at, g.scheme)
	}
	return false
}

func (g *goal) acceptsHost(p place) bool {
	return (p.label == named || p.label == rooted || p.addr.isPublic()) && g.acceptsTails(p) && (!g.evil || p.evil == evilDone)
}

func (g *goal) acceptsTails(p place) bool {
	return (g.outside == nil || !g.outside.ends[p.out]) && (g.inside == nil || g.inside.ends[p.in])
}
