package witness

import (
	"slices"
	"strings"
)

// The bounds of spelling out a pattern.
const (
	maxSpellings = 8000
	maxSpelled   = 500_000 // bytes
)

// hole stands in a spelling for what the pattern leaves open.
const hole = "\x00"

// spellBranches is all texts that an alternation spells out. bare are the dots
// that stand for themselves. bounded is false when there are too many.
func spellBranches(branches []branch, bare map[int]bool) (all []string, bounded bool) {
	for _, b := range branches {
		texts := []string{""}
		for _, p := range b.parts {
			more, ok := spellPart(p, bare)
			if !ok {
				return nil, false
			}
			if texts, ok = join(texts, more); !ok {
				return nil, false
			}
		}
		all = append(all, texts...)
	}
	return distinct(all)
}

// spellPart spells a part with its quantifier: as often as it has to be there,
// and then once more, or left open.
func spellPart(p part, bare map[int]bool) (texts []string, bounded bool) {
	once, bounded := spellOnce(p, bare)
	if !bounded {
		return nil, false
	}
	if p.min > 4 {
		return []string{hole}, true
	}
	texts = []string{""}
	for range p.min {
		if texts, bounded = join(texts, once); !bounded {
			return nil, false
		}
	}
	more := []string{hole}
	switch p.max {
	case p.min:
		return texts, true
	case p.min + 1:
		more = once
	}
	longer, bounded := join(texts, more)
	if !bounded {
		return nil, false
	}
	return distinct(append(texts, longer...))
}

func spellOnce(p part, bare map[int]bool) ([]string, bool) {
	switch p.kind {
	case spelled:
		texts := make([]string, len(p.chars))
		for i, r := range p.chars {
			texts[i] = strings.ToLower(string(r))
		}
		return texts, true
	case dot:
		if bare[p.start] {
			return []string{"."}, true // what its author means
		}
		return []string{hole}, true
	case open:
		if bare[p.start] {
			return []string{"."}, true
		}
		return []string{hole}, true
	case group:
		return spellBranches(p.branches, bare)
	}
	return []string{""}, true
}

// join puts each of the second behind each of the first.
func join(first, second []string) ([]string, bool) {
	if len(second) == 1 && second[0] == "" {
		return first, true
	}
	if len(first)*len(second) > 4*maxSpellings {
		return nil, false
	}
	all := make([]string, 0, len(first)*len(second))
	for _, a := range first {
		for _, b := range second {
			if strings.HasSuffix(a, hole) {
				b = strings.TrimPrefix(b, hole)
			}
			all = append(all, a+b)
		}
	}
	return distinct(all)
}

func distinct(all []string) ([]string, bool) {
	slices.Sort(all)
	all = slices.Compact(all)
	size := 0
	for _, text := range all {
		size += len(text)
	}
	return all, len(all) <= maxSpellings && size <= maxSpelled
}
