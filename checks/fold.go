package checks

import "slices"

// A Cause names a message that another one follows from.
type Cause struct {
	ID      string
	Setting Path // empty for any
}

// A group is a message and what follows from it.
type group struct {
	Message
	follows Messages
}

// level is that of the gravest message in the group.
func (g group) level() Level {
	level := g.Level
	for _, m := range g.follows {
		level = max(level, m.Level)
	}
	return level
}

// groups puts each message that follows from another one below it, as far as
// that is among them. The order stays.
func (ms Messages) groups() []group {
	var all []group
	at := map[int]int{} // of a message that heads a group, its group
	for i, m := range ms {
		if ms.head(i) == i {
			at[i] = len(all)
			all = append(all, group{Message: m})
		}
	}
	for i, m := range ms {
		if h := ms.head(i); h != i {
			g := &all[at[h]]
			g.follows = append(g.follows, m)
		}
	}
	return all
}

// head is the message that message i follows from in the end: i itself when it
// follows from none, or when the causes go round in a circle.
func (ms Messages) head(i int) int {
	h := i
	for range ms {
		next := ms.cause(h)
		if next < 0 {
			return h
		}
		h = next
	}
	return i
}

// cause is the message that message i follows from directly, or -1.
func (ms Messages) cause(i int) int {
	c := ms[i].Because
	if c.ID == "" {
		return -1
	}
	return slices.IndexFunc(ms, func(m Message) bool {
		return m.ID == c.ID && (c.Setting == "" || m.Setting == c.Setting) && sameProject(m, ms[i])
	})
}
