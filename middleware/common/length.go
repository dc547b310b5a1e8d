package common

import (
	"net/http"

	"github.com/settled-go/settled/internal/wrapped"
)

const (
	// maxHeld is the length, in bytes, of the longest body that is held back for its
	// Content-Length. Longer ones go out as they are written.
	maxHeld = 64 << 10
	// known is how long a body may be for net/http to declare its length by itself.
	known = 2048
)

// length declares the length of bodies that are whole.
type length struct{}

// Hold is for wrapped.Keeper.
func (length) Hold(h http.Header, _ *http.Request, _ int) int {
	if len(h["Content-Length"]) > 0 || len(h["Transfer-Encoding"]) > 0 {
		return -1
	}
	return maxHeld
}

// Send is for wrapped.Keeper.
func (length) Send(w http.ResponseWriter, r *http.Request, b wrapped.Beginning) wrapped.Body {
	if len(b.Bytes) > known {
		b.SetLength(w.Header(), r)
	}
	w.WriteHeader(b.Status)
	if len(b.Bytes) > 0 {
		w.Write(b.Bytes)
	}
	return nil
}
