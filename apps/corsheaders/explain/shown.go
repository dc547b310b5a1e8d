package explain

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/settings"
)

// stars stand for what is not shown.
const stars = "********************"

// masked is the value of a header that may be shown: none of those that
// identify somebody.
func masked(h browser.Header) string {
	if h.Value != "" && (settings.IsHidden(h.Name) || strings.EqualFold(h.Name, "cookie")) {
		return stars
	}
	return settings.HideText(h.Value)
}

// shownURL is a URL, or the path of one, as it may be shown: without a password
// and without the values of a query whose names are those of secrets.
func shownURL(text string) string {
	path, query, found := strings.Cut(settings.HideText(text), "?")
	if !found {
		return path
	}
	parts := strings.Split(query, "&")
	for i, part := range parts {
		if name, _, found := strings.Cut(part, "="); found && settings.IsHidden(name) {
			parts[i] = name + "=" + stars
		}
	}
	return path + "?" + strings.Join(parts, "&")
}

// clean escapes what can't be printed, so that text from outside stays on its
// line.
func clean(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 || !unicode.IsPrint(r) {
			quoted := strconv.Quote(s[i : i+size])
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteString(s[i : i+size])
		}
		i += size
	}
	return b.String()
}

func quote(s string) string { return "'" + clean(settings.HideText(s)) + "'" }

func quoteAll(all []string) []string {
	quoted := make([]string, len(all))
	for i, s := range all {
		quoted[i] = quote(s)
	}
	return quoted
}

// toml is a string as a settings file has it.
func toml(s string) string { return strconv.Quote(s) }
