package timeout

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"time"

	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// Header is for http.ResponseWriter.
func (e *exchange) Header() http.Header { return e.header }

// WriteHeader passes informational responses on, with the headers as they are: the
// response proper is still to come (RFC 9110, section 15.2).
func (e *exchange) WriteHeader(status int) {
	switch {
	case e.begun:
		e.below.WriteHeader(status)
	case status < 200 && status != http.StatusSwitchingProtocols:
		e.inform(status)
	default:
		_ = e.begin(status)
	}
}

func (e *exchange) inform(status int) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.given {
		return
	}
	before := copied(e.below.Header())
	e.show()
	defer replace(e.below.Header(), before)
	e.below.WriteHeader(status)
}

func (e *exchange) Write(p []byte) (int, error) {
	if err := e.begin(0); err != nil {
		return 0, err
	}
	return e.below.Write(p)
}

// WriteString spares a copy where the writer below can.
func (e *exchange) WriteString(s string) (int, error) {
	if err := e.begin(0); err != nil {
		return 0, err
	}
	return io.WriteString(e.below, s)
}

// ReadFrom lets net/http use sendfile.
func (e *exchange) ReadFrom(src io.Reader) (int64, error) {
	first, rest, err := middleware.CopyBody(e, e.below, e.begun, src)
	return first + rest, err
}

// Flush is http.Flusher.
func (e *exchange) Flush() { _ = e.FlushError() }

// FlushError is what http.ResponseController calls. A response that is flushed is a
// stream.
func (e *exchange) FlushError() error {
	if err := e.begin(0); err != nil {
		return err
	}
	e.mu.Lock()
	e.stream = true
	e.mu.Unlock()
	return http.NewResponseController(e.below).Flush()
}

// Hijack is http.Hijacker; the error is http.ErrNotSupported where the writer below
// has none, as in HTTP/2. The headers are in the map below by then, for those who
// write it to the connection themselves.
func (e *exchange) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.given {
		return nil, nil, http.ErrHandlerTimeout
	}
	before := copied(e.below.Header())
	e.show()
	conn, rw, err := http.NewResponseController(e.below).Hijack()
	if err != nil {
		replace(e.below.Header(), before)
		return nil, nil, err
	}
	e.begun, e.stream = true, true
	return conn, rw, nil
}

// control calls f unless somebody else has answered.
func (e *exchange) control(f func(*http.ResponseController) error) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.given {
		return http.ErrHandlerTimeout
	}
	return f(http.NewResponseController(e.below))
}

// SetReadDeadline is for http.ResponseController, as are the next two.
func (e *exchange) SetReadDeadline(t time.Time) error {
	return e.control(func(c *http.ResponseController) error { return c.SetReadDeadline(t) })
}

func (e *exchange) SetWriteDeadline(t time.Time) error {
	return e.control(func(c *http.ResponseController) error { return c.SetWriteDeadline(t) })
}

func (e *exchange) EnableFullDuplex() error {
	return e.control(func(c *http.ResponseController) error { return c.EnableFullDuplex() })
}

// Push is http.Pusher; the error is http.ErrNotSupported where the writer below has
// none.
func (e *exchange) Push(target string, opts *http.PushOptions) error {
	return e.control(func(*http.ResponseController) error {
		return (&wrapped.Writer{ResponseWriter: e.below}).Push(target, opts)
	})
}

// CloseNotify is for handlers that were written before requests had a context.
func (e *exchange) CloseNotify() <-chan bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.given {
		return nil
	}
	return (&wrapped.Writer{ResponseWriter: e.below}).CloseNotify()
}
