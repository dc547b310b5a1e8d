package server

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// What a zero field of Server stands for.
const (
	DefaultHeaderTimeout  = 10 * time.Second
	DefaultIdleTimeout    = 2 * time.Minute
	DefaultBodyTimeout    = 30 * time.Second
	DefaultSendTimeout    = 2 * time.Minute
	DefaultGrace          = 10 * time.Second
	DefaultMaxHeaderBytes = 64 << 10
)

// A Server serves one listener, once. Its fields must not change after Serve is
// called. A limit that is 0 is the default; a negative timeout is none.
type Server struct {
	// Handler answers every request, "OPTIONS *" too. It must not be nil.
	Handler http.Handler
	// TLS makes the server speak TLS; LoadTLS returns one. Nil: cleartext.
	TLS *tls.Config

	// RequestLog gets a line for each request that reached Handler, when it
	// has been answered, in Django's form:
	//
	//	[22/Nov/2026 11:51:27] "GET /ok/ HTTP/1.1" 200 12
	//
	// that is local time, the request line as it was sent, the status and the
	// size of the body. Bytes that are not printable ASCII, quotes and
	// backslashes are escaped as \x1b. A size that is not known is "-": of a
	// hijacked connection, which counts as 101, and of a request whose handler
	// panicked before it answered, which counts as 500. Nil: no lines.
	RequestLog io.Writer
	// Unlogged says of a request that has been answered, by what was asked and
	// the status, whether RequestLog gets no line for it. Nil: it gets all.
	Unlogged func(r *http.Request, status int) bool
	// ErrorLog gets a line for each failure that is no answer, such as a TLS
	// handshake that failed or a handler's panic, which has its stack below.
	// It may be the same writer as RequestLog: each line is one Write, and
	// there is one Write at a time over both. Nil: no lines.
	ErrorLog io.Writer
	// Paint returns what to write around a request's line, after its time, to
	// colour it by its status. Nil: no colours.
	Paint func(status int) (on, off string)

	// HeaderTimeout is how long a client may take for a TLS handshake and for
	// the header of a request, counted from its first byte or, on a new
	// connection, from its start.
	HeaderTimeout time.Duration
	// IdleTimeout is how long a connection may stay open between requests.
	IdleTimeout time.Duration
	// BodyTimeout is how long a client may leave a handler waiting for the
	// body of a request. Time is earned back at one second for 500 bytes, so
	// that an upload may take any time but not stand still, or drip. Then
	// Body.Read returns os.ErrDeadlineExceeded. A handler that waits for a
	// body by intent calls SetReadDeadline of http.ResponseController, after
	// which its deadline alone counts, the zero one too.
	BodyTimeout time.Duration
	// SendTimeout is how long a client may take for the next 256 KiB of a
	// response that waits to be sent. Then the connection is closed. A write
	// deadline that a handler sets is used instead; a hijacked connection has
	// none.
	SendTimeout time.Duration
	// Grace is how long the requests that run when Serve's context is done
	// have to end; negative: none.
	Grace time.Duration
	// MaxHeaderBytes limits the header of a request, its first line included.
	// Above it, and at most 4 KiB that were read ahead, the answer is 431.
	MaxHeaderBytes int

	draining atomic.Bool
	running  atomic.Int64 // handlers
	conns    connSet
	log      logger

	mu     sync.Mutex
	cut    context.CancelFunc // ends every request's context; nil before Serve
	closed bool
	lost   error // what Serve returns
}

// ErrCutOff is wrapped by Serve's error when it ended before all was answered:
// after Grace, or by Close.
var ErrCutOff = errors.New("requests were cut off")

// Serve answers what comes to l until ctx is done, then drains (see the
// package's documentation) and returns nil, or an ErrCutOff. It closes l in any
// case. A request's context is not done when ctx is, but when the request is cut
// off.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	cut, err := s.start(ctx)
	if err != nil {
		return errors.Join(err, l.Close())
	}
	front := &listener{Listener: l, server: s}
	h := s.httpServer(cut)
	defer h.Close()
	served := make(chan error, 1)
	go func() { served <- serve(h, front) }()
	select {
	case err := <-served:
		return errors.Join(err, s.end(""))
	case <-ctx.Done():
		s.draining.Store(true)
		front.stop()
	case <-cut.Done():
		_ = front.Close()
	}
	<-served
	return s.end(s.drain(cut))
}

// Close cuts off what runs: connections are closed, the contexts of requests
// are done, and Serve returns. It is meant for a second signal, while Serve is
// draining.
func (s *Server) Close() error {
	_ = s.end("") // it is Serve's to return
	return nil
}

// end cuts off what there still is; when is for the error. Only its first call
// counts.
func (s *Server) end(when string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.cut == nil {
		s.closed = true
		return s.lost
	}
	s.closed = true
	// In this order: a handler that gives up because its context is done must
	// not look to its client as if it had answered.
	running := s.running.Load()
	if n := max(running, s.conns.closeAll()); n > 0 {
		s.lost = fmt.Errorf("%w%s: %d", ErrCutOff, when, n)
	}
	s.cut()
	return s.lost
}

func (s *Server) start(ctx context.Context) (cut context.Context, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.Handler == nil:
		return nil, errors.New("server: Handler is nil")
	case s.cut != nil:
		return nil, errors.New("server: Serve was called twice")
	case s.closed:
		return nil, http.ErrServerClosed
	}
	cut, s.cut = context.WithCancel(context.WithoutCancel(ctx))
	return cut, nil
}

func (s *Server) httpServer(base context.Context) *http.Server {
	h := &http.Server{
		Handler:           http.HandlerFunc(s.answer),
		ReadHeaderTimeout: or(s.HeaderTimeout, DefaultHeaderTimeout),
		IdleTimeout:       or(s.IdleTimeout, DefaultIdleTimeout),
		MaxHeaderBytes:    or(s.MaxHeaderBytes, DefaultMaxHeaderBytes),
		TLSConfig:         s.TLS,
		Protocols:         new(http.Protocols),
		ConnState:         note,
		BaseContext:       func(net.Listener) context.Context { return base },
		ErrorLog:          log.New(failures{s}, "", 0),
		// It would answer without Handler, and without a log line.
		DisableGeneralOptionsHandler: true,
	}
	h.Protocols.SetHTTP1(true)
	h.Protocols.SetHTTP2(true)
	h.Protocols.SetUnencryptedHTTP2(true)
	return h
}

func serve(h *http.Server, l net.Listener) error {
	if h.TLSConfig != nil {
		return h.ServeTLS(l, "", "")
	}
	return h.Serve(l)
}

func or[T comparable](v, standard T) T {
	var zero T
	if v == zero {
		return standard
	}
	return v
}
