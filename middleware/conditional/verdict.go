package conditional

import (
	"net/http"
	"strings"
	"time"
)

// verdict is 304, 412, or 0 for the response as it is. The order is that of RFC 9110,
// section 13.2.2, as in Django. Where the two differ, and where http.ServeContent
// sides with the RFC, so does it: If-Match: * holds for whatever there is, a missing
// Last-Modified fails no If-Unmodified-Since, and a field that can't be read is there
// all the same.
func verdict(r *http.Request, h http.Header, status int) int {
	tag, modified := h.Get("Etag"), parseTime(h["Last-Modified"])
	if status < 200 || status > 299 || tag == "" && modified.IsZero() {
		return 0
	}
	if match := r.Header["If-Match"]; len(match) > 0 {
		if !matches(match, tag, strong) {
			return http.StatusPreconditionFailed
		}
	} else if since := parseTime(r.Header["If-Unmodified-Since"]); !since.IsZero() && modified.After(since) {
		return http.StatusPreconditionFailed
	}
	if match := r.Header["If-None-Match"]; len(match) > 0 {
		if tag != "" && matches(match, tag, weak) {
			return http.StatusNotModified
		}
		return 0
	}
	since := parseTime(r.Header["If-Modified-Since"])
	if !since.IsZero() && !modified.IsZero() && !modified.After(since) {
		return http.StatusNotModified
	}
	return 0
}

// parseTime reads a date in any of the three forms, the zero time for none.
func parseTime(lines []string) time.Time {
	if len(lines) == 0 {
		return time.Time{}
	}
	t, err := http.ParseTime(lines[0])
	if err != nil {
		return time.Time{}
	}
	return t
}

// strong and weak are the comparisons of RFC 9110, section 8.8.3.2.
func strong(a, b string) bool { return a == b && !strings.HasPrefix(a, "W/") }

func weak(a, b string) bool { return strings.TrimPrefix(a, "W/") == strings.TrimPrefix(b, "W/") }

// matches says whether a tag is among those of a header, or that is a *.
func matches(lines []string, tag string, same func(a, b string) bool) bool {
	for _, line := range lines {
		if strings.Trim(line, " \t") == "*" {
			return true
		}
		for line != "" {
			var listed string
			if listed, line = nextTag(line); listed != "" && same(listed, tag) {
				return true
			}
		}
	}
	return false
}

// nextTag cuts the first entity tag off a list: there may be a comma within quotes.
// What is none is "".
func nextTag(list string) (tag, rest string) {
	list = strings.TrimLeft(list, " \t,")
	quote := strings.IndexByte(list, '"')
	if quote != 0 && (quote != 2 || list[:2] != "W/") {
		_, rest, _ = strings.Cut(list, ",")
		return "", rest
	}
	end := strings.IndexByte(list[quote+1:], '"')
	if end < 0 {
		return "", ""
	}
	end += quote + 2
	return list[:end], list[end:]
}
