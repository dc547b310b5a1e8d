// Package timeout answers 503 for handlers that take too long to begin their
// response. What has begun is not cut off.
package timeout

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"github.com/settled-go/settled/internal/exempt"
	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/middleware"
)

// Traits: it answers instead of a handler that is late.
var Traits = middleware.Traits{Is: middleware.Timeout | middleware.Answers}

// New makes the middleware. It calls the handler in a goroutine of its own. When the
// time is over, the context of the request ends, with context.DeadlineExceeded as
// its cause; if the response has not begun, the answer is 503, and what the handler
// writes later fails with http.ErrHandlerTimeout. A handler that ignores its context
// goes on until it returns.
//
// A response that is flushed and a connection that is hijacked are streams: their
// context does not end by the time. So it is on routes that are marked
// middleware.NoTimeout.
//
// A panic of the handler is raised again with its stack, as a *Panic.
func New(s Settings) (middleware.Func, error) {
	if s.RequestTimeout <= 0 {
		return nil, fmt.Errorf("REQUEST_TIMEOUT: %v is no time", s.RequestTimeout)
	}
	paths, err := exempt.Compile("REQUEST_TIMEOUT_EXEMPT", s.RequestTimeoutExempt)
	if err != nil {
		return nil, err
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if paths.Has(r.URL.Path) {
				next.ServeHTTP(w, r)
				return
			}
			serve(next, w, r, s.RequestTimeout)
		})
	}, nil
}

var unavailable = pages.Short{Status: http.StatusServiceUnavailable, Title: "Service Unavailable (503)"}

func serve(next http.Handler, w http.ResponseWriter, r *http.Request, after time.Duration) {
	ctx, end := context.WithCancelCause(r.Context())
	defer end(nil)
	e := &exchange{below: w, header: copied(w.Header()), inner: r.WithContext(ctx), done: make(chan struct{})}
	middleware.OnView(r, e)
	timer := time.NewTimer(after)
	defer timer.Stop()
	go e.run(next)
	for {
		select {
		case <-e.done:
			e.finish(r)
			return
		case <-timer.C:
			if e.isEndless() {
				continue
			}
			end(context.DeadlineExceeded)
			if e.giveUp() {
				slog.WarnContext(r.Context(), printable.Line("Service Unavailable: "+r.URL.Path), "timeout", after)
				unavailable.ServeHTTP(w, r)
				return
			}
		}
	}
}

// run is the goroutine of the handler.
func (e *exchange) run(next http.Handler) {
	defer close(e.done)
	defer func() {
		value := recover()
		if value != nil && !isAbort(value) {
			value = &Panic{value, debug.Stack()}
		}
		if e.end(value) {
			return
		}
		// Nobody waits any more.
		if p, ok := value.(*Panic); ok {
			slog.ErrorContext(e.inner.Context(), printable.Line("Panic after the timeout: "+e.inner.URL.Path), "panic", fmt.Sprint(p.Value), "stack", string(p.Stack))
		}
		if form := e.inner.MultipartForm; form != nil {
			_ = form.RemoveAll()
		}
	}()
	next.ServeHTTP(e, e.inner)
}

func isAbort(value any) bool {
	err, ok := value.(error)
	return ok && errors.Is(err, http.ErrAbortHandler)
}

// finish is for when the handler is done in time.
func (e *exchange) finish(r *http.Request) {
	// net/http removes the files of an upload through the request it made.
	r.MultipartForm, r.Pattern = e.inner.MultipartForm, e.inner.Pattern
	e.passTrailers()
	if p := e.panicked; p != nil {
		if isAbort(p) {
			panic(http.ErrAbortHandler)
		}
		panic(p)
	}
}

// A Panic is a panic of a handler, raised again where it was called from.
type Panic struct {
	Value any
	Stack []byte // of the handler
}

func (p *Panic) Error() string { return fmt.Sprintf("%v\n\n%s", p.Value, p.Stack) }

// Unwrap is the error that panic was called with, if it was one.
func (p *Panic) Unwrap() error {
	err, _ := p.Value.(error)
	return err
}
