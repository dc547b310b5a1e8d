package whitenoise

import (
	"net/http"
	"strconv"
	"strings"
)

// A span is the part of a file that is sent.
type span struct{ start, length int64 }

// rangeOf reads a Range header with one range. ok is false for one that can't be
// read, or has several: then all is sent. satisfiable is false for one behind the end.
func rangeOf(header string, size int64) (s span, satisfiable, ok bool) {
	spec, found := strings.CutPrefix(header, "bytes=")
	if !found {
		return span{}, false, false
	}
	first, last, found := strings.Cut(strings.TrimSpace(spec), "-")
	first, last = strings.TrimSpace(first), strings.TrimSpace(last)
	if !found || first == "" && last == "" {
		return span{}, false, false
	}
	if first == "" {
		n, ok := digits(last)
		n = min(n, size)
		return span{size - n, n}, n > 0, ok
	}
	start, ok := digits(first)
	if !ok {
		return span{}, false, false
	}
	end := size - 1
	if last != "" {
		n, ok := digits(last)
		if !ok || n < start {
			return span{}, false, false
		}
		end = min(end, n)
	}
	return span{start, end - start + 1}, start < size, true
}

func digits(s string) (int64, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 1<<63 - 1, true // more than any file has
	}
	return n, true
}

// isNotModified says whether the client has the variant already (RFC 9110, section
// 13.2.2).
func isNotModified(r *http.Request, f *file, v *variant) bool {
	if tags, ok := r.Header["If-None-Match"]; ok {
		for _, line := range tags {
			for tag := range strings.SplitSeq(line, ",") {
				tag = strings.TrimSpace(tag)
				if tag == "*" || strings.TrimPrefix(tag, "W/") == v.etag {
					return true
				}
			}
		}
		return false
	}
	since := r.Header.Get("If-Modified-Since")
	if since == "" || f.modified.IsZero() {
		return false
	}
	at, err := http.ParseTime(since)
	return err == nil && !f.modified.After(at)
}

// wantsRange says whether a Range counts: If-Range may ask for the part only of what the
// client has the rest of. Tags are compared strongly.
func wantsRange(r *http.Request, f *file, v *variant) bool {
	condition := r.Header.Get("If-Range")
	if condition == "" || condition == v.etag {
		return true
	}
	at, err := http.ParseTime(condition)
	return err == nil && !f.modified.IsZero() && f.modified.Equal(at)
}
