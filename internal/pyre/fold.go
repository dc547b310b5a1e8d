package pyre

import (
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

var asciiOrbits = sync.OnceValue(func() (all [][]rune) {
	for r := 'A'; r <= 'Z'; r++ {
		all = append(all, asciiOrbit(r))
	}
	return all
})

// unicodeOrbits are all orbits of several characters; some are there twice.
var unicodeOrbits = sync.OnceValue(func() [][]rune {
	all := slices.Clone(pythonOrbits)
	for _, cased := range unicode.CaseRanges {
		for r := rune(cased.Lo); r <= rune(cased.Hi); r++ {
			if o := unicodeOrbit(r); len(o) > 1 {
				all = append(all, o)
			}
		}
	}
	return all
})

// fold adds to a set what its characters stand for under the flags.
func (f flags) fold(s set) set {
	if f&ignoreCase == 0 {
		return s
	}
	orbits := unicodeOrbits
	if f&ascii != 0 {
		orbits = asciiOrbits
	}
	out := slices.Clone(s)
	for _, o := range orbits() {
		if slices.ContainsFunc(o, s.contains) {
			for _, r := range o {
				out = append(out, span{r, r})
			}
		}
	}
	return out
}
