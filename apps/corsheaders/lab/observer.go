package lab

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"

	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// An observer is a ResponseWriter that tells what went out when the response has
// begun, and changes nothing. It keeps all abilities of the writer below. It
// belongs to one request, and is no safer for concurrent use than the writer
// below.
type observer struct {
	wrapped.Writer
	tell  func(status int, h http.Header)
	begun bool
}

// begin is called when the status has gone out, and before the handler can
// change the headers again.
func (o *observer) begin(status int) {
	if !o.begun {
		o.begun = true
		o.tell(status, o.ResponseWriter.Header())
	}
}

// end is called when the handler has returned: net/http sends what it left
// unsent.
func (o *observer) end() { o.begin(http.StatusOK) }

// WriteHeader does not count an informational status: the response proper is
// still to come (RFC 9110, section 15.2). 101 ends the exchange.
func (o *observer) WriteHeader(status int) {
	o.ResponseWriter.WriteHeader(status) // panics for a status that is none
	if status >= 200 || status == http.StatusSwitchingProtocols {
		o.begin(status)
	}
}

func (o *observer) Write(p []byte) (int, error) {
	o.begin(http.StatusOK)
	return o.ResponseWriter.Write(p)
}

// WriteString spares a copy where the writer below can.
func (o *observer) WriteString(s string) (int, error) {
	o.begin(http.StatusOK)
	return io.WriteString(o.ResponseWriter, s)
}

// ReadFrom lets net/http use sendfile.
func (o *observer) ReadFrom(src io.Reader) (int64, error) {
	first, rest, err := middleware.CopyBody(o, o.ResponseWriter, o.begun, src)
	return first + rest, err
}

// Flush is http.Flusher.
func (o *observer) Flush() { _ = o.FlushError() }

// FlushError is what http.ResponseController calls.
func (o *observer) FlushError() error {
	err := http.NewResponseController(o.ResponseWriter).Flush()
	if !errors.Is(err, http.ErrNotSupported) {
		o.begin(http.StatusOK)
	}
	return err
}

// Hijack is http.Hijacker; the error is http.ErrNotSupported where the writer
// below has none, as in HTTP/2.
func (o *observer) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	conn, rw, err := http.NewResponseController(o.ResponseWriter).Hijack()
	if err == nil {
		o.begin(takenOver)
	}
	return conn, rw, err
}
