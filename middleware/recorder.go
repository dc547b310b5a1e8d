package middleware

import (
	"bufio"
	"io"
	"net"
	"net/http"
)

// A Recorder is a ResponseWriter that remembers what was sent through it. It
// keeps every ability of the writer below: Flush, Hijack, ReadFrom (sendfile),
// Push and, through Unwrap, all of http.ResponseController. It belongs to one
// request and is no safer for concurrent use than the writer below.
type Recorder struct {
	http.ResponseWriter
	status   int
	bytes    int64
	hijacked bool
}

// NewRecorder wraps w, or returns it as it is if it is a Recorder already.
func NewRecorder(w http.ResponseWriter) *Recorder {
	if r, ok := w.(*Recorder); ok {
		return r
	}
	return &Recorder{ResponseWriter: w}
}

// record makes sure that the handlers below can find a Recorder.
func record(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.ServeHTTP(NewRecorder(w), r)
	})
}

// Status is the status sent, or 0 when none has been.
func (r *Recorder) Status() int { return r.status }

// Bytes is how many bytes of the body were written.
func (r *Recorder) Bytes() int64 { return r.bytes }

// Committed says whether the response has begun, so that its status and
// headers can't be changed any more.
func (r *Recorder) Committed() bool { return r.status != 0 || r.hijacked }

// WriteHeader passes an informational status on without counting it as the
// response's own (RFC 9110, section 15.2); 101 ends the exchange.
func (r *Recorder) WriteHeader(status int) {
	r.ResponseWriter.WriteHeader(status) // panics for a status that is none
	if r.status == 0 && (status >= 200 || status == http.StatusSwitchingProtocols) {
		r.status = status
	}
}

func (r *Recorder) Write(p []byte) (int, error) {
	r.begin()
	n, err := r.ResponseWriter.Write(p)
	r.bytes += int64(n)
	return n, err
}

// WriteString spares a copy where the writer below can.
func (r *Recorder) WriteString(s string) (int, error) {
	r.begin()
	n, err := io.WriteString(r.ResponseWriter, s)
	r.bytes += int64(n)
	return n, err
}

// ReadFrom lets net/http use sendfile.
func (r *Recorder) ReadFrom(src io.Reader) (n int64, err error) {
	first, rest, err := CopyBody(r, r.ResponseWriter, r.Committed(), src)
	r.bytes += rest
	return first + rest, err
}

// Flush is http.Flusher.
func (r *Recorder) Flush() { _ = r.FlushError() }

// FlushError is what http.ResponseController calls.
func (r *Recorder) FlushError() error {
	r.begin()
	return http.NewResponseController(r.ResponseWriter).Flush()
}

// Hijack is http.Hijacker; the error is http.ErrNotSupported where the writer
// below has none, as in HTTP/2.
func (r *Recorder) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(r.ResponseWriter).Hijack()
	r.hijacked = r.hijacked || err == nil
	return conn, rw, err
}

// Push is http.Pusher; the error is http.ErrNotSupported where the writer
// below has none.
func (r *Recorder) Push(target string, opts *http.PushOptions) error {
	if p, ok := r.ResponseWriter.(http.Pusher); ok {
		return p.Push(target, opts)
	}
	return http.ErrNotSupported
}

// Unwrap is for http.ResponseController.
func (r *Recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func (r *Recorder) begin() {
	if r.status == 0 {
		r.status = http.StatusOK
	}
}
