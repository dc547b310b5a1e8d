package proxy

import (
	"net/http"
	"net/url"
	"strings"
)

// rawPath is the path of a request as it was sent. Bytes that no path may hold are
// percent-encoded, and nothing else is: url.URL's EscapedPath would encode all of such
// a path anew, and lose which slashes were encoded.
func rawPath(u *url.URL) string {
	if u.RawPath == "" {
		return u.EscapedPath()
	}
	if escaped := u.EscapedPath(); escaped == u.RawPath {
		return escaped
	}
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(u.RawPath) {
		c := u.RawPath[i]
		if c <= ' ' || c >= 0x7f || strings.IndexByte("\"#<>\\^`{|}", c) >= 0 {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// climbs says whether a path has a part that leads up: "..", in any way of writing it
// that a server may understand. Browsers never send one, and where it leads to is
// another matter for each server. So it is with a "." that is hidden: to http.ServeMux
// /a/%2e/b is another path than /a/b, which a more specific route may have, and to the
// server behind it may be the same.
func climbs(escaped string) bool {
	if !strings.Contains(escaped, "..") && !strings.Contains(escaped, ".;") && strings.IndexByte(escaped, '%') < 0 {
		return false
	}
	plain, hidden := dots.Replace(escaped), 0
	for part := range strings.FieldsFuncSeq(plain, func(r rune) bool { return r == '/' || r == '\\' }) {
		switch name, _, _ := strings.Cut(part, ";"); name {
		case "..":
			return true
		case ".":
			hidden++
		}
	}
	if hidden > 0 {
		for part := range strings.SplitSeq(escaped, "/") {
			if part == "." {
				hidden--
			}
		}
	}
	return hidden > 0
}

// dots undoes what percent-encoding can hide.
var dots = strings.NewReplacer("%2e", ".", "%2E", ".", "%2f", "/", "%2F", "/", "%5c", "/", "%5C", "/", "%3b", ";", "%3B", ";")

// setPath has a request ask for the path that the server behind has, without a base
// path that its address may have.
func (rt *route) setPath(out *http.Request, escaped string) {
	if rt.settings.Rewrite != "" {
		escaped = replacePrefix(escaped, rt.depth, rt.settings.Rewrite)
	}
	path, err := url.PathUnescape(escaped)
	if err != nil {
		return // no request gets here with such a path
	}
	out.URL.Path, out.URL.RawPath = path, escaped
}

// replacePrefix takes the first parts off a path and puts another beginning there,
// which ends in a slash. Empty parts and "." count as none, as they do in http.ServeMux;
// what follows stays as it is.
func replacePrefix(escaped string, parts int, by string) string {
	rest := escaped
	for parts > 0 && rest != "" {
		rest = strings.TrimLeft(rest, "/")
		end := strings.IndexByte(rest, '/')
		if end < 0 {
			end = len(rest)
		}
		if part := rest[:end]; part != "" && part != "." {
			parts--
		}
		rest = rest[end:]
	}
	if rest == "" {
		if by == "/" {
			return by
		}
		return strings.TrimSuffix(by, "/")
	}
	return strings.TrimSuffix(by, "/") + rest
}

// countParts is the number of parts in the path of a route.
func countParts(path string) int { return strings.Count(path, "/") - 1 }
