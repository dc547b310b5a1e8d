package explain

import (
	"strconv"
	"strings"

	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/printable"
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

func quote(s string) string { return "'" + printable.Line(settings.HideText(s)) + "'" }

func quoteAll(all []string) []string {
	quoted := make([]string, len(all))
	for i, s := range all {
		quoted[i] = quote(s)
	}
	return quoted
}

// toml is a string as a settings file has it.
func toml(s string) string { return strconv.Quote(s) }
