package settings

import (
	"regexp"
	"strings"
)

// concealed says whether the fault can be in a hidden value, and up to where
// its line may then be shown. It can behind what looks like a hidden name, on
// the line where a hidden value ends, and below one, as long as nothing that can
// be read as another setting has followed.
func (f *fault) concealed(read *scanner, v view, mark span) (end int, ok bool) {
	line := v.line
	slip := hiddenName
	if read.open == mark.start { // what should end the name can be in the string
		slip = hiddenWord
	}
	if m := slip.FindStringIndex(v.text[line.start:mark.end]); m != nil {
		name := line.start + m[0]
		return name + len(shownName.FindString(v.text[name:mark.end])), true
	}
	if hiddenAbove(v.text[:line.start]) {
		return line.start, true
	}
	if len(read.hidden) == 0 {
		return 0, false
	}
	last := read.hidden[len(read.hidden)-1]
	switch {
	case !strings.Contains(read.text[last.end:f.at], "\n"):
		return last.start, true
	case read.inKey && last.start >= read.shown:
		return line.start, true
	}
	return 0, false
}

// looksHidden is the start of a hidden name and what a slip may leave between it
// and what follows. The names are those of IsHidden.
var looksHidden = hiddenWord.String() + `[\w\s."'\[\]{}#-]*`

var (
	hiddenWord = regexp.MustCompile(`(?:` + hidden.String() + `)`)
	// hiddenName is what looks like a hidden name before a value.
	hiddenName = regexp.MustCompile(looksHidden + `[=:]`)
	// hiddenEntry is the same for lines that may be prose.
	hiddenEntry = regexp.MustCompile(looksHidden + `=`)
	// shownName is as much of it as is shown.
	shownName = regexp.MustCompile(`^` + hiddenWord.String() + `[\w.-]*(["']?\s*[=:]\s*)?`)
	// plainEntry is how an entry of one line starts.
	plainEntry = regexp.MustCompile(`^[ \t]*[\w.-]+[ \t]*=[ \t]*[^ \t\r\n]`)
	emptyValue = regexp.MustCompile(`=\s*(""[^"]|''[^']|""$|''$|\[\s*\]|\{\s*\})`)
)

// hiddenAbove reports whether the lines end in what may be a part of a hidden
// value, whatever it is read as: the first line of such a value may have become
// a comment, or the end of a string that stays open.
func hiddenAbove(lines string) bool {
	for lines != "" {
		start := strings.LastIndexByte(lines[:len(lines)-1], '\n') + 1
		line := lines[start:]
		lines = lines[:start]
		if !strings.Contains(line, "=") {
			continue
		}
		if name := hiddenEntry.FindStringIndex(line); name != nil {
			comment := strings.LastIndexByte(line[:name[0]], '#') + 1
			return !isEntry(line[comment:])
		}
		if isEntry(line) {
			return false
		}
	}
	return false
}

// isEntry holds for a line that has an entry from its name to the end of its
// value. An empty value may be what is left of a larger one.
func isEntry(line string) bool {
	if !plainEntry.MatchString(line) || emptyValue.MatchString(line) {
		return false
	}
	_, f := parse(line)
	return f == nil
}
