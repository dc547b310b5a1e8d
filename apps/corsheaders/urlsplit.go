package corsheaders

import (
	"net/netip"
	"strings"
)

// A splitURL is what Python's urllib.parse.urlsplit makes of a string. The
// checks that django-cors-headers has too are worded in its terms, so they
// have to see a listed origin as it does, and not as net/url does.
type splitURL struct {
	scheme, netloc, path, query, fragment string
	malformed                             bool // Python raises ValueError
}

// urlsplit follows Python 3.11, for strings without control characters.
func urlsplit(s string) (u splitURL) {
	s = strings.TrimLeft(s, " ")
	if i := strings.IndexByte(s, ':'); i > 0 && isLetter(s[0]) && span(s[:i], inScheme) == i {
		u.scheme, s = strings.ToLower(s[:i]), s[i+1:]
	}
	if rest, found := strings.CutPrefix(s, "//"); found {
		end := strings.IndexAny(rest, "/?#")
		if end < 0 {
			end = len(rest)
		}
		u.netloc, s = rest[:end], rest[end:]
		u.malformed = !hasSoundBrackets(u.netloc)
	}
	s, u.fragment, _ = strings.Cut(s, "#")
	u.path, u.query, _ = strings.Cut(s, "?")
	return u
}

// hasSoundBrackets says whether square brackets, if there are any, hold an IP
// address of version 6 or later.
func hasSoundBrackets(netloc string) bool {
	opens, closes := strings.Contains(netloc, "["), strings.Contains(netloc, "]")
	if !opens || !closes {
		return opens == closes
	}
	_, host, _ := strings.Cut(netloc, "[")
	host, _, _ = strings.Cut(host, "]")
	return isBracketable(host)
}

// isBracketable says whether host is an IPv6address or an IPvFuture (RFC 3986,
// section 3.2.2).
func isBracketable(host string) bool {
	if future, found := strings.CutPrefix(host, "v"); found {
		version, rest, _ := strings.Cut(future, ".")
		return version != "" && rest != "" && strings.Trim(version, "0123456789abcdefABCDEF") == ""
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Is6()
}
