// Package shown is what may be shown of a request: not what lets someone in.
package shown

import (
	"net/url"
	"slices"
	"strings"

	"github.com/settled-go/settled/settings"
)

// Stars stand for what is hidden, as in settings.Hide.
const Stars = "********************"

// Header is the value of a header.
func Header(name, value string) string {
	if value != "" && IsHidden(name) {
		return Stars
	}
	return URL(value) // as in Referer
}

// URL is a URL, or the path of one, without a password and without the values of
// hidden names in its query.
func URL(text string) string {
	before, query, found := strings.Cut(settings.HideText(text), "?")
	if !found {
		return before
	}
	return before + "?" + Query(query)
}

// Query is a query without the values of hidden names.
func Query(query string) string {
	parts := strings.Split(query, "&")
	for i, part := range parts {
		name, _, hasValue := strings.Cut(part, "=")
		plain, err := url.QueryUnescape(name)
		if hasValue && (err != nil || IsHidden(plain)) {
			parts[i] = name + "=" + Stars
		}
	}
	return strings.Join(parts, "&")
}

// IsHidden says whether the value of a header, a cookie or a field is hidden by its
// name. It is Django's rule, and further names that servers of the web give to what
// lets someone in.
func IsHidden(name string) bool {
	lower := strings.ToLower(name)
	return settings.IsHidden(name) || slices.Contains([]string{"code", "otp", "pin", "sid"}, lower) ||
		slices.ContainsFunc([]string{"cookie", "session", "jwt", "credential", "csrf", "xsrf"}, func(word string) bool {
			return strings.Contains(lower, word)
		})
}
