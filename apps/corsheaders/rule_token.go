package corsheaders

import (
	"strings"
	"unicode/utf8"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// noToken reports an entry that can't be a name. Entries are sent joined with
// commas, so that browsers may still make sense of one that is a list.
func noToken(id, what, entry string, on checks.Path, consequence string) checks.Messages {
	shown, name := quote(entry), withoutValue(entry)
	if name != entry {
		shown = strings.TrimSuffix(quote(name), "'") + " ...'"
	}
	names := namesIn(name)
	sent, isList := browser.Tokens(entry)
	isList = isList && len(sent) > 0
	hint, at := wanted(what, name, names), [2]int{}
	switch {
	case len(names) == 0:
		consequence, hint = "it stands for none", "take it out"
	case isList && len(names) > 1:
		consequence = "only browsers take such an entry apart"
	case isList:
		consequence = "only browsers read it without what is around it"
	default:
		bad := strings.IndexFunc(entry, browser.IsNoTokenRune)
		_, size := utf8.DecodeRuneInString(entry[bad:])
		at = [2]int{bad, bad + size}
	}
	return checks.Messages{
		checks.Errorf(id, "%s in {name} is not the name of a %s: %s", shown, what, consequence).
			On(on).In(at[0], at[1]).WithHint("%s", hint),
	}
}

// withoutValue leaves out what stands behind a name: whoever pastes a header
// with its value may paste a secret.
func withoutValue(entry string) string {
	i := strings.IndexAny(entry, ":=")
	if i < 0 || strings.Trim(entry[i:], "\t :;=\"'`") == "" {
		return entry
	}
	return entry[:i+1]
}

// namesIn are the names that an entry was meant to be, probably.
func namesIn(entry string) []string {
	names := strings.FieldsFunc(entry, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' })
	for i := range names {
		names[i] = strings.Trim(names[i], `:;="'`)
	}
	return names
}

// wanted says what to write for an entry.
func wanted(what, entry string, names []string) string {
	var each []string
	for _, name := range names {
		if !browser.IsToken(name) {
			return "write the name of one " + what + ", of letters, digits and hyphens"
		}
		each = append(each, quote(name))
	}
	switch {
	case len(each) == 1:
		return "write " + each[0]
	case what == "header" && !strings.Contains(entry, ","):
		return "write " + quote(strings.Join(names, "-")) + ", or an entry for each: " + strings.Join(each, ", ")
	}
	return "write an entry for each: " + strings.Join(each, ", ")
}
