package common

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/settled-go/settled/middleware"
)

// A RuntimeError is what Django raises while DEBUG is on for a request whose body a
// redirect would lose.
type RuntimeError string

// Error is Django's text.
func (e RuntimeError) Error() string { return string(e) }

// lacksSlash says whether there is a route for the path with a slash at its end and
// none for the path as it is. A route that has something to say about the path may
// say 404. One that takes paths as they are sent, for a server behind, leaves the
// slash to that, but for paths that have moved to a route here.
func (c *common) lacksSlash(r *http.Request) bool {
	if !c.mayLackSlash(r) {
		return false
	}
	path := r.URL.Path
	if marks, found := c.Resolves(r, path); found && !marks.Has(middleware.RawPath) {
		return false
	}
	marks, found := c.Resolves(r, path+"/")
	return found && !marks.Has(middleware.NoAppendSlash) && !marks.Has(middleware.RawPath)
}

func (c *common) mayLackSlash(r *http.Request) bool {
	path := r.URL.Path
	return c.AppendSlash && strings.HasPrefix(path, "/") && !strings.HasSuffix(path, "/")
}

// withSlash is the path and the query of the request, with the slash. It panics
// while DEBUG is on, if a redirect would lose a body.
func (c *common) withSlash(r *http.Request) string {
	target := fullPath(r, "/")
	switch r.Method {
	case http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete:
		if c.Debug {
			panic(RuntimeError(fmt.Sprintf("You called this URL via %[1]s, but the URL doesn't end in a slash and you have APPEND_SLASH set. "+
				"Settled can't redirect to the slash URL while maintaining %[1]s data. "+
				"Change your form to point to %[2]s (note the trailing slash), or set APPEND_SLASH = false in your settings.",
				r.Method, c.Host(r)+target)))
		}
	}
	return target
}

// fullPath is Django's get_full_path, with an end for the path, as a reference that
// never leaves the host: browsers take what follows two slashes, or a backslash for
// one of them, for a host.
func fullPath(r *http.Request, end string) string {
	path := "/" + strings.TrimLeft(r.URL.EscapedPath(), `/\`) + end
	if path == "//" {
		path = "/"
	}
	if r.URL.RawQuery == "" {
		return path
	}
	return path + "?" + escapeQuery(r.URL.RawQuery)
}

const upperHex = "0123456789ABCDEF"

// escapeQuery escapes what may not stand in a header or a URL: Django's iri_to_uri.
func escapeQuery(query string) string {
	if strings.IndexFunc(query, isUnsafe) < 0 {
		return query
	}
	escaped := make([]byte, 0, len(query)+16)
	for i := range len(query) {
		if b := query[i]; isUnsafe(rune(b)) {
			escaped = append(escaped, '%', upperHex[b>>4], upperHex[b&15])
		} else {
			escaped = append(escaped, b)
		}
	}
	return string(escaped)
}

// isUnsafe knows the bytes, and the letters beyond ASCII, that are escaped.
func isUnsafe(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"#<>\\^`{|}", r)
}
