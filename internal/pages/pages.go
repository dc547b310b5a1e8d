// Package pages holds the pages that Settled answers with by itself.
package pages

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// short is the page of Django's default error views, byte for byte.
const short = "\n<!doctype html>\n<html lang=\"en\">\n<head>\n  <title>%s</title>\n</head>\n<body>\n  <h1>%s</h1><p>%s</p>\n</body>\n</html>\n"

// NotFound answers 404.
func NotFound(w http.ResponseWriter, r *http.Request) {
	write(w, http.StatusNotFound, "Not Found", "The requested resource was not found on this server.")
}

// BadRequest answers 400.
func BadRequest(w http.ResponseWriter, r *http.Request) {
	write(w, http.StatusBadRequest, "Bad Request (400)", "")
}

// ServerError answers 500.
func ServerError(w http.ResponseWriter, r *http.Request) {
	write(w, http.StatusInternalServerError, "Server Error (500)", "")
}

func write(w http.ResponseWriter, status int, title, detail string) {
	body := fmt.Sprintf(short, title, title, detail)
	w.Header().Set("Content-Type", "text/html")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}

// Asterisk answers "OPTIONS *", which is about the server and no path of it (RFC
// 9110, section 9.3.7), as net/http does. No other method has such a target.
func Asterisk(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodOptions {
		BadRequest(w, r)
		return
	}
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusOK)
}

// Unmatched answers a request that no route matches. h is what http.ServeMux
// would answer with: a redirect to the path in its clean form, a 405 that lists
// the methods of the routes at this path, or a 404. Like Django's, the 405 has
// no body.
func Unmatched(w http.ResponseWriter, r *http.Request, h http.Handler) {
	probe := probe{header: http.Header{}}
	h.ServeHTTP(&probe, r)
	switch probe.status {
	case http.StatusNotFound:
		NotFound(w, r)
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", probe.header.Get("Allow"))
		w.Header().Set("Content-Length", "0")
		w.WriteHeader(http.StatusMethodNotAllowed)
	default:
		h.ServeHTTP(w, r)
	}
}

// probe is a ResponseWriter that keeps the status and headers alone.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header { return p.header }

func (p *probe) Write(b []byte) (int, error) { return len(b), nil }

func (p *probe) WriteHeader(status int) { p.status = status }
