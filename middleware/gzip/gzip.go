// Package gzip compresses responses, as Django's GZipMiddleware does, and also in
// ways that are newer than gzip.
package gzip

import (
	"fmt"
	"net/http"

	"github.com/settled-go/settled/internal/accept"
	"github.com/settled-go/settled/internal/vary"
	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// Traits: the order matters to what changes or hashes bodies, and to caches.
var Traits = middleware.Traits{Is: middleware.Compresses | middleware.Varies}

const (
	// minBody is Django's: what is smaller is not worth it.
	minBody = 200
	// maxHeld is how much of a body is held back, to see whether it gets smaller and
	// to declare its length. Longer ones are compressed as they come.
	maxHeld = 64 << 10
)

// New makes the middleware. It compresses what the client can read, if it is not
// compressed already and gets smaller by it:
//
//   - A body of less than 200 bytes stays as it is.
//   - So do parts (206), what says Cache-Control: no-transform or has a digest, and
//     types such as images, video and archives.
//   - A response that is flushed, or is longer than 64 KiB, is compressed as it comes.
//     Each Flush brings all that was written to the client.
//   - A strong ETag becomes a weak one. Accept-Ranges goes: ranges are of what is
//     not compressed.
//   - Up to 100 random bytes make lengths say less about contents (BREACH).
//
// Unlike Django it reads the q values of Accept-Encoding: gzip;q=0 means no.
func New(s Settings) (middleware.Func, error) {
	for _, name := range s.Encodings {
		if codings[name] == nil {
			return nil, fmt.Errorf("COMPRESS_ENCODINGS: %q is none of zstd, gzip and br", name)
		}
	}
	k := &keeper{s.Encodings}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			wrapped.Hold(next, w, r, k)
		})
	}, nil
}

type keeper struct{ encodings []string }

// Hold is for wrapped.Keeper.
func (k *keeper) Hold(h http.Header, r *http.Request, status int) int {
	if !compressible(h, status) {
		return -1
	}
	if k.choose(r) == nil {
		return minBody - 1 // for Vary
	}
	return maxHeld
}

func (k *keeper) choose(r *http.Request) *coding {
	return codings[accept.Encoding(r.Header["Accept-Encoding"], k.encodings)]
}

// Send is for wrapped.Keeper.
func (k *keeper) Send(w http.ResponseWriter, r *http.Request, b wrapped.Beginning) wrapped.Body {
	h := w.Header()
	bare := b.Whole && len(b.Bytes) == 0 // the answer to HEAD may have a length all the same
	if b.Whole && len(b.Bytes) < minBody && !(bare && declared(h) >= minBody) {
		return plain(w, b)
	}
	setType(h, b.Bytes)
	if !compressible(h, b.Status) {
		return plain(w, b)
	}
	vary.Add(h, "Accept-Encoding")
	c := k.choose(r)
	switch {
	case c == nil:
		return plain(w, b)
	case bare:
		c.describe(h)
		return plain(w, b)
	case b.Whole:
		c.sendWhole(w, b)
		return nil
	}
	return c.sendPart(w, b)
}

// plain sends what is not to be compressed.
func plain(w http.ResponseWriter, b wrapped.Beginning) wrapped.Body {
	w.WriteHeader(b.Status)
	if len(b.Bytes) > 0 {
		w.Write(b.Bytes)
	}
	return nil
}

// setType guesses the type, as net/http does of what is not compressed.
func setType(h http.Header, body []byte) {
	if _, set := h["Content-Type"]; !set && len(body) > 0 {
		h["Content-Type"] = []string{http.DetectContentType(body)}
	}
}
