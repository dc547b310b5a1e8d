package browser

import (
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// ParseOrigin takes what a person writes for a page's origin, or the address of
// a page, and returns what the browser sends for it: lower case, without path,
// user or default port, international names in ASCII. A page from a file or
// from a data: URL sends null.
func ParseOrigin(text string) (string, error) {
	text = strings.TrimSpace(text)
	lower := strings.ToLower(text)
	scheme, _, found := strings.Cut(lower, "://")
	switch {
	case lower == "null", strings.HasPrefix(lower, "file:"), strings.HasPrefix(lower, "data:"):
		return "null", nil
	case !found || !isScheme(scheme):
		return "", fmt.Errorf("an origin begins with a scheme, as in https://%s", text)
	case Split(text).Host() == "":
		return "", errors.New("it has no host")
	}
	f := Canonical(text)
	switch {
	case f.Bad != nil:
		return "", fmt.Errorf("it has %s", f.Bad.Why)
	case DefaultPort(scheme) == "": // what an app or an extension sends
		return strings.ToLower(f.Origin), nil
	}
	return f.Origin, nil
}

// isScheme is for a scheme in lower case (RFC 3986, section 3.1).
func isScheme(s string) bool {
	return s != "" && !isDigit(s[0]) && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789+-.") == "" && strings.IndexByte("+-.", s[0]) < 0
}

// canonicalise puts the host and port of an http or https URL in the form in
// which a browser has them, and returns its origin.
func canonicalise(u *url.URL) (origin string, err error) {
	f := Canonical(u.Scheme + "://" + u.Host)
	if f.Bad != nil {
		return "", fmt.Errorf("the address has %s", f.Bad.Why)
	}
	u.Host = Split(f.Origin).Authority()
	return f.Origin, nil
}

// CanonicalURL is the address of a server with its host, port and path in the form
// in which a browser has them. One that no browser can ask stays as it is.
func CanonicalURL(text string) string {
	f := Canonical(text)
	if f.Bad != nil {
		return text
	}
	a := Split(text)
	return a.Scheme() + "://" + a.User() + Split(f.Origin).Authority() + canonicalPath(text[a.End:])
}

// canonicalPath is what stands behind the host of a URL without the path's
// segments of dots, which may be written as %2e
// (https://url.spec.whatwg.org/#path-state).
func canonicalPath(behind string) string {
	end := len(behind)
	if i := strings.IndexAny(behind, "?#"); i >= 0 {
		end = i
	}
	if end == 0 {
		return behind
	}
	var kept []string
	segments := strings.Split(strings.ReplaceAll(behind[:end], `\`, "/")[1:], "/")
	for i, segment := range segments {
		switch dots := strings.ReplaceAll(strings.ToLower(segment), "%2e", "."); {
		case dots == "..":
			kept = kept[:max(len(kept)-1, 0)]
		case dots != ".":
			kept = append(kept, segment)
			continue
		}
		if i == len(segments)-1 {
			kept = append(kept, "")
		}
	}
	return "/" + strings.Join(kept, "/") + behind[end:]
}

func isHTTP(u *url.URL) bool { return DefaultPort(u.Scheme) != "" }

// isTrustworthy is https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy.
func isTrustworthy(u *url.URL) bool { return u.Scheme == "https" || SpaceOf(u.Hostname()) == Loopback }
