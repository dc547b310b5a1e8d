package djangotest

import (
	"regexp"
	"slices"
	"strings"
)

// alphabet is that of Django's CSRF tokens.
const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// unmasked is the secret in a token of CSRF, or the token if it has another form.
func unmasked(token string) string {
	if len(token) != 64 || strings.Trim(token, alphabet) != "" {
		return token
	}
	secret := make([]byte, 32)
	for i := range secret {
		at := strings.IndexByte(alphabet, token[32+i]) - strings.IndexByte(alphabet, token[i])
		secret[i] = alphabet[(at+len(alphabet))%len(alphabet)]
	}
	return string(secret)
}

var tokenForm = regexp.MustCompile(`\b[a-zA-Z0-9]{64}\b`)

// known are the secrets that requests bring; all others are random.
var known = []string{unmasked(maskedOnce), unmasked(wrongToken), wrongSecret}

// masked is a text in which a token stands for its secret, as far as that is known.
func masked(text string) string {
	return tokenForm.ReplaceAllStringFunc(text, func(token string) string { return "[" + knownSecret(token) + "]" })
}

func knownSecret(token string) string {
	if s := unmasked(token); slices.Contains(known, s) {
		return s
	}
	return "a random secret"
}

var (
	cookieExpires = regexp.MustCompile(`(?i)expires=[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT`)
	cookieToken   = regexp.MustCompile(`^((?:csrftoken|xsrf)=)([a-zA-Z0-9]{64}|[a-zA-Z0-9]{32})(;|$)`)
)

// maskedCookie is a Set-Cookie without what differs from time to time.
func maskedCookie(line string) string {
	line = cookieExpires.ReplaceAllString(strings.TrimSpace(line), "expires=THEN")
	if m := cookieToken.FindStringSubmatch(line); m != nil {
		return m[1] + "[" + knownSecret(m[2]) + "]" + line[len(m[1])+len(m[2]):]
	}
	return line
}
