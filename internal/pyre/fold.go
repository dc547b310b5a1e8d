package pyre

import (
	"cmp"
	"slices"
	"sync"
	"unicode"
)

// pythonOrbits are characters that Python's (?i) takes for each other and
// Unicode's simple case folding doesn't: Python compares lower-case forms, and
// takes those for one that have an upper-case form in common. A comparison
// over all of Unicode found no others.
var pythonOrbits = [][]rune{
	{'I', 'i', 'İ', 'ı'},
	{'\u0390', '\u1fd3'}, // both ΐ
	{'\u03b0', '\u1fe3'}, // both ΰ
	{'\ufb05', '\ufb06'}, // both st
}

func pythonOrbit(r rune) []rune {
	for _, o := range pythonOrbits {
		if slices.Contains(o, r) {
			return o
		}
	}
	return nil
}

func asciiOrbit(r rune) []rune {
	if 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' {
		return []rune{r, r ^ 0x20}
	}
	return []rune{r}
}

func unicodeOrbit(r rune) []rune {
	if o := pythonOrbit(r); o != nil {
		return o
	}
	o := []rune{r}
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		o = append(o, next)
	}
	return o
}

// orbit is the characters that a character stands for under the flags.
func (f flags) orbit(r rune) []rune {
	switch {
	case f&ignoreCase == 0:
		return []rune{r}
	case f&ascii != 0:
		return asciiOrbit(r)
	}
	return unicodeOrbit(r)
}

// A folded character is one that stands for others too.
type folded struct {
	char  rune
	orbit []rune
}

var asciiFolded = sync.OnceValue(func() (all []folded) {
	for r := 'A'; r <= 'Z'; r++ {
		all = append(all, folded{r, asciiOrbit(r)}, folded{r ^ 0x20, asciiOrbit(r)})
	}
	return sortFolded(all)
})

var unicodeFolded = sync.OnceValue(func() (all []folded) {
	add := func(orbit []rune) {
		for _, r := range orbit {
			all = append(all, folded{r, orbit})
		}
	}
	for _, o := range pythonOrbits {
		add(o)
	}
	for _, cased := range unicode.CaseRanges {
		for r := rune(cased.Lo); r <= rune(cased.Hi); r++ {
			if o := unicodeOrbit(r); len(o) > 1 {
				add(o)
			}
		}
	}
	return sortFolded(all)
})

// sortFolded sorts by character, each of which is there once then.
func sortFolded(all []folded) []folded {
	slices.SortFunc(all, folded.compare)
	return slices.CompactFunc(all, func(a, b folded) bool { return a.char == b.char })
}

func (f folded) compare(other folded) int { return cmp.Compare(f.char, other.char) }

// fold adds to a set what its characters stand for under the flags. It looks at
// those alone: a pattern may have very many classes, and a class characters.
func (f flags) fold(s set) set {
	if f&ignoreCase == 0 {
		return s
	}
	all := unicodeFolded()
	if f&ascii != 0 {
		all = asciiFolded()
	}
	s = s.sorted()
	out := slices.Clone(s)
	for _, p := range s {
		i, _ := slices.BinarySearchFunc(all, folded{char: p.lo}, folded.compare)
		for ; i < len(all) && all[i].char <= p.hi; i++ {
			for _, r := range all[i].orbit {
				out = append(out, span{r, r})
			}
		}
	}
	return out
}
