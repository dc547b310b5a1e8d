package settled

import (
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
)

// findEarlyResort reports a middleware that answers where nothing else does and
// stands above others: Django's page has those at the bottom.
func findEarlyResort(all, _ any) (ms checks.Messages) {
	o := all.(order)
	for i, l := range o.Links {
		if o.index(l.name) < i {
			continue // it stands twice, and is judged once
		}
		var below []string
		last := -1
		for j, other := range o.Links[i+1:] {
			if goesBefore(other, l) {
				below, last = append(below, other.name), i+1+j
			}
		}
		if last < 0 {
			continue
		}
		ms = append(ms, o.follow(checks.Warningf("middleware.W001",
			"%s stands too high in {name}: it answers in the place of a 404, and that answer goes out without what %s below it would do to it", l.name, strings.Join(below, ", ")).
			On(element(i)).See(checks.Path("MIDDLEWARE").Index(last), "it has to stand below this one").
			WithHint("move %q to the end of {name}", l.name)))
	}
	return ms
}

// goesBefore says whether b is a last resort, and a is none.
func goesBefore(a, b placedLink) bool {
	return b.link.Traits.Is.Has(middleware.LastResort) && !a.link.Traits.Is.Has(middleware.LastResort) && !a.isCORS()
}
