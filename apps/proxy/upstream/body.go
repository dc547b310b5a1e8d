package upstream

import (
	"errors"
	"io"
	"sync"
)

// A requestBody is that of a request, and knows whether any of it has been asked
// for. A transport closes the body of a request that it could not send; this one
// stays open until then, so that another server can have it.
type requestBody struct {
	of io.ReadCloser // nil when the request has none

	mu       sync.Mutex
	touched  bool
	closed   bool // by the transport
	finished bool // no other server will be tried
}

func (b *requestBody) Read(p []byte) (int, error) {
	b.mu.Lock()
	b.touched = true
	b.mu.Unlock()
	return b.of.Read(p)
}

func (b *requestBody) Close() error {
	b.mu.Lock()
	b.closed = true
	now := b.touched || b.finished
	b.mu.Unlock()
	if now {
		return b.of.Close()
	}
	return nil
}

func (b *requestBody) isTouched() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.touched
}

// errTouched is what a transport hears that would send a body twice.
var errTouched = errors.New("the connection ended while the request was being sent")

// again is a request's GetBody: the same body, if nothing of it has gone.
func (b *requestBody) again() (io.ReadCloser, error) {
	if b.isTouched() {
		return nil, errTouched
	}
	return b, nil
}

// finish is called when there is a response, or will be none.
func (b *requestBody) finish(failed bool) {
	if b.of == nil {
		return
	}
	b.mu.Lock()
	b.finished = true
	closing := b.closed || failed
	b.mu.Unlock()
	if closing {
		_ = b.of.Close()
	}
}
