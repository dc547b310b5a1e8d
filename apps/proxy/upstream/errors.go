package upstream

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// A Stage is how far an exchange with a server came.
type Stage string

const (
	Connect     Stage = "connect"      // no connection
	Handshake   Stage = "TLS"          // a connection, and no TLS on it
	Response    Stage = "response"     // the request was sent, in part at least
	NoneHealthy Stage = "none healthy" // no server was asked
	Canceled    Stage = "canceled"     // the client did not wait
)

// An Error says why there is no response.
type Error struct {
	Server     string        // its URL; "" for NoneHealthy
	At         Stage         //
	Timeout    bool          // a time limit ended it
	RetryAfter time.Duration // for NoneHealthy: when a server may be back
	Err        error         // the cause; nil for NoneHealthy
}

func (e *Error) Error() string {
	if e.At == NoneHealthy {
		return "no upstream is healthy"
	}
	return fmt.Sprintf("upstream %s: %s: %v", e.Server, e.At, e.Err)
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// Status is what a proxy answers with: 503 when no server is healthy, 504 after a
// time limit, else 502.
func (e *Error) Status() int {
	switch {
	case e.At == NoneHealthy:
		return http.StatusServiceUnavailable
	case e.Timeout:
		return http.StatusGatewayTimeout
	}
	return http.StatusBadGateway
}

// A connectError is that of a connection, or of TLS on it: nothing of the request
// has been sent.
type connectError struct {
	at  Stage
	err error
}

func (e *connectError) Error() string { return e.err.Error() }

func (e *connectError) Unwrap() error { return e.err }

// errAttempt ends what takes longer than Timeouts.Attempt.
var errAttempt = errors.New("the time limit for an attempt is over")

// failure is the Error for what a transport returned. limit is Timeouts.Attempt.
func failure(ctx context.Context, s *server, err error, limit time.Duration) *Error {
	e := &Error{Server: s.name, At: Response, Err: err}
	var connect *connectError
	if errors.As(err, &connect) {
		e.At, e.Err = connect.at, connect.err
	}
	var timed net.Error
	switch {
	case ctx.Err() != nil:
		e.At = Canceled
		e.Timeout = errors.Is(ctx.Err(), context.DeadlineExceeded)
	case errors.Is(err, errAttempt):
		e.Err = timeoutError(limit)
		e.Timeout = true
	case errors.As(err, &timed) && timed.Timeout():
		e.Timeout = true
	}
	return e
}
