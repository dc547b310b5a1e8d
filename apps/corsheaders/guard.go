package corsheaders

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"

	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// A guard is the ResponseWriter that the handler gets. Whatever it does to the
// header map, the CORS headers are put right just before the response begins,
// behind every door through which it can begin. A guard keeps all abilities of
// the writer below. It belongs to one request, and is no safer for concurrent
// use than the writer below.
//
// A guard and the values of all headers that it sets are one allocation, and
// no two requests share any of it.
type guard struct {
	wrapped.Writer
	layer  *layer
	origin string // the value of Access-Control-Allow-Origin
	grant  grant
	begun  bool       // the response's headers are out of reach
	long   *longGuard // what this guard is part of, where short does not do
	short  [shortRoom]string
}

// A longGuard is a guard with more room, and with what a log line needs.
type longGuard struct {
	guard
	request *http.Request
	room    [longRoom]string
}

func newGuard(l *layer, w http.ResponseWriter, r *http.Request, g grant, origin string) *guard {
	if l.log == nil && g.isShort() {
		return &guard{Writer: wrapped.Writer{ResponseWriter: w}, layer: l, origin: origin, grant: g}
	}
	made := &longGuard{request: r}
	made.ResponseWriter, made.layer, made.origin, made.grant, made.long = w, l, origin, g, made
	return &made.guard
}

// prepare makes the headers right, if they can still be changed.
func (g *guard) prepare() {
	if g.begun {
		return
	}
	h, room := g.ResponseWriter.Header(), g.short[:]
	if g.long != nil {
		room = g.long.room[:]
		g.long.report(h)
	}
	g.layer.policy.writeHeaders(h, g.grant, g.origin, room)
}

// WriteHeader puts the headers on informational responses too; after one, the
// response proper is still to come (RFC 9110, section 15.2).
func (g *guard) WriteHeader(status int) {
	g.prepare()
	g.ResponseWriter.WriteHeader(status)
	g.begun = g.begun || status >= 200 || status == http.StatusSwitchingProtocols
}

func (g *guard) Write(p []byte) (int, error) {
	g.prepare()
	g.begun = true
	return g.ResponseWriter.Write(p)
}

// WriteString spares a copy where the writer below can.
func (g *guard) WriteString(s string) (int, error) {
	g.prepare()
	g.begun = true
	return io.WriteString(g.ResponseWriter, s)
}

// ReadFrom lets net/http use sendfile.
func (g *guard) ReadFrom(src io.Reader) (int64, error) {
	first, rest, err := middleware.CopyBody(g, g.ResponseWriter, g.begun, src)
	return first + rest, err
}

// Flush is http.Flusher.
func (g *guard) Flush() { _ = g.FlushError() }

// FlushError is what http.ResponseController calls.
func (g *guard) FlushError() error {
	g.prepare()
	err := http.NewResponseController(g.ResponseWriter).Flush()
	g.begun = g.begun || !errors.Is(err, http.ErrNotSupported)
	return err
}

// Hijack is http.Hijacker; the error is http.ErrNotSupported where the writer
// below has none, as in HTTP/2. The headers are in the map by then, for those
// who write it to the connection themselves.
func (g *guard) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	g.prepare()
	conn, rw, err := http.NewResponseController(g.ResponseWriter).Hijack()
	g.begun = g.begun || err == nil
	return conn, rw, err
}
