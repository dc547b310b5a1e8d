package settings

import (
	"slices"
	"sort"
	"unicode"
	"unicode/utf8"
)

// An excerpt is at most about sourceWidth characters long; a mark in it leaves
// room for what stands around it.
const (
	sourceWidth = 120
	markWidth   = 80
	cutSign     = '…'
)

// A view is a line, as far as it may be shown.
type view struct {
	text   string
	line   span   // without its line break
	end    int    // nothing is shown from here on
	hidden []span // of the text: shown as stars; sorted, none in another
}

// excerpt is the line cut to a readable length around the mark, and the place
// of the mark in it, in characters. The mark starts in the line.
func (v view) excerpt(mark span) (source string, at [2]int) {
	start, end := v.line.start, min(v.line.end, v.end)
	if end <= start {
		return "", at
	}
	mark.start = min(mark.start, end)
	mark = v.cover(span{mark.start, max(mark.start, min(mark.end, end))})

	middle, middleCut := v.forward(mark.start, min(mark.end, end), markWidth)
	left, leftCut := v.backward(mark.start, start, sourceWidth)
	right, rightCut := v.forward(mark.end, end, sourceWidth)
	rightCut = rightCut || end < v.line.end
	if middleCut {
		right, rightCut = nil, true
	}
	room := sourceWidth - len(middle)
	l := min(len(left), max(room/2, room-len(right)))
	r := min(len(right), room-l)
	return join(left[len(left)-l:], middle, right[:r], leftCut || l < len(left), rightCut || r < len(right))
}

// join puts an excerpt together, with signs where it is cut.
func join(left, middle, right []rune, leftCut, rightCut bool) (source string, mark [2]int) {
	all := make([]rune, 0, len(left)+len(middle)+len(right)+2)
	if leftCut {
		all = append(all, cutSign)
	}
	all = append(all, left...)
	mark[0] = len(all)
	all = append(all, middle...)
	mark[1] = len(all)
	all = append(all, right...)
	if rightCut {
		all = append(all, cutSign)
	}
	return string(all), mark
}

// cover widens a mark that starts or ends in a hidden value to all of it.
func (v view) cover(mark span) span {
	if h, ok := v.hiddenAt(mark.start); ok {
		mark.start = max(h.start, v.line.start)
		mark.end = max(mark.end, h.end)
	}
	if h, ok := v.hiddenAt(mark.end - 1); ok {
		mark.end = max(mark.end, h.end)
	}
	return mark
}

// hiddenAt is the hidden value that an offset is in.
func (v view) hiddenAt(offset int) (span, bool) {
	i := v.firstHidden(offset)
	if i < len(v.hidden) && v.hidden[i].start <= offset {
		return v.hidden[i], true
	}
	return span{}, false
}

// firstHidden is the number of the first hidden value that ends behind offset.
func (v view) firstHidden(offset int) int {
	return sort.Search(len(v.hidden), func(i int) bool { return v.hidden[i].end > offset })
}

// forward is what is shown from offset to end, and whether it is cut at n
// characters.
func (v view) forward(offset, end, n int) (shown []rune, cut bool) {
	shown = make([]rune, 0, min(n, max(0, end-offset)))
	h := v.firstHidden(offset)
	for offset < end {
		if len(shown) >= n {
			return shown, true
		}
		if h < len(v.hidden) && v.hidden[h].start <= offset {
			shown, offset = append(shown, []rune(stars)...), v.hidden[h].end
			h++
			continue
		}
		r, size := utf8.DecodeRuneInString(v.text[offset:])
		shown, offset = append(shown, legible(r)), offset+size
	}
	return shown, false
}

// backward is what is shown from start to offset, and whether it is cut to the
// last n characters.
func (v view) backward(offset, start, n int) (shown []rune, cut bool) {
	h := v.firstHidden(offset-1) - 1
	if _, inside := v.hiddenAt(offset - 1); inside {
		h++
	}
	for offset > start && len(shown) < n {
		if h >= 0 && v.hidden[h].end >= offset && v.hidden[h].start < offset {
			shown, offset = append(shown, []rune(stars)...), v.hidden[h].start
			h--
			continue
		}
		r, size := utf8.DecodeLastRuneInString(v.text[:offset])
		shown, offset = append(shown, legible(r)), offset-size
	}
	slices.Reverse(shown)
	return shown, offset > start
}

// legible keeps a terminal from obeying a line that it only shows: control
// characters and those that turn the direction of writing are replaced.
func legible(r rune) rune {
	if ' ' <= r && r <= '~' {
		return r
	}
	if r != '\t' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
		return utf8.RuneError
	}
	return r
}
