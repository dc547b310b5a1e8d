package checks

// A Cause names a message that another one follows from.
type Cause struct {
	ID      string
	Setting Path // empty for any
}

// A Group is a message and what follows from it.
type Group struct {
	Message
	Follows Messages
}

// Gravest is the level of the gravest message in the group: a report shows the
// group under that.
func (g Group) Gravest() Level {
	level := g.Level
	for _, m := range g.Follows {
		level = max(level, m.Level)
	}
	return level
}

// Groups puts each message that follows from another one below it, as far as
// that is among them. The order stays.
func (ms Messages) Groups() []Group {
	var all []Group
	heads := ms.heads()
	at := map[int]int{} // of a message that heads a group, its group
	for i, m := range ms {
		if heads[i] == i {
			at[i] = len(all)
			all = append(all, Group{Message: m})
		}
	}
	for i, m := range ms {
		if h := heads[i]; h != i {
			g := &all[at[h]]
			g.Follows = append(g.Follows, m)
		}
	}
	return all
}

// maxCauses is how many causes, one behind the other, are followed: no chain of
// them is near that, and a circle has no end.
const maxCauses = 20

// heads are, for each message, the one that it follows from in the end: itself
// when it follows from none, or when the causes go round in a circle.
func (ms Messages) heads() []int {
	known := map[Cause][]int{}
	for i, m := range ms {
		known[Cause{ID: m.ID}] = append(known[Cause{ID: m.ID}], i)
		if m.Setting != "" {
			known[Cause{m.ID, m.Setting}] = append(known[Cause{m.ID, m.Setting}], i)
		}
	}
	heads := make([]int, len(ms))
	for i := range ms {
		heads[i] = i
		h := i
		for range maxCauses {
			next := ms.cause(h, known)
			if next < 0 {
				heads[i] = h
				break
			}
			h = next
		}
	}
	return heads
}

// cause is the message that message i follows from directly, or -1.
func (ms Messages) cause(i int, known map[Cause][]int) int {
	if ms[i].Because.ID == "" {
		return -1
	}
	for _, j := range known[ms[i].Because] {
		if sameProject(ms[j], ms[i]) {
			return j
		}
	}
	return -1
}
