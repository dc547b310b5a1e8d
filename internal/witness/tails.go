package witness

import "strings"

// tails says, reading a host letter by letter, whether it is one of some hosts
// or below one. It is the automaton of Aho and Corasick over the hosts with a
// dot before them.
type tails struct {
	next  [][len(letters) + 1]int32
	ends  []bool         // whether one of the hosts ends here
	holes map[int32]bool // where a tail ends that does not count
	start int32
	has   uint64 // the letters of the hosts
}

// newTails takes hosts that stand for all below them too, those that stand for
// themselves alone, and public suffixes, what is below which is nobody's that is
// above.
func newTails(below, exact []string, suffixes ...string) *tails {
	t := &tails{holes: map[int32]bool{}}
	t.node()
	for _, suffix := range suffixes {
		t.holes[t.add("."+suffix)] = true
		t.holes[t.add("."+suffix+".")] = true
	}
	for _, host := range below {
		if !strings.HasPrefix(host, "-") { // --mine.netlify.app stands in a label
			host = "." + host
		}
		t.end(host)
	}
	for _, host := range exact {
		t.end("^." + host)
	}
	t.link()
	t.start = t.step(t.step(0, before), letterOf['.'])
	return t
}

func (t *tails) node() int32 {
	t.next = append(t.next, [len(letters) + 1]int32{})
	t.ends = append(t.ends, false)
	return int32(len(t.ends) - 1)
}

// end adds a host, with and without a dot at its end.
func (t *tails) end(host string) {
	for _, text := range []string{host, host + "."} {
		if at := t.add(text); at > 0 {
			t.ends[at] = true
			delete(t.holes, at)
		}
	}
}

// add is the node of a text, or 0 if it has bytes that no host has.
func (t *tails) add(text string) int32 {
	at := int32(0)
	for i := range len(text) {
		l := letterOf[text[i]]
		if text[i] == '^' {
			l = before
		}
		if l < 0 {
			return 0
		}
		t.has |= 1 << l & allLetters
		if t.next[at][l] == 0 {
			n := t.node()
			t.next[at][l] = n
		}
		at = t.next[at][l]
	}
	return at
}

// link turns the tree into an automaton: where a node has no child for a
// letter, the longest other beginning of a host goes on.
func (t *tails) link() {
	fail := make([]int32, len(t.ends))
	var queue []int32
	for _, child := range t.next[0] {
		if child != 0 {
			queue = append(queue, child)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		t.ends[at] = t.ends[at] || t.ends[fail[at]] && !t.holes[at]
		for l, child := range t.next[at] {
			other := t.next[fail[at]][l]
			if child == 0 {
				t.next[at][l] = other
				continue
			}
			fail[child] = other
			queue = append(queue, child)
		}
	}
}

func (t *tails) step(at int32, l letter) int32 { return t.next[at][l] }

// used are the letters that make a difference.
func (t *tails) used() uint64 {
	if t == nil {
		return 0
	}
	return t.has
}
