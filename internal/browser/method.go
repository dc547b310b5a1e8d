package browser

import "strings"

// NormalizeMethod is https://fetch.spec.whatwg.org/#concept-method-normalize.
// PATCH is not in the list.
func NormalizeMethod(method string) string {
	switch upper := strings.ToUpper(method); upper {
	case "DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT":
		return upper
	}
	return method
}

// IsForbiddenMethod is https://fetch.spec.whatwg.org/#forbidden-method: no
// script can use it.
func IsForbiddenMethod(method string) bool {
	switch strings.ToUpper(method) {
	case "CONNECT", "TRACE", "TRACK":
		return true
	}
	return false
}

// IsSafelistedMethod is https://fetch.spec.whatwg.org/#cors-safelisted-method:
// it needs no entry in a list.
func IsSafelistedMethod(method string) bool {
	return method == "GET" || method == "HEAD" || method == "POST"
}
