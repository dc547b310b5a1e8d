package browser

import (
	"slices"
	"strings"
)

// forbiddenHeaders are those of
// https://fetch.spec.whatwg.org/#forbidden-request-header that have a name of
// their own.
var forbiddenHeaders = []string{
	"accept-charset", "accept-encoding", "access-control-request-headers", "access-control-request-method",
	"access-control-request-private-network", // of the draft Private Network Access
	"connection", "content-length", "cookie", "cookie2", "date", "dnt", "expect", "host", "keep-alive", "origin",
	"referer", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade", "via",
}

// IsForbiddenHeader says whether a script may not set a header of that name,
// whatever its value.
func IsForbiddenHeader(name string) bool {
	name = strings.ToLower(name)
	return slices.Contains(forbiddenHeaders, name) || strings.HasPrefix(name, "proxy-") || strings.HasPrefix(name, "sec-")
}

// isForbidden says whether a script may not set the header: the browser drops
// it without a word.
func isForbidden(h Header) bool {
	switch strings.ToLower(h.Name) {
	case "x-http-method", "x-http-method-override", "x-method-override":
		for part := range strings.SplitSeq(h.Value, ",") {
			if IsForbiddenMethod(strings.Trim(part, " \t")) {
				return true
			}
		}
	}
	return IsForbiddenHeader(h.Name)
}

// isSafelisted is https://fetch.spec.whatwg.org/#cors-safelisted-request-header.
// why is the reason when it is not.
func isSafelisted(h Header) (safe bool, why string) {
	name := strings.ToLower(h.Name)
	switch name {
	case "accept", "accept-language", "content-language", "content-type", "range":
	default:
		return false, "it is none of accept, accept-language, content-language, content-type and range"
	}
	if len(h.Value) > 128 {
		return false, "its value is longer than 128 bytes"
	}
	switch {
	case name == "range":
		if !isSimpleRange(h.Value) {
			return false, "its value is not of the form bytes=0-99"
		}
	case strings.HasSuffix(name, "-language"):
		if strings.ContainsFunc(h.Value, func(r rune) bool {
			return r > '~' || !isAlphanumeric(byte(r)) && !strings.ContainsRune(" *,-.;=", r)
		}) {
			return false, "its value has a sign that is in no list of languages"
		}
	case strings.ContainsFunc(h.Value, isUnsafe):
		return false, "its value has a sign such as a quote, a colon or a bracket"
	case name == "content-type":
		switch mimeEssence(h.Value) {
		case "application/x-www-form-urlencoded", "multipart/form-data", "text/plain":
		default:
			return false, "its type is none that a form can send"
		}
	}
	return true, ""
}

// isUnsafe is https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte.
func isUnsafe(r rune) bool {
	return r < 0x20 && r != '\t' || strings.ContainsRune("\"():<>?@[\\]{}\x7f", r)
}

// isSimpleRange is https://fetch.spec.whatwg.org/#simple-range-header-value
// with a start.
func isSimpleRange(value string) bool {
	rest, found := strings.CutPrefix(value, "bytes=")
	start, end, dash := strings.Cut(rest, "-")
	if !found || !dash || start == "" || !isNumber(start) || end != "" && !isNumber(end) {
		return false
	}
	return end == "" || !isLess(end, start)
}

func isNumber(s string) bool { return strings.Trim(s, "0123456789") == "" }

// isLess compares decimal numbers of any length.
func isLess(a, b string) bool {
	a, b = strings.TrimLeft(a, "0"), strings.TrimLeft(b, "0")
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}

// mimeEssence is the type/subtype of https://mimesniff.spec.whatwg.org/#parse-a-mime-type
// in lower case, or "" when that fails.
func mimeEssence(value string) string {
	value, _, _ = strings.Cut(strings.Trim(value, " \t\r\n"), ";")
	kind, subtype, found := strings.Cut(value, "/")
	subtype = strings.TrimRight(subtype, " \t\r\n")
	if !found || !IsToken(kind) || !IsToken(subtype) {
		return ""
	}
	return strings.ToLower(kind + "/" + subtype)
}

// An unsafe header is one that a preflight asks for.
type unsafe struct{ name, why string }

// unsafeHeaders is https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names:
// in lower case, sorted, each once.
func unsafeHeaders(headers []Header) []unsafe {
	var all, others []unsafe
	size := 0
	for _, h := range headers {
		name := strings.ToLower(h.Name)
		safe, why := isSafelisted(h)
		if safe {
			size += len(h.Value)
			others = append(others, unsafe{name, "the safelisted headers together are longer than 1024 bytes"})
		} else {
			all = append(all, unsafe{name, why})
		}
	}
	if size > 1024 {
		all = append(all, others...)
	}
	slices.SortStableFunc(all, func(a, b unsafe) int { return strings.Compare(a.name, b.name) })
	return slices.CompactFunc(all, func(a, b unsafe) bool { return a.name == b.name })
}
