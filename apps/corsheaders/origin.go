package corsheaders

import "strings"

// isSerialised says whether s has the form in which a browser sends an origin:
// null, file://, or scheme "://" ( reg-name / "[" IPv6 "]" ) [ ":" port ],
// with reg-name as in RFC 3986, section 3.2.2, and a port of 1 to 5 digits.
// Nothing else is ever compared with the settings, so that neither a regex nor
// a gate has to defend itself against header text of another form.
func isSerialised(s string) bool {
	if s == "null" || s == "file://" {
		return true
	}
	scheme, rest, found := strings.Cut(s, "://")
	if !found || scheme == "" || !isLetter(scheme[0]) || span(scheme, inScheme) != len(scheme) {
		return false
	}
	end := hostEnd(rest)
	return end > 0 && isPort(rest[end:])
}

// hostEnd is the length of the host that s begins with, 0 if there is none.
func hostEnd(s string) int {
	if !strings.HasPrefix(s, "[") {
		return span(s, inRegName)
	}
	n := 1 + span(s[1:], inIPv6)
	if n == 1 || n == len(s) || s[n] != ']' {
		return 0
	}
	return n + 1
}

// isPort says whether s is what may follow a host: nothing, or a colon and 1
// to 5 digits.
func isPort(s string) bool {
	if s == "" {
		return true
	}
	return s[0] == ':' && 2 <= len(s) && len(s) <= 6 && span(s[1:], inPort) == len(s)-1
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// The sets of bytes that a part of an origin is made of.
const (
	inScheme uint8 = 1 << iota
	inRegName
	inIPv6
	inPort
)

var byteSets = func() (sets [256]uint8) {
	add := func(bytes string, in uint8) {
		for i := range len(bytes) {
			sets[bytes[i]] |= in
		}
	}
	const digits, hex = "0123456789", "abcdefABCDEF"
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	add(letters+digits+"+.-", inScheme)
	add(letters+digits+"._~%!$&'()*+,;=-", inRegName)
	add(digits+hex+":.", inIPv6)
	add(digits, inPort)
	return sets
}()

// span is how many of the first bytes of s are in the set.
func span(s string, in uint8) int {
	for i := range len(s) {
		if byteSets[s[i]]&in == 0 {
			return i
		}
	}
	return len(s)
}
