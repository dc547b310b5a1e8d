package upstream

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// A Pool sends requests to its servers. It is safe for concurrent use.
type Pool struct {
	config  Config
	servers []*server

	mu sync.Mutex // guards the servers' states
}

// New makes a pool. It reads the files of Config.TLS and dials nothing.
func New(c Config) (*Pool, error) {
	c = c.complete()
	if len(c.Servers) == 0 {
		return nil, errors.New("upstream: there is no server")
	}
	p := &Pool{config: c}
	for _, given := range c.Servers {
		a, err := parse(given.URL)
		if err != nil {
			return nil, fmt.Errorf("upstream: the URL of a server %w", err)
		}
		s := &server{address: a, weight: int64(max(given.Weight, 1))}
		if err := p.connectBy(s); err != nil {
			return nil, err
		}
		p.servers = append(p.servers, s)
	}
	return p, nil
}

// Close closes the connections that no request uses. Others end with their
// requests.
func (p *Pool) Close() {
	for _, s := range p.servers {
		s.transport.CloseIdleConnections()
		s.http1.CloseIdleConnections()
	}
}

// RoundTrip sends a copy of r to a server. The body of a response counts as a
// request under way until it is closed; that of a 101 is an io.ReadWriteCloser.
// Errors are of type *Error.
func (p *Pool) RoundTrip(r *http.Request) (*http.Response, error) {
	x := &exchange{pool: p, in: r}
	x.begin()
	resp, err := x.run()
	x.body.finish(err != nil)
	if err != nil {
		return nil, err
	}
	return resp, nil
}

// run tries servers until there is a response, or no sense in trying another.
func (x *exchange) run() (*http.Response, *Error) {
	p, ctx := x.pool, x.in.Context()
	var last *Error
	var tried []*server
	var giveUp time.Time
	for {
		s, isTrial := p.choose(tried, x.idempotent)
		if s == nil {
			if last == nil {
				last = &Error{At: NoneHealthy, RetryAfter: p.config.Health.Interval}
			}
			return nil, last
		}
		resp, err := x.attempt(s)
		p.settle(s, isTrial, err)
		if err == nil {
			return resp, nil
		}
		s.active.Add(-1)
		last = failure(ctx, s, err, p.config.Timeouts.Attempt)
		if len(tried) == 0 {
			giveUp = time.Now().Add(p.config.Retries.For)
		}
		tried = append(tried, s)
		if !x.mayRetry(last) || len(tried) > p.config.Retries.Max || !time.Now().Before(giveUp) {
			return nil, last
		}
	}
}

// mayRetry says whether another server may be tried: the request is as it was, and
// doing it twice would do no harm.
func (x *exchange) mayRetry(e *Error) bool {
	return (e.At == Connect || e.At == Handshake) && x.idempotent && !x.body.isTouched()
}

// attempt sends the request to one server.
func (x *exchange) attempt(s *server) (*http.Response, error) {
	limit := x.pool.config.Timeouts.Attempt
	if limit == 0 {
		resp, err := x.transport(s).RoundTrip(x.request(x.in.Context(), s))
		if err == nil {
			x.keep(resp, s, nil)
		}
		return resp, err
	}
	ctx, cancel := context.WithCancelCause(x.in.Context())
	timer := time.AfterFunc(limit, func() { cancel(errAttempt) })
	resp, err := x.transport(s).RoundTrip(x.request(ctx, s))
	if err == nil && !timer.Stop() { // it ended the context of the response, too
		_ = resp.Body.Close()
		err = errAttempt
	}
	if err != nil {
		timer.Stop()
		if context.Cause(ctx) == errAttempt {
			err = errAttempt
		}
		cancel(nil)
		return nil, err
	}
	x.keep(resp, s, cancel)
	return resp, nil
}
