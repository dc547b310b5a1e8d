package settings

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// parse is what a text means, or the first thing that is wrong with it. What
// stands before a fault is always TOML.
func parse(text string) (map[string]any, *fault) {
	own := findCharacter(text)
	if own != nil {
		text = text[:own.at]
	}
	if deep := findDepth(text); deep != nil {
		own, text = deep, text[:deep.at]
	}
	values, f := decode(text)
	if own != nil && (f == nil || f.at == len(text)) { // the rest is missing
		f = own
	}
	if f == nil {
		f = findTwice(text)
	}
	if f != nil {
		return nil, f
	}
	return values, nil
}

// decode leaves it to the parser what a text means.
func decode(text string) (values map[string]any, f *fault) {
	defer func() {
		if recover() != nil { // a bug in the parser, whatever the text is
			f = &fault{explanation: explain("")}
		}
	}()
	_, err := toml.Decode(text, &values)
	var parseError toml.ParseError
	if errors.As(err, &parseError) {
		return nil, newFault(text, parseError)
	}
	if err != nil {
		return nil, &fault{explanation: explain("")}
	}
	return values, nil
}

// findCharacter finds the first byte that no TOML text holds. The parser would
// find it too, but at a wrong place.
func findCharacter(text string) *fault {
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return &fault{explanation: explanation{"the file is in UTF-16; TOML is UTF-8", "save it as UTF-8"}}
	}
	for i := 0; i < len(text); {
		if ' ' <= text[i] && text[i] <= '~' {
			i++
			continue
		}
		c, size := utf8.DecodeRuneInString(text[i:])
		if e := explainCharacter(c, text[i:i+size], text[i+size:]); e.text != "" {
			return &fault{at: i, explanation: e}
		}
		i += size
	}
	return nil
}

// explainCharacter says what is wrong with a character: nothing as a rule.
func explainCharacter(c rune, written, rest string) explanation {
	switch {
	case c == utf8.RuneError && len(written) == 1:
		return explanation{fmt.Sprintf("the byte 0x%02X is not valid UTF-8", written[0]), "save the file as UTF-8"}
	case c == '\r' && !strings.HasPrefix(rest, "\n"):
		return explanation{"a carriage return stands without a line feed", "end lines with LF or CRLF"}
	case c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0x7f:
		return explanation{fmt.Sprintf("TOML does not allow the control character %U", c), fmt.Sprintf(`write it as "\u%04X"`, c)}
	}
	return explanation{}
}

// findDepth finds what is nested too deeply. A text that can't be is not
// scanned for it.
func findDepth(text string) *fault {
	if strings.Count(text, "[")+strings.Count(text, "{") <= maxDepth && !hasLongName(text) {
		return nil
	}
	if at := scan(text).tooDeep; at >= 0 {
		return &fault{at: at, explanation: explanation{fmt.Sprintf("this is nested more than %d deep", maxDepth), "look for brackets that are not closed, or write fewer of them"}}
	}
	return nil
}

// findTwice finds a name that is set twice in a way that the parser lets pass,
// dropping one of the values: a.b = 1 with a = 2. A text without dotted names
// has none.
func findTwice(text string) *fault {
	if !hasDottedName(text) {
		return nil
	}
	if at := scan(text).again; at >= 0 {
		return &fault{at: at, explanation: explanation{twice, keepOne}}
	}
	return nil
}

// hasDottedName holds where a line has a header with a dot in it, or a dot
// before a =.
func hasDottedName(text string) bool {
	for line := range strings.Lines(text) {
		dot := strings.IndexByte(line, '.')
		if dot >= 0 && (dot < strings.LastIndexByte(line, '=') || strings.TrimLeft(line, " \t")[0] == '[') {
			return true
		}
	}
	return false
}

// hasLongName holds where a line has too many dots before its first = or quote.
func hasLongName(text string) bool {
	for line := range strings.Lines(text) {
		if end := strings.IndexAny(line, `="'`); end >= 0 {
			line = line[:end]
		}
		if strings.Count(line, ".") >= maxDepth {
			return true
		}
	}
	return false
}
