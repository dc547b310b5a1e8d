// Package accept chooses among the forms in which an answer can be given, as the
// client's Accept header asks (RFC 9110, section 12.5.1).
package accept

import "strings"

// A Choice is a media type and how a client asks for it.
type Choice struct {
	Type string
	// Named says that the header has the type itself, and not only a range such
	// as text/* or */*.
	Named bool
}

// Best is the offer that the lines of an Accept header prefer: the one with the
// highest q, of these the one that is named most exactly, then the one that the
// header has first, then the one that is offered first. Without a header all
// are equal. ok is false when none is acceptable. Parameters but q are not
// looked at, and what is no media range is left out.
func Best(lines []string, offers ...string) (best Choice, ok bool) {
	ranges := read(lines)
	if len(ranges) == 0 && strings.TrimSpace(strings.Join(lines, "")) == "" {
		ranges = []mediaRange{{kind: "*", subtype: "*", q: maxQ}}
	}
	var least match
	for _, offer := range offers {
		m := judge(ranges, offer)
		if m.q > 0 && (!ok || m.beats(least)) {
			best, least, ok = Choice{offer, m.exact == 2}, m, true
		}
	}
	return best, ok
}

// A match is how a header speaks of one offer.
type match struct {
	q     int
	exact int // 2: type/subtype, 1: type/*, 0: */*
	at    int // the range's position in the header
}

// judge finds the most specific range for an offer: it alone decides.
func judge(ranges []mediaRange, offer string) match {
	found := match{exact: -1}
	kind, subtype, _ := strings.Cut(offer, "/")
	for i, r := range ranges {
		if exact := r.covers(kind, subtype); exact > found.exact {
			found = match{r.q, exact, i}
		}
	}
	return found
}

func (m match) beats(other match) bool {
	switch {
	case m.q != other.q:
		return m.q > other.q
	case m.exact != other.exact:
		return m.exact > other.exact
	}
	return m.exact == 2 && m.at < other.at
}
