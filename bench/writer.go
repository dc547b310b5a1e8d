package bench

import "net/http"

// A Writer is a response writer that keeps nothing but header and status, and
// is used again for the next request: what httptest's recorder costs would hide
// what is to be measured.
type Writer struct {
	Status int // 0: not said
	header http.Header
}

// NewWriter returns an empty one.
func NewWriter() *Writer { return &Writer{header: http.Header{}} }

// Reset makes it ready for the next response. The header map keeps its memory.
func (w *Writer) Reset() {
	clear(w.header)
	w.Status = 0
}

// Header is for http.ResponseWriter.
func (w *Writer) Header() http.Header { return w.header }

// WriteHeader is for http.ResponseWriter.
func (w *Writer) WriteHeader(status int) { w.Status = status }

// Write is for http.ResponseWriter.
func (w *Writer) Write(p []byte) (int, error) { return len(p), nil }

// Serve returns a function that has h answer r n times.
func Serve(h http.Handler, r *http.Request) func(n int) {
	w := NewWriter()
	return func(n int) {
		for range n {
			w.Reset()
			h.ServeHTTP(w, r)
		}
	}
}
