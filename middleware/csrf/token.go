package csrf

import (
	"crypto/rand"
	"crypto/subtle"
	"strings"
	"unicode/utf8"
)

// A secret is what a browser's cookie holds. Its characters are those of alphabet.
type secret [32]byte

// tokenLength is that of a token: a mask, and the secret under it.
const tokenLength = 2 * len(secret{})

// alphabet is Django's, in its order, on which masks depend.
const alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"

// position is the place of a byte in alphabet, counted from 1; 0 for others.
var position = func() (at [256]uint8) {
	for i := range len(alphabet) {
		at[alphabet[i]] = uint8(i + 1)
	}
	return at
}()

// What is wrong with a token, in Django's words.
const (
	badLength     = "has incorrect length"
	badCharacters = "has invalid characters"
)

// parse reads what a cookie or a request has: the secret as it is, or a token, which
// cookies were before Django 4.1. bad is empty when it is one of them.
func parse(text string) (s secret, bad string) {
	if length := utf8.RuneCountInString(text); length != len(s) && length != tokenLength {
		return s, badLength
	}
	for i := range len(text) {
		if position[text[i]] == 0 {
			return s, badCharacters
		}
	}
	if len(text) == len(s) {
		copy(s[:], text)
		return s, ""
	}
	for i := range s {
		cipher, mask := position[text[len(s)+i]], position[text[i]]
		s[i] = alphabet[(int(cipher)+len(alphabet)-int(mask))%len(alphabet)]
	}
	return s, ""
}

// newSecret is a fresh secret.
func newSecret() (s secret) {
	var random [2 * len(s)]byte
	for n := 0; n < len(s); {
		_, _ = rand.Read(random[:]) // it never fails
		for _, b := range random {
			// All characters are equally likely.
			if int(b) < 256/len(alphabet)*len(alphabet) && n < len(s) {
				s[n] = alphabet[int(b)%len(alphabet)]
				n++
			}
		}
	}
	return s
}

// token is the secret under a fresh mask, so that no two pages have the same one and
// a compressed page tells nothing of it (BREACH).
func (s secret) token() string { return s.under(newSecret()) }

func (s secret) under(mask secret) string {
	var b strings.Builder
	b.Grow(tokenLength)
	b.Write(mask[:])
	for i, c := range s {
		b.WriteByte(alphabet[(int(position[c])+int(position[mask[i]])-2)%len(alphabet)])
	}
	return b.String()
}

// is compares without telling by the time how much is right.
func (s secret) is(other secret) bool { return subtle.ConstantTimeCompare(s[:], other[:]) == 1 }
