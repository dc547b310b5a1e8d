// Package witness finds out what a regular expression for origins lets in that
// nobody can have meant, and shows an origin that proves it.
//
// A pattern names host tails: what it spells out with literals, or
// alternations of literals, from the registrable domain to the end of the
// host. A witness is an origin that a browser may send, that the pattern
// matches, and whose host is none of these tails nor below one. It is searched
// for breadth first in the product of the compiled pattern with an automaton
// for such origins, so that there is one exactly when it is found, whatever
// the pattern looks like.
//
// The origins are those that a page in a browser can have: a host in lower
// case, of labels that a URL may hold, with a last label that begins with a
// letter, or a public IP address; a port from 1 to 65535 that is not the
// scheme's own. What only an impossible origin could match is no danger, and
// neither is a loopback or private IPv4 address, which no stranger's page has.
// A host may have a dot at its end: who has example.com has example.com. too.
package witness

import (
	"slices"

	"github.com/settled-go/settled/internal/pyre"
)

// The bounds of a search, in states of the product.
const (
	maxPattern = 20_000
	maxRun     = 1_000_000
)

// A Budget is what all patterns of one run may cost together.
type Budget struct{ pattern, run int }

// NewBudget is the budget of a run.
func NewBudget() *Budget { return &Budget{run: maxRun} }

// open begins a pattern.
func (b *Budget) open() {
	b.run += b.pattern // what the last one has not used, or used too much
	b.pattern = min(maxPattern, max(0, b.run))
	b.run -= b.pattern
}

// pay takes the price of n states.
func (b *Budget) pay(n int) bool {
	b.pattern -= n
	return b.pattern >= 0
}

// A Verdict is what is found in a pattern. The witnesses are origins that it
// matches; an empty one says that there is none.
type Verdict struct {
	// Tails are the hosts that the pattern names: each with all below it.
	Tails []string
	// TooLarge says that the search was given up, and that nothing is known.
	TooLarge bool
	// Stranger has a host that the pattern does not name, and none of the
	// reasons below explains that.
	Stranger string
	// Unanchored gets in only because a match may end before the origin does.
	Unanchored string
	// Dotless gets in only because a dot between host labels is not escaped.
	Dotless string
	// Tenant has a host that anybody may register below Suffix, a public
	// suffix.
	Tenant, Suffix string
	// App has the scheme of an app or a browser extension, which the pattern
	// spells out, or leaves open before its ://.
	App string
	// Plain has the scheme http and a host that the pattern names, which it
	// lets in with https too. Hosts of the machine itself and of private
	// networks do not count.
	Plain string
	// Bare is the same for a host that it does not let in with https.
	Bare string

	// Unsent says that it matches nothing that is ever sent as an origin.
	Unsent bool

	source *sketch
}

// Safe says whether the pattern was proved to let in nothing but what it names.
func (v Verdict) Safe() bool {
	return !v.TooLarge && v.Stranger == "" && v.Unanchored == "" && v.Dotless == "" && v.Tenant == ""
}

// Judge looks at one pattern.
func Judge(p *pyre.Pattern, b *Budget) Verdict {
	b.open()
	j := judge{budget: b, program: newProgram(p), source: parse(p.String())}
	v := Verdict{source: j.source}
	names, bounded := j.source.names()
	if j.program == nil {
		v.TooLarge = true
		return v
	}
	v.Tails = names.hosts()
	if !p.Match("null") && !j.sends(names, bounded) {
		v.Unsent = true
		return v
	}
	if !bounded {
		v.TooLarge = true
		return v
	}
	j.named = newTails(names.tails, names.exact, names.suffixes...)
	w, decided := j.any(goal{program: j.program, outside: j.named})
	switch {
	case !decided:
		v.TooLarge = true
	case w == "":
		v.App = j.app(names)
	default:
		j.explain(&v, names, w)
	}
	if decided {
		j.encrypt(&v, p, names)
	}
	return v
}

// maxSent bounds the search for any origin, in states. It is not part of a
// budget: most patterns match one, and then it takes a few.
const maxSent = 4000

// sends says whether the pattern can match an origin at all, as far as is
// known.
func (j *judge) sends(names names, bounded bool) bool {
	few := judge{budget: &Budget{pattern: maxSent}}
	sent, decided := few.isSent(j.program, names, bounded)
	return sent || !decided
}

// judge is the work on one pattern.
type judge struct {
	budget  *Budget
	program *program
	source  *sketch
	named   *tails
}

// explain finds out why w, and others like it, get in. Each reason has a
// witness of its own, which would vanish if the reason did.
func (j *judge) explain(v *Verdict, names names, w string) {
	r := j.repairs()
	if len(names.tails)+len(names.exact)+len(names.suffixes) == 0 && !j.isMended(r, names) {
		v.Stranger = j.find(goal{program: j.program, outside: j.named}, w)
		return
	}
	meant := newTails(slices.Concat(names.tails, names.suffixes), names.exact)
	if len(names.suffixes) > 0 {
		// The suffix itself is a site of whoever runs it.
		v.Tenant = j.find(goal{
			program: j.program,
			outside: newTails(names.tails, slices.Concat(names.exact, names.suffixes), names.suffixes...),
			inside:  newTails(names.suffixes, nil),
		}, "")
		v.Suffix = suffixOf(v.Tenant, names.suffixes)
	}
	v.Unanchored = j.between(r.escaped, r.both, r.anchored != nil, meant)
	v.Dotless = j.between(r.anchored, r.both, r.escaped != nil, meant)
	v.Stranger = j.find(goal{program: r.both, outside: meant}, "")
	if v.Safe() {
		j.sort(v, w)
	}
}

// isMended says whether the repairs keep all strangers out and somebody in, so
// that it is their lack that lets w in.
func (j *judge) isMended(r repairs, names names) bool {
	if r.both == nil || r.both == j.program {
		return false
	}
	if w, decided := j.any(goal{program: r.both, outside: j.named}); w != "" || !decided {
		return false
	}
	sent, decided := j.isSent(r.both, names, true)
	return sent && decided
}

// sort puts w below the first reason without which it would not get in. It is
// for patterns so large that the budget does not reach to look for others.
func (j *judge) sort(v *Verdict, w string) {
	switch {
	case keepsOut(j.source.anchored(), w):
		v.Unanchored = w
	case keepsOut(j.source.escaped(), w):
		v.Dotless = w
	default:
		v.Stranger = w
	}
}

func keepsOut(repaired, origin string) bool {
	p, err := pyre.Compile(repaired)
	return repaired != "" && err == nil && !p.Match(origin)
}

// repairs are the programs of the pattern as it would be without a fault: nil
// where it has not got that fault. both has neither.
type repairs struct{ anchored, escaped, both *program }

func (j *judge) repairs() repairs {
	var r repairs
	r.anchored = compile(j.source.anchored())
	r.escaped = compile(j.source.escaped())
	r.both = compile(j.source.repaired())
	for _, other := range []*program{r.anchored, r.escaped, j.program} {
		if r.both == nil {
			r.both = other
		}
	}
	return r
}

// between is a stranger that a program lets in and its repair does not. A nil
// program stands for the pattern as it is.
func (j *judge) between(from, to *program, repaired bool, meant *tails) string {
	if !repaired {
		return ""
	}
	if from == nil {
		from = j.program
	}
	return j.find(goal{program: from, minus: to, outside: meant}, "")
}

// app is an origin with a scheme of an app or a browser extension.
func (j *judge) app(names names) string {
	for _, scheme := range names.schemes {
		if w, _ := j.search(goal{program: j.program, scheme: scheme, strict: true}); w != "" {
			return w
		}
	}
	return ""
}
