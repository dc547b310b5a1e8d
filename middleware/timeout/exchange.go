package timeout

import (
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/settled-go/settled/middleware"
)

// exchange is the ResponseWriter of a handler that may be late. Until the response
// begins, the handler has headers of its own, so that who answers for it shares
// nothing with it; from then on, all goes to the writer below without a lock. It has
// no Unwrap: who is late must not get at the writer below.
type exchange struct {
	below    http.ResponseWriter
	header   http.Header   // the handler's
	inner    *http.Request // the handler's
	done     chan struct{}
	panicked any // once done

	mu     sync.Mutex
	begun  bool // changed by the handler's side alone
	given  bool // up
	ended  bool
	stream bool
}

// copied is a header whose lists can be appended to.
func copied(h http.Header) http.Header {
	own := make(http.Header, len(h))
	for name, values := range h {
		own[name] = slices.Clip(values)
	}
	return own
}

// end notes that the handler has ended, and whether anybody still waits for it.
func (e *exchange) end(value any) (waits bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.panicked, e.ended = value, true
	if !e.begun && !e.given {
		e.show()
	}
	return !e.given
}

// giveUp ends the exchange, unless the response has begun or the handler has ended.
func (e *exchange) giveUp() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.given = !e.begun && !e.ended
	return e.given
}

func (e *exchange) isEndless() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.stream
}

// ServeView is for middleware.View: a route may be exempt.
func (e *exchange) ServeView(_ http.ResponseWriter, _ *http.Request, marks middleware.Mark) bool {
	if marks.Has(middleware.NoTimeout) {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.stream = true
	}
	return false
}

// show makes the headers of the writer below those of the handler; the caller holds
// the lock.
func (e *exchange) show() { replace(e.below.Header(), e.header) }

func replace(dst, src http.Header) {
	clear(dst)
	for name, values := range src {
		dst[name] = values
	}
}

// begin makes the response the handler's. Where a layer outside panics, nothing has
// begun.
func (e *exchange) begin(status int) error {
	if e.begun {
		return nil
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.given {
		return http.ErrHandlerTimeout
	}
	e.show()
	if status != 0 {
		e.below.WriteHeader(status)
	}
	e.begun = true
	return nil
}

// passTrailers is for those that the handler has set since.
func (e *exchange) passTrailers() {
	if !e.begun {
		return
	}
	h := e.below.Header()
	for name, values := range e.header {
		if strings.HasPrefix(name, http.TrailerPrefix) {
			h[name] = values
		}
	}
	for _, line := range e.header["Trailer"] {
		for name := range strings.SplitSeq(line, ",") {
			name = http.CanonicalHeaderKey(strings.TrimSpace(name))
			if values, set := e.header[name]; set {
				h[name] = values
			}
		}
	}
}

// Committed says whether another answer comes too late: see middleware.Committed.
func (e *exchange) Committed() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.given || e.begun && (middleware.Committed(e.below) || !knows(e.below))
}

// knows says whether middleware.Committed finds someone who knows.
func knows(w http.ResponseWriter) bool {
	for {
		if _, ok := w.(interface{ Committed() bool }); ok {
			return true
		}
		u, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return false
		}
		w = u.Unwrap()
	}
}

// Discard is for middleware.Discarder: another response comes instead.
func (e *exchange) Discard() {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.given {
		middleware.Discard(e.below)
		e.begun = false
	}
}
