package wrapped

import (
	"bufio"
	"io"
	"net"
	"net/http"

	"github.com/settled-go/settled/middleware"
)

// An Editor changes the headers of a response just before it begins: what a
// handler has set is known by then. It is called once a response, with the final
// status; informational responses go by it. If it returns another status, it
// answers instead of the handler: what that writes is left out. It may panic, as a
// handler may: then nothing has begun.
type Editor interface {
	EditHeader(h http.Header, r *http.Request, status int) int
}

// A Replacer is an Editor with a body for the answer that it gives instead.
type Replacer interface {
	Editor
	Body(r *http.Request) []byte
}

// Serve has next serve the request, and e edit the headers. Middleware that stand
// one below the other share one writer: the editors of the inner ones come first.
// Whoever wraps the writer in between gets a writer of its own, so the order is
// always that of the layers.
func Serve(next http.Handler, w http.ResponseWriter, r *http.Request, e Editor) {
	if shared, ok := w.(*edited); ok && !shared.begun && shared.n < len(shared.edits) {
		shared.add(e, r)
		next.ServeHTTP(w, r)
		return
	}
	own := &edited{Writer: Writer{w}}
	own.add(e, r)
	next.ServeHTTP(own, r)
	own.begin() // unless the handler has begun the response
}

// IsReplaced says whether an editor has answered instead of who writes to w.
func IsReplaced(w http.ResponseWriter) bool {
	for {
		if e, ok := w.(*edited); ok && e.replaced != nil {
			return true
		}
		u, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return false
		}
		w = u.Unwrap()
	}
}

// edited is a ResponseWriter that edits the headers on their way. It keeps all
// abilities of the writer below. It belongs to one request.
type edited struct {
	Writer
	begun    bool
	replaced *edit // the one that answers instead of the handler, nil for none
	n        int
	edits    [8]edit
}

type edit struct {
	editor  Editor
	request *http.Request
}

func (w *edited) add(e Editor, r *http.Request) {
	w.edits[w.n] = edit{e, r}
	w.n++
}

// edit makes the headers right, once.
func (w *edited) edit(status int) int {
	if w.begun {
		return status
	}
	h := w.ResponseWriter.Header()
	for i := w.n - 1; i >= 0; i-- {
		e := &w.edits[i]
		if other := e.editor.EditHeader(h, e.request, status); other != status {
			status, w.replaced = other, e
		}
	}
	w.begun = true
	return status
}

// begin edits the headers of a response that begins without WriteHeader.
func (w *edited) begin() {
	if w.begun {
		return
	}
	if status := w.edit(http.StatusOK); status != http.StatusOK {
		w.ResponseWriter.WriteHeader(status)
		w.sendReplacement()
	}
}

// sendReplacement sends the body of the answer that comes instead, if it has one.
func (w *edited) sendReplacement() {
	if w.replaced == nil {
		return
	}
	e, ok := w.replaced.editor.(Replacer)
	if ok && w.replaced.request.Method != http.MethodHead {
		_, _ = w.ResponseWriter.Write(e.Body(w.replaced.request))
	}
}

// WriteHeader passes informational responses on: the response proper is still to
// come (RFC 9110, section 15.2).
func (w *edited) WriteHeader(status int) {
	if w.begun || status < 200 && status != http.StatusSwitchingProtocols {
		w.ResponseWriter.WriteHeader(status)
		return
	}
	w.ResponseWriter.WriteHeader(w.edit(status))
	w.sendReplacement()
}

func (w *edited) Write(p []byte) (int, error) {
	w.begin()
	if w.replaced != nil {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}

// WriteString spares a copy where the writer below can.
func (w *edited) WriteString(s string) (int, error) {
	w.begin()
	if w.replaced != nil {
		return len(s), nil
	}
	return io.WriteString(w.ResponseWriter, s)
}

// ReadFrom lets net/http use sendfile.
func (w *edited) ReadFrom(src io.Reader) (int64, error) {
	if w.replaced != nil {
		return io.Copy(io.Discard, src)
	}
	first, rest, err := middleware.CopyBody(w, belowEdits{w}, w.begun, src)
	return first + rest, err
}

// belowEdits is the writer below for the rest of a body, of which the beginning may
// have been replaced.
type belowEdits struct{ *edited }

func (w belowEdits) Write(p []byte) (int, error) {
	if w.replaced != nil {
		return len(p), nil
	}
	return w.ResponseWriter.Write(p)
}

func (w belowEdits) ReadFrom(src io.Reader) (int64, error) {
	if w.replaced != nil {
		return io.Copy(io.Discard, src)
	}
	return io.Copy(w.ResponseWriter, src)
}

// Flush is http.Flusher.
func (w *edited) Flush() { _ = w.FlushError() }

// FlushError is what http.ResponseController calls. Where no writer below can
// flush, nothing has begun.
func (w *edited) FlushError() error {
	if !w.begun && !canFlush(w.ResponseWriter) {
		return http.ErrNotSupported
	}
	w.begin()
	return http.NewResponseController(w.ResponseWriter).Flush()
}

func canFlush(w http.ResponseWriter) bool {
	for {
		switch w.(type) {
		case interface{ FlushError() error }, http.Flusher:
			return true
		}
		u, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return false
		}
		w = u.Unwrap()
	}
}

// Hijack is http.Hijacker; the error is http.ErrNotSupported where the writer
// below has none, as in HTTP/2. The headers are in the map by then, for those who
// write it to the connection themselves.
func (w *edited) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	begun := w.begun
	w.edit(http.StatusSwitchingProtocols)
	conn, rw, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err != nil {
		w.begun = begun
	}
	return conn, rw, err
}

// Discard is for middleware.Discarder: another response comes instead.
func (w *edited) Discard() { w.begun, w.replaced = false, nil }
