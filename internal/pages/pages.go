// Package pages holds the pages that Settled answers with by itself.
package pages

import "net/http"

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

// Redirect answers a request that no route matches as http.ServeMux would, if that
// is a redirect to the path in its clean form. Otherwise allow are the methods of
// the routes at this path, for a 405, or "" for a 404; h is what http.ServeMux would
// answer with.
func Redirect(w http.ResponseWriter, r *http.Request, h http.Handler) (allow string, done bool) {
	probe := probe{header: http.Header{}}
	h.ServeHTTP(&probe, r)
	switch probe.status {
	case http.StatusNotFound:
		return "", false
	case http.StatusMethodNotAllowed:
		return probe.header.Get("Allow"), false
	}
	h.ServeHTTP(w, r)
	return "", true
}

// NotAllowed answers 405 to a method that no route at the path has. Like Django's,
// it has no body.
func NotAllowed(w http.ResponseWriter, allow string) {
	w.Header().Set("Allow", allow)
	w.Header().Set("Content-Length", "0")
	w.WriteHeader(http.StatusMethodNotAllowed)
}

// probe is a ResponseWriter that keeps the status and headers alone.
type probe struct {
	header http.Header
	status int
}

func (p *probe) Header() http.Header { return p.header }

func (p *probe) Write(b []byte) (int, error) { return len(b), nil }

func (p *probe) WriteHeader(status int) { p.status = status }
