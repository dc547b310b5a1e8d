package settings

// A span is a part of a text, in bytes.
type span struct{ start, end int }

// A node is where one value is written: a setting, an entry of a table or an
// element of a list.
type node struct {
	key   span // the name as written; zero for an element in brackets
	value span // zero for what headers or dotted names make
	below int  // where the [header] starts right below which it stands; -1 for none

	items   []*node          // of a list
	entries map[string]*node // of a table
}

// child is the entry of a table, made when it isn't there.
func (n *node) child(p part, below int) *node {
	if c, ok := n.entries[p.name]; ok {
		return c
	}
	c := &node{key: p.at, below: below}
	if n.entries == nil {
		n.entries = map[string]*node{}
	}
	n.entries[p.name] = c
	return c
}

// isSet reports whether the text has said before what the node is.
func (n *node) isSet() bool { return n.value.end > 0 || n.items != nil || n.entries != nil }

// current is the table that names are read into: the last of a [[list]].
func (n *node) current() *node {
	if len(n.items) > 0 {
		return n.items[len(n.items)-1]
	}
	return n
}

// find goes down a path. It returns the deepest node that is there, and whether
// that is the whole path.
func (n *node) find(path []segment) (*node, bool) {
	for _, s := range path {
		var next *node
		if s.index < 0 {
			next = n.entries[s.key]
		} else if s.index < len(n.items) {
			next = n.items[s.index]
		}
		if next == nil {
			return n, false
		}
		n = next
	}
	return n, true
}

// place is what to mark: the value, or the name of a table that has none.
func (n *node) place() span {
	if n.value.end == 0 {
		return n.key
	}
	return n.value
}

// values appends the spans of everything in n.
func (n *node) values(all []span) []span {
	if n.value.end != 0 {
		return append(all, n.value)
	}
	for _, item := range n.items {
		all = item.values(all)
	}
	for _, entry := range n.entries {
		all = entry.values(all)
	}
	return all
}
