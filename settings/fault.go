package settings

import (
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
// relied on.
func newFault(text string, err toml.ParseError) *fault {
	at := max(0, min(err.Position.Start, len(text)))
	if at == len(text) && strings.HasSuffix(text, "\n") {
		at--
	}
	return &fault{at, true, explain(err.Message)}
}

// message places the fault. Nothing behind it is shown: nobody knows what that
// is. Nor is anything that could be part of a hidden value.
func (f *fault) message(s *source) checks.Message {
	read := scan(s.text[:f.at])
	at := f.at
	if f.parser && read.open >= 0 {
		at = read.open
	} else if f.explanation == unclosed && read.bracket >= 0 {
		at = read.bracket
	}
	l := newLines(s.text)
	v := view{text: s.text, line: l.line(at), hidden: read.hidden}
	mark := span{at, min(pieceEnd(s.text, at), max(at, v.line.end))}
	v.end = mark.end
	found := "something else"
	if end, ok := f.concealed(read, v.line); ok {
		v.end = end
	} else {
		found = quotePiece(s.text[mark.start:mark.end])
	}
	m := checks.Errorf("settings.E001", "%s", strings.ReplaceAll(f.text, "{found}", found)).Of(checks.Unbuildable)
	m.Hint = strings.ReplaceAll(f.hint, "{found}", found)
	m.At = s.excerpt(l, mark, v)
	return m
}

// concealed says whether the fault can be in a hidden value, and up to where
// the line may then be shown. It can on the line where such a value ends, and
// also below it as long as nothing that can be read as a setting has followed.
func (f *fault) concealed(read *scanner, line span) (end int, ok bool) {
	if len(read.hidden) == 0 {
		return 0, false
	}
	last := read.hidden[len(read.hidden)-1]
	between := read.text[min(last.end, f.at):f.at]
	if !strings.Contains(between, "\n") {
		return last.start, true
	}
	if read.inKey && strings.TrimSpace(read.text[min(last.end, line.start):line.start]) == "" {
		return line.start, true
	}
	return 0, false
}

// pieceEnd is the end of the string, word or character at an offset.
func pieceEnd(text string, at int) int {
	if at == len(text) || text[at] == '\n' || text[at] == '\r' {
		return at
	}
	if text[at] == '"' || text[at] == '\'' {
		end, _ := stringEnd(text, at)
		return end
	}
	end := at
	for end < len(text) && (isBare(text[end]) || strings.IndexByte("+.:", text[end]) >= 0) {
		end++
	}
	if end == at {
		_, size := utf8.DecodeRuneInString(text[at:])
		end += size
	}
	return end
}

// quotePiece is a piece of the file as a sentence has it.
func quotePiece(piece string) string {
	if piece == "" {
		return "the end of the line"
	}
	return quoted(piece)
}
