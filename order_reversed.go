package settled

import (
	"slices"

	"github.com/settled-go/settled/checks"
)

const reversedID = "middleware.I001"

// findReversed reports a list that is written from the inside out, as other
// frameworks have it.
func findReversed(all, _ any) checks.Messages {
	o := all.(order)
	if !o.isReversed() {
		return nil
	}
	return checks.Messages{checks.Infof(reversedID,
		"{name} looks reversed: a request passes it from top to bottom, and every rule about the order that it breaks would hold if it were turned round").
		WithHint("turn the list round: the first entry is the outermost")}
}

// follow puts a message about the order below the one that says that the whole
// list is reversed.
func (o order) follow(m checks.Message) checks.Message {
	if !o.isReversed() {
		return m
	}
	return m.From(reversedID, "MIDDLEWARE")
}

// isReversed says whether every rule about the order that the list has to do with
// fails, and none would if it were turned round. Where it is one entry alone
// that stands in a wrong place, the list is not reversed.
func (o order) isReversed() bool {
	var broken []pair
	if i := o.firstCORS(); i >= 0 && len(o.Links) > 1 {
		if i < len(o.Links)-1 {
			return false // it would not be first either
		}
		broken = append(broken, pair{i, i})
	}
	for i, a := range o.Links {
		for j, b := range o.Links[:i] {
			if isBefore(b, a) {
				return false
			}
			if isBefore(a, b) {
				broken = append(broken, pair{j, i})
			}
		}
	}
	return len(broken) > 1 && !broken[0].explains(broken)
}

// A pair is the places of two entries that stand the wrong way round.
type pair [2]int

// explains says whether one entry of the pair is in all pairs.
func (p pair) explains(all []pair) bool {
	inAll := func(i int) bool {
		return !slices.ContainsFunc(all, func(other pair) bool { return !slices.Contains(other[:], i) })
	}
	return inAll(p[0]) || inAll(p[1])
}

// isBefore says whether a rule has a stand above b, beside the one about CORS.
func isBefore(a, b placedLink) bool {
	return slices.Contains(b.link.Traits.After, a.name) || len(rulesFor(a, b)) > 0 || goesBefore(a, b)
}
