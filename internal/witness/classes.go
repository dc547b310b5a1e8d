package witness

import "strings"

// representatives are letters of which each stands for those that make no
// difference to a goal. The first of a class stands for it.
func (g *goal) representatives() uint64 {
	classes := []uint64{allLetters}
	apart := maskOf("0123456789-.:/[]+" + g.scheme)
	apart |= g.outside.used() | g.inside.used()
	if g.evil {
		apart |= maskOf(evilWord)
	}
	for l := range len(letters) {
		if apart>>l&1 == 1 {
			classes = split(classes, 1<<l)
		}
	}
	for _, kind := range []string{"abcdef", "abcdefghijklmnopqrstuvwxyz", "_"} {
		classes = split(classes, maskOf(kind))
	}
	known := map[uint64]bool{}
	for _, program := range []*program{g.program, g.minus} {
		if program == nil {
			continue
		}
		for _, mask := range program.masks {
			if !known[mask] {
				known[mask] = true
				classes = split(classes, mask)
			}
		}
	}
	var firsts uint64
	for _, class := range classes {
		firsts |= class & -class
	}
	return firsts
}

// split takes each class apart into what is in the mask and what is not.
func split(classes []uint64, mask uint64) []uint64 {
	var all []uint64
	for _, class := range classes {
		for _, part := range []uint64{class & mask, class &^ mask} {
			if part != 0 {
				all = append(all, part)
			}
		}
	}
	return all
}

func maskOf(text string) (mask uint64) {
	for l := range len(letters) {
		if strings.IndexByte(text, letters[l]) >= 0 {
			mask |= 1 << l
		}
	}
	return mask
}
