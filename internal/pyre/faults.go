package pyre

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What Python's re knows and Go's regexp has nothing for.
var (
	backReference = fault{"back-reference", "%s refers back to what a group matched, which RE2 does not have",
		`write the alternatives out, as in (?:a-a|b-b); for a character by its number write \x41`}
	possessive = fault{"possessive quantifier", "%s is a possessive quantifier, which RE2 does not have",
		"leave the last + out if it is there for speed: RE2 takes linear time anyway"}
	verbose = fault{"verbose flag", "%s begins a verbose pattern, which RE2 does not have",
		"write it without x, white space and comments"}
	unicodeFlag = fault{"Unicode flag", `%s asks for a Unicode \w, \d, \s and \b, which are ASCII in RE2`,
		`leave the u out if ASCII is meant, else write the characters as a class`}
	largeRepeat = fault{"repeat", "%s repeats too often: RE2 repeats up to 1000 times", "repeat less, or write * or +"}
	tooDeep     = fault{"nesting", "%s begins the 201st group inside another; 200 are allowed", "nest less"}

	newlineAfterDollar = fault{"$",
		"%s is also true before a final newline, which what follows may then match; RE2 has no such $",
		`write \Z for the very end, or put the $ last`}
)

// What Python's re rejects, be it that Go's regexp takes it.
var (
	lateFlags = fault{"late flags", "%s stands after the start: Python rejects flags for the whole pattern there",
		"put %s first, or write (?i:...) around a part"}
	badFlags = fault{"flags", "Python rejects the flags %s",
		"write (?i) at the start, or (?i:...) or (?-i:...) around a part"}
	unknownFlag = fault{"unknown flag", "%s has a flag that Python does not know",
		"use i, m, s or a; for U write the lazy quantifiers *? +? ??"}
	localeFlag   = fault{"locale flag", "Python rejects the flag L of %s in text patterns", "leave the L out"}
	unknownGroup = fault{"unknown group", "Python has no group that begins with %s",
		"write (...), (?:...) or (?P<name>...)"}
	unclosedGroup = fault{"unclosed group", "%s is never closed", `close it with ), or write \( for the character`}
	unopenedGroup = fault{"unopened group", "%s closes no group", `leave it out, or write \) for the character`}
	unclosedClass = fault{"unclosed class", "%s begins a class that is never closed",
		`close it with ], or write \[ for the character`}
	badName = fault{"group name", "%s is no group with a name of ASCII letters, digits and _",
		"write (...): the name is never used"}
	sameName = fault{"group name", "%s has the name of an earlier group, which Python rejects",
		"write (...): the name is never used"}
	badRange = fault{"range", "%s is no range of characters: Python rejects it",
		`put the - last in the class, or write \-`}
	nothingToRepeat = fault{"quantifier", "%s has nothing to repeat, which Python rejects",
		`leave it out, or write a backslash before it for the character`}
	repeatedTwice = fault{"multiple repeat", "%s repeats what is repeated already, which Python rejects",
		"leave one of the two out, or write (?:...) around the first"}
	wrongRepeat = fault{"quantifier", "%s asks for at least more than at most, which Python rejects",
		"turn the two numbers round"}
	loneBackslash = fault{"bad escape", "%s at the end escapes nothing, which Python rejects",
		`write \\ for a backslash`}
	noCharacter = fault{"bad escape", "%s is no character that a text can have",
		"write a character of Unicode that is no surrogate"}
	badOctal = fault{"bad escape", "%s is no octal number up to 377, which Python rejects",
		`write \x41 for a character by its number`}
	badUTF8 = fault{"bad UTF-8", "%s is no UTF-8", "save the pattern as UTF-8"}
)

// refusedHeads are the groups that are refused by how they begin; a longer head
// comes before a shorter one.
var refusedHeads = []struct {
	head string
	fault
}{
	{"(?=", fault{"look-ahead", "%s begins a look-ahead, which RE2 does not have",
		"write what follows as part of the pattern"}},
	{"(?!", fault{"negative look-ahead", "%s begins a negative look-ahead, which RE2 does not have",
		"write what is allowed, as in [a-z]+ or (?:a|b), instead of what is not"}},
	{"(?<=", fault{"look-behind", "%s begins a look-behind, which RE2 does not have",
		"write what precedes as part of the pattern"}},
	{"(?<!", fault{"negative look-behind", "%s begins a negative look-behind, which RE2 does not have",
		"write what is allowed, as in [a-z]+ or (?:a|b), instead of what is not"}},
	{"(?<", fault{"named group", "Python has no group that begins with %s", "write (?P<name>...)"}},
	{"(?>", fault{"atomic group", "%s begins an atomic group, which RE2 does not have",
		"write (?:...) if it is there for speed: RE2 takes linear time anyway"}},
	{"(?(", fault{"conditional", "%s begins a conditional, which RE2 does not have",
		"write both cases out, as in (?:<a>|a)"}},
	{"(?#", fault{"comment", "%s begins a comment, which RE2 does not have", "write the comment outside the pattern"}},
	{"(?P=", fault{"back-reference", "%s refers back to what a group matched, which RE2 does not have",
		"write the alternatives out, as in (?:a-a|b-b)"}},
}

// withoutLow is the fault of {,m}: Go reads it as those characters.
func withoutLow(high string) fault {
	return fault{"{,n}", "%s is a quantifier in Python and no more than these characters in RE2",
		fmt.Sprintf(`write {0,%s}, or \{ for the character`, high)}
}

func shortHex(digits int) fault {
	return fault{"bad escape", fmt.Sprintf("%%s lacks digits: Python takes exactly %d", digits), `write \x41, \u0041 or \U00000041`}
}

// posixNames are the classes that people know by name, as Python writes them.
var posixNames = map[string]string{
	"alpha": "a-zA-Z", "digit": "0-9", "alnum": "a-zA-Z0-9", "upper": "A-Z", "lower": "a-z",
	"xdigit": "0-9A-Fa-f", "word": `\w`, "space": `\s`, "punct": "!-/:-@[-`{-~", "blank": ` \t`,
	"cntrl": `\x00-\x1f\x7f`, "graph": "!-~", "print": " -~", "ascii": `\x00-\x7f`,
}

// posixClass is the fault of [:alpha:] in a class.
func posixClass(written string) fault {
	f := fault{"POSIX class", "%s is a POSIX class in RE2 and no more than a set of these characters in Python",
		`write \[ if the characters are meant`}
	if ranges, ok := posixNames[strings.Trim(written, "[:]")]; ok {
		f.hint = fmt.Sprintf("write [%s]", ranges)
	}
	return f
}

// badEscape is the fault of a backslash before a letter that Python gives it
// no meaning with.
func badEscape(c byte) fault {
	f := fault{"bad escape",
		"Python rejects %s", fmt.Sprintf("write %c without the backslash if the letter is meant", c)}
	switch c {
	case 'p', 'P':
		f.hint = "write the characters as a class, as in [a-zA-Z]"
	case 'Q', 'E':
		f.hint = "write a backslash before each special character"
	case 'N':
		f.text, f.hint = "%s begins the name of a character, which RE2 does not have", `write \u and its number in four digits`
	case 'C', 'X', 'R':
		f.hint = "write (?s:.) for any character"
	}
	return f
}

// fill puts what is written into its places, quoted if it can't be printed.
func fill(text, written string) string {
	if strings.ContainsFunc(written, func(r rune) bool { return r == utf8.RuneError || !unicode.IsPrint(r) }) {
		written = strconv.Quote(written)
	}
	return strings.ReplaceAll(text, "%s", written)
}
