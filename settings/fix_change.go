package settings

import (
	"cmp"
	"slices"
	"strings"
)

// A change puts a text in the place of a part of a source.
type change struct {
	at   span
	text string
	task int // the number of the edit that it is a part of
}

// cut is a change that takes a part out.
func cut(start, end int) change { return change{at: span{start, end}} }

// apply makes changes. What two of them take out goes once.
func apply(text string, changes []change) string {
	sorted := slices.Clone(changes)
	slices.SortStableFunc(sorted, func(a, b change) int {
		return cmp.Or(cmp.Compare(a.at.start, b.at.start), cmp.Compare(a.at.end, b.at.end))
	})
	var b strings.Builder
	pos := 0
	for _, c := range sorted {
		if c.at.start > pos {
			b.WriteString(text[pos:c.at.start])
		}
		b.WriteString(c.text)
		pos = max(pos, c.at.end)
	}
	b.WriteString(text[pos:])
	return b.String()
}
