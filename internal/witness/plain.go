package witness

import (
	"slices"

	"github.com/settled-go/settled/internal/pyre"
)

// encrypt looks for named hosts that are let in without encryption.
func (j *judge) encrypt(v *Verdict, p *pyre.Pattern, names names) {
	private := func(host string) bool { return !isPublic(host) }
	tails := slices.DeleteFunc(slices.Clone(names.tails), private)
	exact := slices.DeleteFunc(slices.Clone(names.exact), private)
	g := goal{program: j.program, scheme: "http", strict: true, inside: newTails(tails, exact)}
	w, _ := j.search(g)
	if w == "" {
		return
	}
	if p.Match("https" + w[len("http"):]) {
		v.Plain = w
		// One finding is enough for each host that is named.
		host, _ := hostOf(w)
		g.outside = newTails(tailsOf(host, tails), []string{host})
	}
	g.minus, g.twin = j.program, true
	v.Bare, _ = j.search(g)
}

// tailsOf are the tails that a host is at or below.
func tailsOf(host string, tails []string) []string {
	return slices.DeleteFunc(slices.Clone(tails), func(tail string) bool { return !isBelow(host, tail) })
}
