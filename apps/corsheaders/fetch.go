package corsheaders

import (
	"slices"
	"strings"
)

// What the Fetch standard (https://fetch.spec.whatwg.org/) says about names of
// methods and headers. Names of headers are in lower case here.

// normalised are the methods that browsers send in upper case, however a script
// writes them. Any other is sent as it is written.
var normalised = []string{"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"}

// alwaysAllowed are the methods that need no entry in a list.
var alwaysAllowed = []string{"GET", "HEAD", "POST"}

// forbiddenMethods are those that no script can use.
var forbiddenMethods = []string{"CONNECT", "TRACE", "TRACK"}

// registered are further methods that are written in upper case: those of
// IANA's registry, and PURGE of caches.
var registered = []string{
	"ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "COPY", "LABEL", "LINK", "LOCK", "MERGE", "MKACTIVITY",
	"MKCALENDAR", "MKCOL", "MKREDIRECTREF", "MKWORKSPACE", "MOVE", "ORDERPATCH", "PATCH", "PRI", "PROPFIND",
	"PROPPATCH", "PURGE", "QUERY", "REBIND", "REPORT", "SEARCH", "UNBIND", "UNCHECKOUT", "UNLINK", "UNLOCK",
	"UPDATE", "UPDATEREDIRECTREF", "VERSION-CONTROL",
}

// forbiddenRequestHeaders are those that no script can set, beside all that
// begin with proxy- or sec-.
var forbiddenRequestHeaders = []string{
	"accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
	"access-control-request-private-network", "connection", "content-length", "cookie", "cookie2", "date", "dnt",
	"expect", "host", "keep-alive", "origin", "referer", "set-cookie", "te", "trailer", "transfer-encoding",
	"upgrade", "via",
}

// forbiddenResponseHeaders are those that no script can read.
var forbiddenResponseHeaders = []string{"set-cookie", "set-cookie2"}

// alwaysReadable are the response headers that need no entry in a list.
var alwaysReadable = []string{
	"cache-control", "content-language", "content-length", "content-type", "expires", "last-modified", "pragma",
}

func isForbiddenRequestHeader(name string) bool {
	return slices.Contains(forbiddenRequestHeaders, name) || strings.HasPrefix(name, "proxy-") || strings.HasPrefix(name, "sec-")
}

// isToken says whether a text can be the name of a method or header (RFC 9110,
// section 5.6.2).
func isToken(text string) bool {
	return text != "" && strings.IndexFunc(text, isNoTokenRune) < 0
}

func isNoTokenRune(r rune) bool {
	return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("!#$%&'*+-.^_`|~", r))
}

// isTokenList says whether browsers read more than one name, or one with blanks
// around it, out of an entry: entries are sent joined with commas.
func isTokenList(text string) bool {
	any := false
	for name := range strings.SplitSeq(text, ",") {
		if name = strings.Trim(name, " \t"); name == "" {
			continue
		} else if any = true; !isToken(name) {
			return false
		}
	}
	return any
}
