package settings

import (
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
)

// lines tells line and column of an offset, quickly also in a text of one long
// line.
type lines struct {
	text   string
	starts []int // of each line
	counts []int // of the characters before each block
}

const block = 512 // bytes

func newLines(text string) *lines {
	l := &lines{text: text, starts: []int{0}, counts: []int{0}}
	for i := 0; i < len(text); i += block {
		part := text[i:min(i+block, len(text))]
		l.counts = append(l.counts, l.counts[len(l.counts)-1]+characters(part))
	}
	for i := 0; i < len(text); i++ {
		next := strings.IndexByte(text[i:], '\n')
		if next < 0 {
			break
		}
		i += next
		l.starts = append(l.starts, i+1)
	}
	return l
}

// pos is the place of an offset.
func (l *lines) pos(offset int) checks.Pos {
	n := l.number(offset)
	return checks.Pos{Line: n + 1, Column: 1 + l.before(offset) - l.before(l.starts[n])}
}

// line is the line of an offset, without its line break.
func (l *lines) line(offset int) span {
	n := l.number(offset)
	at := span{l.starts[n], len(l.text)}
	if n+1 < len(l.starts) {
		at.end = l.starts[n+1] - 1
		if strings.HasSuffix(l.text[at.start:at.end], "\r") {
			at.end--
		}
	}
	return at
}

// number is the line of an offset, from 0.
func (l *lines) number(offset int) int {
	n, found := slices.BinarySearch(l.starts, offset)
	if !found {
		n--
	}
	return n
}

// before is how many characters stand before an offset.
func (l *lines) before(offset int) int {
	b := offset / block
	return l.counts[b] + characters(l.text[b*block:offset])
}

// characters counts the bytes that start a character, so that a text may be cut
// anywhere.
func characters(text string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		if text[i]&0xC0 != 0x80 {
			n++
		}
	}
	return n
}
