package middleware

import (
	"context"
	"net/http"
	"sync"
)

// Carry returns r with a context in which Note keeps values, without a new
// request for each. A site does so once for each request; it promises to call
// Views when the request has found its handler.
func Carry(r *http.Request, key, value any) *http.Request {
	e := &exchange{Context: r.Context(), routed: true}
	e.note(key, value)
	return r.WithContext(e)
}

// Note keeps a value for everything further in: r.Context().Value(key) is the
// value. Where the request came through a site, r is returned as it is, and what
// stands further out sees the value too; else r gets a new context. key is of a
// type of the caller's own, as for context.WithValue. It is safe for concurrent
// use.
func Note(r *http.Request, key, value any) *http.Request {
	if e := exchangeOf(r); e != nil {
		e.note(key, value)
		return r
	}
	return r.WithContext(context.WithValue(r.Context(), key, value))
}

// A View is what a middleware does when a request has found its handler, and
// before that gets it: Django's process_view. So a path without a handler is
// not found, whatever the middleware thinks of the request.
type View interface {
	// ServeView answers the request and returns true, or does nothing and returns
	// false. marks are those of the route.
	ServeView(w http.ResponseWriter, r *http.Request, marks Mark) (answered bool)
}

// OnView has v called when the request has found its handler, after the views of
// what stands further out. It returns false where nobody routes that way, that is
// outside of a site: then the middleware judges the request at once.
func OnView(r *http.Request, v View) bool {
	e := exchangeOf(r)
	if e == nil || !e.routed {
		return false
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.views = append(e.views, v)
	return true
}

// Views calls what OnView was told, for who routes requests, until one answers.
func Views(w http.ResponseWriter, r *http.Request, marks Mark) (answered bool) {
	e := exchangeOf(r)
	if e == nil {
		return false
	}
	e.mu.Lock()
	views := e.views
	e.mu.Unlock()
	for _, v := range views {
		if v.ServeView(w, r, marks) {
			return true
		}
	}
	return false
}

// A Mark is something that a route asks of the middleware. Marks are a set.
type Mark uint8

const (
	CSRFExempt    Mark = 1 << iota // no CSRF check: Django's csrf_exempt
	NoAppendSlash                  // no redirect to the path with a slash: Django's no_append_slash
	RawPath                        // the path is the handler's, as it was sent: no redirect to its clean form or to a slash
	NoTimeout                      // no answer instead of the handler's when that takes long
)

// Has says whether all marks of want are in m.
func (m Mark) Has(want Mark) bool { return m&want == want }

// exchange is the context of a request that a site serves. It is one allocation
// for all that the layers note.
type exchange struct {
	context.Context
	routed bool

	mu    sync.Mutex
	few   [6]note
	n     int
	more  []note
	views []View
}

type note struct{ key, value any }

type exchangeKey struct{}

// exchangeOf is the innermost exchange of the request, nil for none.
func exchangeOf(r *http.Request) *exchange {
	e, _ := r.Context().Value(exchangeKey{}).(*exchange)
	return e
}

func (e *exchange) note(key, value any) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if n := e.find(key); n != nil {
		n.value = value
		return
	}
	if e.n < len(e.few) {
		e.few[e.n] = note{key, value}
		e.n++
		return
	}
	e.more = append(e.more, note{key, value})
}

// Value is for context.Context.
func (e *exchange) Value(key any) any {
	if key == (exchangeKey{}) {
		return e
	}
	e.mu.Lock()
	n := e.find(key)
	if n != nil {
		value := n.value
		e.mu.Unlock()
		return value
	}
	e.mu.Unlock()
	return e.Context.Value(key)
}

// find is the note of a key, nil for none; the caller holds the lock.
func (e *exchange) find(key any) *note {
	for i := range e.few[:e.n] {
		if e.few[i].key == key {
			return &e.few[i]
		}
	}
	for i := range e.more {
		if e.more[i].key == key {
			return &e.more[i]
		}
	}
	return nil
}
