package server

import (
	"io"
	"net/http"
	"sync"
	"time"
)

// bodyRate is for how many bytes of its body a client earns a second.
const bodyRate = 500

// hasBody says whether a body may still have to come. A tunnel's is left alone.
func hasBody(r *http.Request) bool {
	return r.Body != nil && r.Body != http.NoBody && r.ContentLength != 0 && r.Method != http.MethodConnect
}

// A body limits how long its reader waits for the client. The time between two
// reads does not count.
type body struct {
	io.ReadCloser
	control *http.ResponseController
	limit   time.Duration
	left    time.Duration
	// streams says that a deadline is the stream's, as in HTTP/2, where it
	// ends the body even while nobody reads.
	streams bool

	mu    sync.Mutex
	loose bool // deadlines are set no more
}

func newBody(w http.ResponseWriter, r *http.Request, limit time.Duration) *body {
	b := &body{
		ReadCloser: r.Body,
		control:    http.NewResponseController(w),
		limit:      limit,
		left:       limit,
		streams:    r.ProtoMajor == 2,
	}
	if !b.streams {
		// It also limits how long net/http waits for a body that the handler
		// does not read.
		b.setDeadline(time.Now().Add(limit))
	}
	return b
}

// wrap returns a copy of r with b as its body. It is a copy because net/http looks
// at the type of its own request's body, for "Expect: 100-continue" among others.
func (b *body) wrap(r *http.Request) *http.Request {
	r = r.WithContext(r.Context())
	r.Body = b
	return r
}

func (b *body) Read(p []byte) (int, error) {
	start := time.Now()
	b.setDeadline(start.Add(b.left))
	n, err := b.ReadCloser.Read(p)
	if err != nil {
		// After the end of an HTTP/1.1 body a read deadline would end the whole
		// request, because net/http reads on to notice that the client left.
		b.end()
		return n, err
	}
	earned := time.Duration(n) * (time.Second / bodyRate)
	b.left = min(b.limit, max(0, b.left-time.Since(start))+earned)
	if b.streams {
		b.setDeadline(time.Time{})
	}
	return n, nil
}

func (b *body) setDeadline(t time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.loose {
		_ = b.control.SetReadDeadline(t)
	}
}

// end leaves the connection's deadline alone from now on, even if someone still
// reads.
func (b *body) end() {
	b.mu.Lock()
	b.loose = true
	b.mu.Unlock()
}

// A bodyWriter learns of a read deadline that the handler sets. It stands below
// a middleware.Recorder, which has the writer's other abilities.
type bodyWriter struct {
	http.ResponseWriter
	body *body
}

// SetReadDeadline is for http.ResponseController.
func (w *bodyWriter) SetReadDeadline(t time.Time) error {
	w.body.end()
	return w.body.control.SetReadDeadline(t)
}

// ReadFrom lets net/http use sendfile.
func (w *bodyWriter) ReadFrom(src io.Reader) (int64, error) {
	return io.Copy(w.ResponseWriter, src)
}

// WriteString spares a copy.
func (w *bodyWriter) WriteString(s string) (int, error) {
	return io.WriteString(w.ResponseWriter, s)
}

// Unwrap is for http.ResponseController.
func (w *bodyWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }
