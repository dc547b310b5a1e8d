package settings

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"github.com/settled-go/settled/checks"
)

// A fault is why a text is not TOML. In its texts, {found} stands for the
// offending piece of the file.
type fault struct {
	at     int  // in bytes
	parser bool // the parser found it; a string is then at fault as a whole
	explanation
}

// newFault takes over the parser's error. Of its position only Start can be
// relied on, and at the end of the file not even that.
func newFault(text string, err toml.ParseError) *fault {
	at := max(0, min(err.Position.Start, len(text)))
	if strings.Contains(err.Message, "unexpected EOF") || strings.Contains(err.Message, "end of file") {
		at = len(text)
	}
	return &fault{at, true, explain(err.Message)}
}

// message places the fault. Nothing behind it is shown: nobody knows what that
// is. Nor is anything that could be part of a hidden value.
func (f *fault) message(s *source) checks.Message {
	read := scan(s.text[:f.at])
	at, e := f.place(s.text, read)
	l := newLines(s.text)
	v := view{text: s.text, line: l.line(at), hidden: cover(s.text, slices.Clone(read.hidden), read.comments, secretsIn(s.text))}
	mark := span{at, max(at, min(pieceEnd(s.text, at, read.open == at), v.line.end))}
	v.end = mark.end
	found := "something else"
	if end, ok := f.concealed(read, v, mark); ok {
		v.end = min(end, v.end)
	} else if h := v.firstHidden(mark.start); h == len(v.hidden) || v.hidden[h].start >= mark.end {
		piece := s.text[mark.start:mark.end]
		found = quotePiece(piece)
		if hint := wordHints[strings.ToLower(piece)]; hint != "" && e.text == noTOML {
			e.hint = hint
		}
	}
	m := checks.Errorf(idSyntax, "%s", strings.ReplaceAll(e.text, "{found}", found)).Of(checks.Unbuildable).WithHint("%s", e.hint)
	m.At = s.excerpt(l, mark, v)
	if first, ok := read.earlier(s.text, at); ok && v.end > v.line.start && strings.Contains(e.text, twice) {
		v.line, v.end = l.line(first.start), f.at
		m.Related = []checks.Related{{Text: "the first time", At: s.excerpt(l, first, v)}}
	}
	return m
}

// place is where the fault is for a reader: a string is at fault as a whole, so
// is a bracket that stays open, and space is not.
func (f *fault) place(text string, read *scanner) (at int, e explanation) {
	at, e = f.at, f.explanation
	switch {
	case !f.parser:
		return at, e
	case read.open >= 0:
		return read.open, e
	case at == len(text) && read.bracket >= 0:
		return read.bracket, unclosed
	case at == len(text):
		return len(strings.TrimRight(text, " \t\r\n")), e
	}
	return len(text) - len(strings.TrimLeft(text[at:], " \t")), e
}

// earlier is where the name at an offset behind the text that was read has been
// set before, in a table that is not in brackets.
func (s *scanner) earlier(text string, at int) (span, bool) {
	table := s.table
	if strings.HasSuffix(s.text, "[") {
		table = s.root
	}
	key := (&scanner{text: text, pos: at}).readKey()
	for i, p := range key {
		next := table.current().entries[p.name]
		if next == nil {
			return span{}, false
		}
		if table = next; i == len(key)-1 || table.value.end != 0 {
			return table.key, table.key.end <= at
		}
	}
	return span{}, false
}

// pieceEnd is the end of the string, word or character at an offset. A word ends
// with the first part that looks like a hidden name. A string that is not
// closed is only its quote, unless a string is what should be there: what stands
// behind a stray quote, or behind a =, can be anything.
func pieceEnd(text string, at int, isString bool) int {
	if rest := text[at:]; rest == "" || rest[0] == '\n' || strings.HasPrefix(rest, "\r\n") {
		return at
	}
	if text[at] == '"' || text[at] == '\'' {
		end, closed := stringEnd(text, at)
		if !closed && !isString {
			return at + quoteWidth(text[at:])
		}
		if i := strings.IndexByte(text[at:end], '='); !closed && i >= 0 {
			return at + i
		}
		return end
	}
	end, part := at, at
	for ; end < len(text); end++ {
		if isBare(text[end]) {
			continue
		}
		if strings.IndexByte("+.:", text[end]) < 0 || IsHidden(text[part:end]) {
			break
		}
		part = end
	}
	if end == at {
		_, size := utf8.DecodeRuneInString(text[at:])
		end += size
	}
	return end
}

// quotePiece is a piece of the file as a sentence has it. A string has quotes
// already.
func quotePiece(piece string) string {
	switch {
	case piece == "":
		return "the end of the line"
	case piece[0] == '"' || piece[0] == '\'':
		return strings.Map(legible, shorten(checks.Path(piece)))
	}
	return quoted(piece)
}
