package witness

// places are the places of a goal that a search comes to, by number, and what
// follows each. The first is the start.
type places struct {
	*goal
	all  []place
	next [][len(letters)]int32 // 0 while not known
	ids  map[place]int32
}

// nowhere is behind a letter that no origin of the goal has there.
const nowhere int32 = -1

func newPlaces(g *goal) *places {
	p := &places{goal: g, ids: map[place]int32{}}
	p.id(place{})
	return p
}

func (p *places) id(at place) int32 {
	if id, known := p.ids[at]; known {
		return id
	}
	id := int32(len(p.all))
	p.ids[at] = id
	p.all = append(p.all, at)
	p.next = append(p.next, [len(letters)]int32{})
	return id
}

func (p *places) step(at int32, l letter) int32 {
	if next := p.next[at][l]; next != 0 {
		return next
	}
	next := nowhere
	if to, ok := p.goal.step(p.all[at], l); ok {
		next = p.id(to)
	}
	p.next[at][l] = next
	return next
}

// isSchemeEnd says whether l is what stands behind the scheme.
func (p *places) isSchemeEnd(at int32, l letter) bool {
	return p.all[at].phase == inScheme && int(p.all[at].at) == len(p.goal.scheme) && l == letterOf[':']
}

func (p *places) accepts(at int32) bool { return p.goal.accepts(p.all[at]) }
