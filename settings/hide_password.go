package settings

import (
	"slices"
	"strings"
)

// HideText is text with 20 stars for each password of a URL in it, for what a URL's
// query has by a hidden name, as in ?token=value, and for the value of a header that holds a secret, as in 'X-Api-Key: value'; Hide does the
// same. It is for messages that repeat a value: call it before the text is cut.
func HideText(text string) string { return starred(text, secretsIn(text)) }

// HidePasswords is text with 20 stars for what HideText hides of URLs: HideText for
// sentences, in which a setting and what is wrong with it, SECRET_KEY: ..., look like
// a header.
func HidePasswords(text string) string { return starred(text, urlSecrets(text)) }

// urlSecrets are the parts of the URLs in a text that are hidden, sorted.
func urlSecrets(text string) []span {
	return merge(slices.Concat(passwords(text), queryValues(text)))
}

// starred is text with stars for some parts of it.
func starred(text string, parts []span) string {
	var b strings.Builder
	end := 0
	for _, p := range parts {
		b.WriteString(text[end:p.start] + stars)
		end = p.end
	}
	return b.String() + text[end:]
}

// passwords are the passwords of the URLs in a text, in its order.
func passwords(text string) []span {
	var all []span
	for pos := 0; ; {
		i := strings.Index(text[pos:], "://")
		if i < 0 {
			return all
		}
		start, ok := passwordStart(text, pos+i)
		if pos += i + len("://"); !ok {
			continue
		}
		end, next := passwordEnd(text, start)
		if pos = next; end > start {
			all = append(all, span{start, end})
		} else if text[pos-1] == ':' { // perhaps that of the next URL
			pos--
		}
	}
}

// passwordStart is just behind the user's name in a URL whose :// is given. A
// bracket starts a host instead.
func passwordStart(text string, colon int) (start int, ok bool) {
	user := colon + len("://")
	if colon == 0 || !isBare(text[colon-1]) && strings.IndexByte("+.", text[colon-1]) < 0 || strings.HasPrefix(text[user:], "[") {
		return 0, false
	}
	end := user + strings.IndexAny(text[user:], ":/?# \t\r\n")
	return end + 1, end >= user && text[end] == ':'
}

// passwordEnd is where the password ends that starts there, if it is one, and
// where to go on. It reaches to the last @ of the authority or, when it holds
// what should have been escaped, to the last one of the line; a port is none.
func passwordEnd(text string, start int) (end, next int) {
	authority := cutAt(text[start:], "/?# \t\r\n")
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		return start + i, start + i
	}
	if isPort(authority) {
		return start, start + len(authority)
	}
	line := cutAt(text[start:], "\r\n")
	if i := strings.LastIndexByte(line, '@'); i >= 0 {
		return start + i, start + i
	}
	return start, start + len(line)
}

// isPort holds for digits, or none, that nothing but the signs around a URL
// follows.
func isPort(text string) bool {
	rest := strings.TrimLeft(text, "0123456789")
	return rest == "" || strings.IndexByte("\"'`,;)]}>.\\", rest[0]) >= 0
}

// cutAt is text up to the first of some characters.
func cutAt(text, chars string) string {
	if i := strings.IndexAny(text, chars); i >= 0 {
		return text[:i]
	}
	return text
}
