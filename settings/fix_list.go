package settings

import (
	"slices"
	"strings"
)

// remove takes elements out of a list: one that has its lines for itself with
// these lines and the comment behind it, but not those above it, which may be
// about what follows too. indexes are sorted.
func (l listing) remove(indexes []int) []change {
	var all []change
	next, ends := -1, false
	for _, i := range slices.Backward(indexes) {
		var changes []change
		changes, ends = l.removeOne(i, ends && i+1 == next)
		all, next = append(all, changes...), i
	}
	if comma := l.uselessComma(indexes); comma >= 0 {
		all = append(all, cut(comma, comma+1))
	}
	return all
}

// uselessComma is that behind the last element left of a list that had none
// behind its last; -1 for none.
func (l listing) uselessComma(removed []int) int {
	left := l.last()
	for n := len(removed) - 1; n >= 0 && removed[n] == left; n-- {
		left--
	}
	if left < 0 || left == l.last() || l.gap(l.last()+1).comma >= 0 {
		return -1
	}
	return l.gap(left + 1).comma
}

// removeOne takes out one element. ends says that what follows on its line is
// taken out too, and then that nothing is left from here on.
func (l listing) removeOne(i int, ends bool) ([]change, bool) {
	r, ok := l.row(i)
	if !ok {
		return l.removeInline(i, ends)
	}
	all := []change{{at: r.whole}}
	if comma := l.gap(i + 1).comma; r.comma < 0 && comma >= 0 { // it starts the next line
		all = append(all, cut(comma, comma+1))
	}
	return all, false
}

// removeInline takes out an element that shares its line, and the spaces that
// kept it from the next one or, at the end of a line, from the one before.
func (l listing) removeInline(i int, ends bool) ([]change, bool) {
	at, comma := l.item(i), l.gap(i+1).comma
	var all []change
	if comma >= 0 && isBlank(l.text[at.end:comma]) {
		at.end = comma + 1
	} else if comma >= 0 {
		all = append(all, cut(comma, comma+1))
	}
	opening := l.list.value.start + 1
	after, before := skipBlanks(l.text, at.end), max(opening, skipBlanksBack(l.text, at.start))
	ends = ends || strings.IndexByte("\r\n#]", l.text[after]) >= 0
	switch {
	case !ends || before == opening && l.text[after] == ']':
		at.end = after
	case before > opening && l.text[before-1] != '\n':
		at.start = before
	}
	return append(all, change{at: at}), ends
}

// move puts an element in the place of another. With the lines that it has for
// itself move the comment behind it and those right above it.
func (l listing) move(from, to int) []change {
	source, ok := l.row(from)
	_, isRow := l.row(to)
	switch {
	case from == to:
		return nil
	case !ok || source.leading || source.comma < 0 && from != l.last():
		return l.moveInline(from, to)
	case isRow:
		return l.moveRow(from, to, source)
	case to < from:
		return l.insertRow(from, to, source)
	}
	return l.moveInline(from, to)
}

// moveRow moves lines between lines.
func (l listing) moveRow(from, to int, r row) []change {
	target, _ := l.row(to)
	start, at := l.above(from, r), target.whole.end
	if to < from {
		at = l.above(to, target)
	}
	bare := l.gap(l.last()+1).comma < 0 // no comma behind the last
	block := l.block(from, start, r, !bare || to != l.last())
	all := []change{{at: span{start, r.whole.end}}, {at: span{at, at}, text: block}}
	if bare && to == l.last() {
		end := l.item(to).end
		all = append(all, change{at: span{end, end}, text: ","})
	}
	return append(all, l.endBefore(from)...)
}

// insertRow moves lines to where there are none: they get lines of their own
// if they have comments.
func (l listing) insertRow(from, to int, r row) []change {
	start := l.above(from, r)
	if start == r.whole.start && r.note == (span{}) {
		return l.moveInline(from, to)
	}
	lineBreak := "\n"
	if strings.HasSuffix(l.text[:r.whole.end], "\r\n") {
		lineBreak = "\r\n"
	}
	block := lineBreak + l.block(from, start, r, true) + l.text[r.whole.start:l.item(from).start]
	all := []change{{at: span{start, r.whole.end}}, {at: span{l.item(to).start, l.item(to).start}, text: block}}
	return append(all, l.endBefore(from)...)
}

// block is a row with the comments above it, and with a comma or without.
func (l listing) block(i, start int, r row, comma bool) string {
	end := l.item(i).end
	switch {
	case comma && r.comma < 0:
		return l.text[start:end] + "," + l.text[end:r.whole.end]
	case !comma && r.comma >= 0:
		return l.text[start:r.comma] + l.text[r.comma+1:r.whole.end]
	}
	return l.text[start:r.whole.end]
}

// endBefore takes the comma from the element before the last, which is moved
// away and has none.
func (l listing) endBefore(from int) []change {
	if from != l.last() || l.gap(from+1).comma >= 0 {
		return nil
	}
	comma := l.gap(from).comma
	return []change{cut(comma, comma+1)}
}

// moveInline moves the element alone.
func (l listing) moveInline(from, to int) []change {
	value := l.text[l.item(from).start:l.item(from).end]
	at := l.item(to)
	insertion := change{at: span{at.start, at.start}, text: value + ", "}
	if to > from {
		insertion = change{at: span{at.end, at.end}, text: ", " + value}
	}
	source, _ := l.removeInline(from, false)
	if r, ok := l.row(from); ok && r.note == (span{}) {
		source, _ = l.removeOne(from, false)
	}
	return slices.Concat(source, []change{insertion}, l.endBefore(from))
}
