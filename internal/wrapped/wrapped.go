// Package wrapped has what is the same in every ResponseWriter around another one.
package wrapped

import "net/http"

// A Writer is a ResponseWriter with those abilities of the one below that begin no
// response. Embed it; what begins one is for the wrapper to say.
type Writer struct{ http.ResponseWriter }

// Push is http.Pusher; the error is http.ErrNotSupported where the writer
// below has none.
func (w *Writer) Push(target string, opts *http.PushOptions) error {
	if p, ok := w.ResponseWriter.(http.Pusher); ok {
		return p.Push(target, opts)
	}
	return http.ErrNotSupported
}

// Unwrap is for http.ResponseController.
func (w *Writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// CloseNotify is for handlers that were written before requests had a context;
// some web frameworks insist on it. The channel stays silent where no writer
// below has one.
func (w *Writer) CloseNotify() <-chan bool {
	below := w.ResponseWriter
	for {
		if n, ok := below.(interface{ CloseNotify() <-chan bool }); ok {
			return n.CloseNotify()
		}
		u, ok := below.(interface{ Unwrap() http.ResponseWriter })
		if !ok {
			return nil
		}
		below = u.Unwrap()
	}
}
