package wrapped

import (
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// A Keeper looks at bodies: at a whole one, if it is small enough to be held back
// until the handler has returned, and else at the first part.
type Keeper interface {
	// Hold is asked when the headers and the final status are known: how many
	// bytes to hold back at most. -1 is for a response that goes by as it is.
	Hold(h http.Header, r *http.Request, status int) int
	// Send begins the response, with w.WriteHeader, and sends the body that is
	// there. What more comes goes to the Body that it returns; nil is for w itself.
	// b.Bytes is only lent.
	Send(w http.ResponseWriter, r *http.Request, b Beginning) Body
}

// A Beginning is what is known of a response when it begins.
type Beginning struct {
	Status int
	Bytes  []byte // of the body
	// Whole says that the body is complete. For a HEAD request it may be missing,
	// as the handler likes.
	Whole bool
}

// A Body is where the body of a response goes that has begun.
type Body interface {
	io.Writer
	// Flush passes on what is held back; the writer below is flushed afterwards.
	Flush() error
	// Close ends the body, Abort breaks it off. One of them is called, once.
	Close() error
	Abort()
}

// Hold has next serve the request, and k send the response. A response is held
// back while its body may still be one that k wants whole: not if it is flushed,
// hijacked, announces trailers or gets too long. A body that an inner layer
// declares and writes at once is not copied.
//
// A handler that panics has its response forgotten, or broken off if it has begun.
// What is written after the handler has returned is refused.
func Hold(next http.Handler, w http.ResponseWriter, r *http.Request, k Keeper) {
	both := &heldAndEdited{held: held{Writer: Writer{w}, keeper: k, request: r}}
	both.edited.ResponseWriter = &both.held
	defer both.held.release()
	next.ServeHTTP(&both.edited, r)
	both.edited.begin() // unless the handler has
	both.held.finish()
}

// heldAndEdited is one allocation: inner layers that only edit headers find their
// shared writer there.
type heldAndEdited struct {
	edited edited
	held   held
}

// held is a ResponseWriter that holds a response back. Its lock is there for
// handlers that go on writing from elsewhere when they have returned: the buffer
// belongs to another request by then.
type held struct {
	Writer
	keeper  Keeper
	request *http.Request

	mu       sync.Mutex
	state    state
	status   int   // 0 until the handler has begun the response
	limit    int   // of what is held back
	declared int64 // the Content-Length, -1 for none
	taken    int64 // by body
	buffer   *[]byte
	body     Body // nil for the writer below
}

type state uint8

const (
	holding state = iota
	sending
	over
)

var errOver = errors.New("write after the handler has returned")

// WriteHeader passes informational responses on: the response proper is still to
// come (RFC 9110, section 15.2).
func (w *held) WriteHeader(status int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case w.state == over:
	case w.state == sending, status < 200, status > 999: // those that are none panic there
		w.ResponseWriter.WriteHeader(status)
		if status == http.StatusSwitchingProtocols {
			w.state = sending
		}
	case w.status == 0:
		w.begin(status)
	}
}

// begin takes the headers as they are now.
func (w *held) begin(status int) {
	h := w.Header()
	w.status, w.declared = status, declaredLength(h)
	w.limit = w.keeper.Hold(h, w.request, status)
	switch {
	case w.limit < 0:
		w.state = sending
		w.ResponseWriter.WriteHeader(status)
	case status == http.StatusNoContent || status == http.StatusNotModified || w.declared == 0:
		w.send(nil, true)
	case h["Trailer"] != nil:
		w.send(nil, false)
	}
}

func declaredLength(h http.Header) int64 {
	if lines := h["Content-Length"]; len(lines) == 1 {
		if n, err := strconv.ParseInt(lines[0], 10, 64); err == nil && n >= 0 {
			return n
		}
	}
	return -1
}

// send begins the response.
func (w *held) send(body []byte, whole bool) {
	w.state = sending
	w.taken = int64(len(body))
	w.body = w.keeper.Send(w.ResponseWriter, w.request, Beginning{w.status, body, whole})
}

// sendPart begins a response of which more is to come.
func (w *held) sendPart() {
	if w.status == 0 {
		w.begin(http.StatusOK)
	}
	if w.state == holding {
		w.send(w.bytes(), false)
		w.free()
	}
}

func (w *held) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.status == 0 && w.state == holding {
		w.begin(http.StatusOK)
	}
	if w.state == holding {
		if w.keep(p) {
			return len(p), nil
		}
		if w.buffer == nil && (w.declared < 0 || int64(len(p)) < w.declared) {
			w.send(p, false)
			return len(p), nil
		}
		w.sendPart()
	}
	return w.pass(p)
}

// WriteString spares a copy where the writer below can.
func (w *held) WriteString(s string) (int, error) {
	w.mu.Lock()
	if w.state == sending && w.body == nil {
		defer w.mu.Unlock()
		return io.WriteString(w.ResponseWriter, s)
	}
	w.mu.Unlock()
	return w.Write([]byte(s))
}

// keep takes p, unless that is too much. A declared body is sent when it is there.
func (w *held) keep(p []byte) bool {
	have := w.bytes()
	if len(have) == 0 && int64(len(p)) == w.declared {
		w.send(p, true)
		return true
	}
	if len(have)+len(p) > w.limit {
		return false
	}
	if w.buffer == nil {
		w.buffer = buffers.Get().(*[]byte)
	}
	*w.buffer = append(*w.buffer, p...)
	if int64(len(*w.buffer)) == w.declared {
		w.send(*w.buffer, true)
		w.free()
	}
	return true
}

// pass is Write of a response that has begun.
func (w *held) pass(p []byte) (int, error) {
	switch {
	case w.state == over:
		return 0, errOver
	case w.body == nil:
		return w.ResponseWriter.Write(p)
	case w.declared >= 0 && w.taken+int64(len(p)) > w.declared:
		return 0, http.ErrContentLength
	}
	n, err := w.body.Write(p)
	w.taken += int64(n)
	return n, err
}

// finish is for when the handler has returned.
func (w *held) finish() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.status == 0 && w.state == holding {
		w.begin(http.StatusOK)
	}
	if w.state == holding {
		w.sendRest()
	}
	if w.body != nil {
		if w.declared >= 0 && w.taken != w.declared {
			return // it is broken off
		}
		w.body.Close()
		w.body = nil
	}
}

func (w *held) sendRest() {
	body := w.bytes()
	if w.declared >= 0 && w.request.Method != http.MethodHead {
		// Too short, or it would have been sent. It is for net/http to say so.
		w.state = sending
		w.ResponseWriter.WriteHeader(w.status)
		w.ResponseWriter.Write(body)
		return
	}
	w.send(body, true)
}

// SetLength declares the length of a whole body, unless trailers come after it.
func (b Beginning) SetLength(h http.Header, r *http.Request) {
	if !b.Whole || h["Content-Length"] != nil || h["Transfer-Encoding"] != nil || !bodyAllowed(b.Status) || len(b.Bytes) == 0 && r.Method == http.MethodHead {
		return
	}
	for name := range h {
		if strings.HasPrefix(name, http.TrailerPrefix) {
			return
		}
	}
	h["Content-Length"] = []string{strconv.Itoa(len(b.Bytes))}
}

func bodyAllowed(status int) bool {
	return status >= 200 && status != http.StatusNoContent && status != http.StatusNotModified
}
