package wrapped

import (
	"bufio"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
)

// firstBytes is as much as net/http looks at to guess a content type.
const firstBytes = 512

// ReadFrom holds back what it can, and lets net/http use sendfile for the rest. The
// response does not begin before src has given some bytes. The lock is not held
// while src is read.
func (w *held) ReadFrom(src io.Reader) (n int64, err error) {
	room := rooms.Get().(*[32 << 10]byte)
	defer rooms.Put(room)
	read := room[:firstBytes]
	for {
		if below, passes := w.passes(); passes {
			rest, err := io.Copy(below, src)
			return n + rest, err
		}
		m, readErr := src.Read(read)
		if m > 0 {
			written, err := w.Write(read[:m])
			n += int64(written)
			if err != nil {
				return n, err
			}
		}
		if readErr != nil {
			return n, ignoreEOF(readErr)
		}
		read = room[:]
	}
}

var rooms = sync.Pool{New: func() any { return new([32 << 10]byte) }}

func ignoreEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}

// passes says whether bodies go to the writer below as they are.
func (w *held) passes() (below io.Writer, ok bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ResponseWriter, w.state == sending && w.body == nil
}

// Flush is http.Flusher.
func (w *held) Flush() { _ = w.FlushError() }

// FlushError is what http.ResponseController calls. Where no writer below can
// flush, nothing has begun.
func (w *held) FlushError() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state == over {
		return errOver
	}
	if w.state == holding {
		if !canFlush(w.ResponseWriter) {
			return http.ErrNotSupported
		}
		w.sendPart()
	}
	if w.body != nil {
		if err := w.body.Flush(); err != nil {
			return err
		}
	}
	return http.NewResponseController(w.ResponseWriter).Flush()
}

// Hijack is http.Hijacker; the error is http.ErrNotSupported where the writer
// below has none, as in HTTP/2.
func (w *held) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state == over {
		return nil, nil, errOver
	}
	if w.state == holding && w.status != 0 {
		w.sendPart()
	}
	conn, rw, err := http.NewResponseController(w.ResponseWriter).Hijack()
	if err == nil {
		w.state = sending
	}
	return conn, rw, err
}

// Discard is for middleware.Discarder: another response comes instead.
func (w *held) Discard() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.state == over {
		return
	}
	w.abort()
	w.state, w.status = holding, 0
}

// release is for when all is over, for good or ill.
func (w *held) release() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.abort()
	w.state = over
}

func (w *held) abort() {
	if w.body != nil {
		w.body.Abort()
		w.body = nil
	}
	w.free()
}

// maxKept is the largest buffer that is kept for another response.
const maxKept = 1 << 20

var buffers = sync.Pool{New: func() any {
	b := make([]byte, 0, 4<<10)
	return &b
}}

func (w *held) bytes() []byte {
	if w.buffer == nil {
		return nil
	}
	return *w.buffer
}

// free gives the buffer back.
func (w *held) free() {
	if w.buffer != nil && cap(*w.buffer) <= maxKept {
		*w.buffer = (*w.buffer)[:0]
		buffers.Put(w.buffer)
	}
	w.buffer = nil
}
