package settings

import (
	"regexp"
	"strings"

	"github.com/settled-go/settled/checks"
)

// Ruled is a settings struct that brings validate tags of its own, over one
// field or over several. Rules is asked at every validation and always gives
// the same tags.
type Ruled interface{ Rules() []Rule }

// A Rule is a validate tag of a settings struct. It stands on fields of the
// struct itself (or of one embedded in it), also behind dive, and then Find is
// asked for each element; on a field of a table's struct it panics, as it does
// joined with | to another tag. All rules of a field are asked, also when one
// of them or a standard tag has failed; only omitempty, omitzero and omitnil
// before it keep a rule from being asked.
type Rule struct {
	// Tag is the rule's name, as written in `validate`. It takes no parameter.
	Tag string

	// Pattern is for the JSON Schema of the settings, so that editors find
	// what breaks the rule: a regular expression that each string of the field,
	// or each name in a table, matches that keeps the rule. It may match more,
	// never less; empty says nothing.
	Pattern string

	// Find returns what breaks the rule: nothing when it holds. settings is
	// the struct by value, also when a pointer is validated. value is the
	// field's or the element's, with pointers followed; nil when it is a nil
	// pointer or interface. Find is called by several goroutines at a time.
	//
	// A message's Setting is relative to the field: "" is all of it, "[3]" an
	// element, "key" an entry of a table. A path that starts with a setting of
	// the struct is taken as it is, and so is any on which the field's type
	// has nothing to say. The same holds for Related, Because and Fixes.
	//
	// In Text, Hint and the texts of Related, {name} is the field's setting as
	// the user wrote it, by its alias perhaps, and {name:OTHER} is another
	// setting of the struct.
	Find func(settings, value any) checks.Messages
}

var namePlaceholder = regexp.MustCompile(`\{name(:[A-Z][A-Z0-9_]*)?\}`)

// fillNames puts the setting's name, as the user wrote it, where text says
// {name}, and that of another setting where it says {name:OTHER}.
func fillNames(text, name string, nameOf func(string) string) string {
	if !strings.Contains(text, "{name") {
		return text
	}
	return namePlaceholder.ReplaceAllStringFunc(text, func(p string) string {
		if other, ok := strings.CutPrefix(p, "{name:"); ok {
			return nameOf(strings.TrimSuffix(other, "}"))
		}
		return nameOf(name)
	})
}
