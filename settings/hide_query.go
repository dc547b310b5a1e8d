package settings

import (
	"net/url"
	"strings"
)

// queryValues are the values of hidden names, such as token, in the queries and
// fragments of the URLs in a text, in its order.
func queryValues(text string) []span {
	var all []span
	for pos := 0; ; {
		i := strings.Index(text[pos:], "://")
		if i < 0 {
			return all
		}
		pos += i + len("://")
		end := pos + len(cutAt(text[pos:], " \t\r\n\"'`<>"))
		at := pos + len(cutAt(text[pos:end], "?#")) + 1
		for at < end {
			// A URL in a query may have a query, too.
			part := cutAt(text[at:end], "&#?")
			if name, _, ok := strings.Cut(part, "="); ok && isHiddenInQuery(name) {
				part = cutAt(text[at:end], "&#")
				if from := at + len(name) + 1; from < at+len(part) {
					all = append(all, span{from, at + len(part)})
				}
			}
			at += len(part) + 1
		}
		pos = end
	}
}

func isHiddenInQuery(name string) bool {
	if plain, err := url.QueryUnescape(name); err == nil {
		name = plain
	}
	return matchesHidden(name)
}
