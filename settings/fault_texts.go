package settings

import (
	"strconv"
	"strings"
)

// An explanation is what a message says, and what to do.
type explanation struct{ text, hint string }

// explain says in plain words what the TOML parser complains of. The parser
// quotes the file; these sentences don't, since it may be a secret.
func explain(complaint string) explanation {
	for _, e := range explanations {
		if strings.Contains(complaint, e.of) {
			return e.explanation
		}
	}
	return explanation{"this is not valid TOML", "write NAME = value, with text in quotes"}
}

const (
	noTOML      = "{found} is not a TOML value"
	twice       = "{found} is set twice"
	keepOne     = "keep one of the two"
	badNumber   = "this is not a number as TOML writes it"
	badHeader   = "the [table] header is not complete"
	numberHint  = "write digits, with no zero before them, and quote what is text"
	listHint    = "put commas between the elements of a list"
	literalHint = `escapes are read inside "..."; inside '...' they are not, which is easier for regexes and Windows paths`
)

var (
	noValue  = explanation{"a value is missing", "write it on the line of the ="}
	unclosed = explanation{"the bracket is never closed", "close each [ with ] and each { with }"}
)

// explanations are tried in order: what an earlier one contains comes first.
var explanations = []struct {
	of string
	explanation
}{
	{"strings cannot contain newlines", explanation{"the string is not closed on its line", `close it with the quote that it starts with, or use """ for several lines`}},
	{`expected '"'`, explanation{"the string is never closed", `close it with "`}},
	{`expected '"""'`, explanation{"the string is never closed", `close it with """`}},
	{`expected "'"`, explanation{"the string is never closed", "close it with '"}},
	{`expected "'''"`, explanation{"the string is never closed", "close it with '''"}},
	{`unexpected '""""""'`, explanation{"the string ends with too many quotes", "close it with three"}},
	{`unexpected "''''''"`, explanation{"the string ends with too many quotes", "close it with three"}},
	{"invalid escape", explanation{"the string has an escape that TOML does not know", literalHint}},
	{"hexadecimal digits after", explanation{"the string has an escape with too few digits", literalHint}},
	{"Escaped character", explanation{"the string has an escape that stands for no character", literalHint}},
	{"unexpected EOF; expected value", noValue},
	{"expected key separator", explanation{"a value is missing", "write NAME = value"}},
	{`expected value but found '\n'`, noValue},
	{`expected value but found '\r'`, noValue},
	{`expected value but found '#'`, noValue},
	{"expected value but found", explanation{noTOML, "put quotes around text"}},
	{"expected a top-level item to end", explanation{"there is {found} where the line should end", "write each setting on a line of its own"}},
	{"but got end of file", unclosed},
	{"array terminator", explanation{`there is {found} where "," or "]" should be`, listHint}},
	{"inline table terminator", explanation{`there is {found} where "," or "}" should be`, "put commas between the entries of a table"}},
	{"unexpected comma", explanation{"there is no value before the comma", "take the comma out, or write a value before it"}},
	{"key name appears blank", explanation{"a setting has no name", "write NAME = value"}},
	{"unexpected '.'", explanation{"a name starts with a dot", "quote a name that has dots in it"}},
	{"expected '.' or '='", explanation{`there is {found} where "=" should be`, "write NAME = value, and quote a name that is not made of letters, digits, _ and -"}},
	{"table name", explanation{badHeader, "write [name]"}},
	{"table array name", explanation{badHeader, "write [[name]]"}},
	{"unexpected table separator", explanation{badHeader, "write [name]"}},
	{"already been defined", explanation{twice, keepOne}},
	{"already created", explanation{twice + ", and the two can't be joined", keepOne}},
	{"is not a table", explanation{twice + ", and the two can't be joined", keepOne}},
	{"out of range", explanation{"the number is too large", "write one up to 9223372036854775807, or quote it as text"}},
	{"datetime", explanation{"this is not a date or time as TOML writes it", "write 2006-01-02T15:04:05Z, and quote what is text"}},
	{"nvalid integer", explanation{badNumber, numberHint}},
	{"nvalid float", explanation{badNumber, numberHint}},
	{"floats must start", explanation{badNumber, "write 0 before the dot"}},
	{"expected a digit", explanation{badNumber, numberHint}},
	{"not a binary number", explanation{badNumber, numberHint}},
	{"not an octal number", explanation{badNumber, numberHint}},
	{"not a hexadecimal number", explanation{badNumber, numberHint}},
	{"non-decimal numbers", explanation{badNumber, numberHint}},
}

// wordHints are for the words, in lower case, that other languages have for
// values.
var wordHints = map[string]string{
	"true": "write true", "yes": "write true", "on": "write true",
	"false": "write false", "no": "write false", "off": "write false",
	"null": "leave the setting out", "nil": "leave the setting out", "none": "leave the setting out",
}

// quotedLength is how many characters of a quotation a message shows.
const quotedLength = 60

// quoted is a text from the outside as a message shows it: quoted, on one line,
// not too long, and without the passwords of URLs.
func quoted(text string) string {
	text = HideText(text)
	n := 0
	for i := range text {
		if n++; n > quotedLength {
			text = text[:i] + "…"
			break
		}
	}
	return strconv.Quote(text)
}
