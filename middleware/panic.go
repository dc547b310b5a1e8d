package middleware

import (
	"errors"
	"net/http"
	"runtime/debug"
)

// A PanicHandler answers a request whose handler panicked before it sent
// anything, and logs the panic. committed says that the response had begun: then
// w must not be written to, and the connection is closed afterwards, so that
// the client sees a broken response and not a short one.
type PanicHandler func(w http.ResponseWriter, r *http.Request, value any, stack []byte, committed bool)

// guard turns a panic in h into a response. http.ErrAbortHandler passes
// through, as net/http asks.
func guard(h http.Handler, failed PanicHandler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			value := recover()
			if value == nil {
				return
			}
			if err, ok := value.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(http.ErrAbortHandler)
			}
			committed := Committed(w)
			if !committed {
				Discard(w)
				ResetHeader(w.Header())
			}
			failed(w, r, value, debug.Stack(), committed)
			if committed {
				panic(http.ErrAbortHandler)
			}
		}()
		h.ServeHTTP(w, r)
	})
}

// ResetHeader removes what describes a response that will not be sent, for who sends
// another. Headers that say something about the exchange, such as a request id that
// a link set on the way in, stay.
func ResetHeader(h http.Header) {
	for _, name := range []string{
		"Accept-Ranges", "Cache-Control", "Content-Disposition", "Content-Encoding",
		"Content-Language", "Content-Length", "Content-Location", "Content-Range",
		"Content-Type", "Etag", "Expires", "Last-Modified", "Location", "Set-Cookie",
		"Trailer", "Transfer-Encoding",
	} {
		delete(h, name)
	}
}

// Committed says whether a response has begun, so that its status and headers can't
// be changed any more. It walks down the wrappers to the Recorder that every chain
// starts with, or to one that knows as well; without any it is false.
func Committed(w http.ResponseWriter) bool {
	for {
		if r, ok := w.(interface{ Committed() bool }); ok {
			return r.Committed()
		}
		u, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return false
		}
		w = u.Unwrap()
	}
}

// A Discarder is a ResponseWriter that holds a response back, and can forget it:
// the handler has panicked, and another answer is to come.
type Discarder interface{ Discard() }

// Discard has all wrappers forget what they hold back.
func Discard(w http.ResponseWriter) {
	for {
		if d, ok := w.(Discarder); ok {
			d.Discard()
		}
		u, ok := w.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return
		}
		w = u.Unwrap()
	}
}
