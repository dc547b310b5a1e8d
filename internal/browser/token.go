package browser

import "strings"

// IsToken says whether a text can be the name of a method or a header: the
// token of RFC 9110, section 5.6.2.
func IsToken(text string) bool {
	return text != "" && strings.IndexFunc(text, IsNoTokenRune) < 0
}

// IsNoTokenRune says of what a token can't hold.
func IsNoTokenRune(r rune) bool {
	return r > '~' || !isAlphanumeric(byte(r)) && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
}

// Tokens are the names in the value of a header that holds a list; ok is false
// when it is none.
func Tokens(value string) (names []string, ok bool) {
	for part := range strings.SplitSeq(value, ",") {
		if part = strings.Trim(part, " \t"); part == "" {
			continue
		}
		if !IsToken(part) {
			return nil, false
		}
		names = append(names, part)
	}
	return names, true
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || isDigit(c)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
