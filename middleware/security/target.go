package security

import (
	"net/http"
	"strings"
)

// target is the path and the query of a request as its client has written them.
// Django escapes them anew, which makes %2F a slash and ; a %3B.
func target(r *http.Request) string {
	path := r.URL.EscapedPath()
	if !strings.HasPrefix(path, "/") { // OPTIONS *
		path = "/" + path
	}
	if r.URL.RawQuery != "" {
		path += "?" + r.URL.RawQuery
	}
	return escape(path)
}

// escape writes bytes that no URL holds as %XX: a client may send them in a query.
func escape(s string) string {
	if strings.IndexFunc(s, isForeign) < 0 {
		return s
	}
	const digits = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		if c := s[i]; isForeign(rune(c)) {
			b.Write([]byte{'%', digits[c>>4], digits[c&15]})
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

func isForeign(c rune) bool { return c <= ' ' || c >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", c) }
