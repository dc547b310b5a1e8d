package pages

import (
	"net/http"
	"strconv"
)

// clean takes out what a handler may have set for the answer that it meant to give.
func clean(h http.Header) {
	for _, name := range []string{"Content-Encoding", "Content-Length", "Content-Range", "Etag", "Last-Modified", "Cache-Control", "Expires"} {
		delete(h, name)
	}
}

// send answers; to HEAD without the body.
func send(w http.ResponseWriter, r *http.Request, status int, kind string, body []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body)
	}
}
