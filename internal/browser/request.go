package browser

import "strings"

// A Request is what a script of a page asks for, with fetch or XMLHttpRequest.
type Request struct {
	// Origin is that of the page, as a browser serialises it: scheme://host,
	// with the port unless it is the scheme's own, or null.
	Origin string
	// URL is absolute.
	URL string
	// Method is as the script writes it. Empty is GET.
	Method  string
	Headers []Header
	// Credentials is true for the credentials mode "include": withCredentials
	// of XMLHttpRequest. Otherwise it is "same-origin", the default of fetch.
	Credentials bool
	// Preflight asks for a preflight in any case, as a listener for the
	// progress of an upload does.
	Preflight bool
}

// A Header is one line of a request's header.
type Header struct{ Name, Value string }

// normalizeMethod is https://fetch.spec.whatwg.org/#concept-method-normalize.
// PATCH is not in the list.
func normalizeMethod(method string) string {
	switch upper := strings.ToUpper(method); upper {
	case "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT":
		return upper
	}
	return method
}

// isForbiddenMethod is https://fetch.spec.whatwg.org/#forbidden-method.
func isForbiddenMethod(method string) bool {
	switch strings.ToUpper(method) {
	case "CONNECT", "TRACE", "TRACK":
		return true
	}
	return false
}

// isSafelistedMethod is https://fetch.spec.whatwg.org/#cors-safelisted-method.
func isSafelistedMethod(method string) bool {
	return method == "GET" || method == "HEAD" || method == "POST"
}

// isToken is the token of RFC 9110, section 5.6.2.
func isToken(s string) bool {
	for i := range len(s) {
		c := s[i]
		if !isAlphanumeric(c) && strings.IndexByte("!#$%&'*+-.^_`|~", c) < 0 {
			return false
		}
	}
	return s != ""
}

func isAlphanumeric(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || isDigit(c)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
