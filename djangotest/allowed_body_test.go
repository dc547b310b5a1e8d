package djangotest

import (
	"net/http"
	"slices"
	"strings"
)

// What GZipMiddleware and ConditionalGetMiddleware may do otherwise.
func init() {
	allowed = append(allowed,
		&allowance{why: "Django 4.2 and later: how long something is that is compressed depends on chance, too (BREACH)",
			fits: func(e exchange, d difference) bool {
				return d.what == "Content-Length" && e.django.header.Get("Content-Encoding") == "gzip" && e.settled.header.Get("Content-Encoding") == "gzip"
			}},
		&allowance{why: "RFC 9110, section 12.5.3: q=0 is a no, * means gzip too, and the case does not matter; Django looks for the word",
			fits: func(e exchange, d difference) bool {
				accept := e.request.get("Accept-Encoding")
				return ofCompression(d) && (strings.Contains(accept, "q=") || accept == "*" || accept == "GZIP")
			}},
		&allowance{why: "RFC 9110, section 13.1.4: If-Unmodified-Since says nothing about what has no date",
			fits: func(e exchange, _ difference) bool {
				return e.request.get("If-Unmodified-Since") != "" && e.django.status == http.StatusPreconditionFailed && e.settled.header.Get("Last-Modified") == ""
			}},
		&allowance{why: "a handler may write no body to a HEAD request, so how long it would be is not known",
			fits: func(e exchange, d difference) bool {
				return e.request.method == "HEAD" && d.what == "Content-Length" && d.django == "0" && d.settled == ""
			}},
	)
}

// ofCompression says whether a header is one that compression changes.
func ofCompression(d difference) bool {
	return slices.Contains([]string{"Content-Encoding", "Content-Length", "Etag"}, d.what)
}
