package csp

import (
	"crypto/rand"
	"encoding/base64"
	"log/slog"
	"net/http"
	"sync"
)

// Nonce is the nonce of the response to r, for the nonce attributes of its scripts
// and styles: Django's csp_nonce. It is made when it is first asked for, and only
// then the header has it. So ask for it before the response begins: later there is
// none, and a warning is logged. It is empty too where the middleware has not been
// passed. It is safe for concurrent use.
func Nonce(r *http.Request) string {
	e := exchangeOf(r)
	if e == nil {
		return ""
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	switch {
	case e.nonce != "":
	case e.begun:
		slog.WarnContext(r.Context(), "a CSP nonce was asked for after the response had begun: its header has none")
	default:
		e.nonce = newNonce()
	}
	return e.nonce
}

// newNonce is 128 bits that nobody can guess, as Django's secrets.token_urlsafe(16).
func newNonce() string {
	var bits [16]byte
	rand.Read(bits[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(bits[:])
}

type exchangeKey struct{}

func exchangeOf(r *http.Request) *exchange {
	e, _ := r.Context().Value(exchangeKey{}).(*exchange)
	return e
}

// exchange is what is known of one response: which policies it gets, and its nonce.
type exchange struct {
	mu       sync.Mutex
	policies [2]*policy // for the headers of names
	nonce    string
	begun    bool
	set      [2]string // what the headers have been set to
}

var names = [2]string{"Content-Security-Policy", "Content-Security-Policy-Report-Only"}

// EditHeader is for wrapped.Editor. It may be called again when another response
// comes instead, with the headers that it has set itself.
func (e *exchange) EditHeader(h http.Header, _ *http.Request, status int) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.begun = true
	for i, p := range e.policies {
		if has, ok := h[names[i]]; ok && (len(has) != 1 || has[0] != e.set[i]) {
			continue // somebody else's
		}
		delete(h, names[i])
		if value := p.header(e.nonce); value != nil {
			h[names[i]], e.set[i] = value, value[0]
		}
	}
	return status
}
