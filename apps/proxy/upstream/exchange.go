package upstream

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"
)

// An exchange is one request and its response. All that it needs is one
// allocation.
type exchange struct {
	pool       *Pool
	in         *http.Request
	idempotent bool

	out  http.Request
	url  url.URL
	body requestBody

	server   *server // whose response it is
	response io.ReadCloser
	cancel   context.CancelCauseFunc // nil for none
	ended    atomic.Bool
}

func (x *exchange) begin() {
	x.idempotent = isIdempotent(x.in)
	if b := x.in.Body; b != nil && b != http.NoBody {
		x.body.of = b
	}
}

// isIdempotent says whether doing the request twice is as doing it once (RFC 9110,
// 9.2.2), by its method or by a header as net/http knows it.
func isIdempotent(r *http.Request) bool {
	switch r.Method {
	case "", http.MethodGet, http.MethodHead, http.MethodOptions, http.MethodTrace, http.MethodPut, http.MethodDelete:
		return true
	}
	return r.Header["Idempotency-Key"] != nil || r.Header["X-Idempotency-Key"] != nil
}

// request is a copy of the request for a server.
func (x *exchange) request(ctx context.Context, s *server) *http.Request {
	out := &x.out
	if ctx == x.in.Context() {
		*out = *x.in
	} else {
		*out = *x.in.WithContext(ctx)
	}
	x.url = *x.in.URL
	s.direct(&x.url)
	out.URL = &x.url
	if x.body.of != nil {
		out.Body, out.GetBody = &x.body, x.body.again
	}
	return out
}

// transport is the one for the request: an upgrade is of HTTP/1.1 only.
func (x *exchange) transport(s *server) *http.Transport {
	if x.in.Header["Upgrade"] != nil {
		return s.http1
	}
	return s.transport
}

// keep counts the request as under way until the body of the response is closed.
func (x *exchange) keep(resp *http.Response, s *server, cancel context.CancelCauseFunc) {
	x.server, x.response, x.cancel = s, resp.Body, cancel
	if both, ok := resp.Body.(io.ReadWriteCloser); ok && resp.StatusCode == http.StatusSwitchingProtocols {
		resp.Body = &upgraded{exchange: x, conn: both}
		return
	}
	resp.Body = (*responseBody)(x)
}

// end is called when the exchange is over, perhaps several times.
func (x *exchange) end() {
	if x.ended.Swap(true) {
		return
	}
	x.server.active.Add(-1)
	if x.cancel != nil {
		x.cancel(nil)
	}
}

// A responseBody is that of a response. When it has been read to its end or has
// failed, the server has no more to do with it.
type responseBody exchange

func (b *responseBody) Read(p []byte) (int, error) {
	n, err := b.response.Read(p)
	if err != nil {
		(*exchange)(b).end()
	}
	return n, err
}

func (b *responseBody) Close() error {
	err := b.response.Close()
	(*exchange)(b).end()
	return err
}

// An upgraded connection is in use until it is closed, also when one side has said
// all.
type upgraded struct {
	*exchange
	conn io.ReadWriteCloser
}

func (u *upgraded) Read(p []byte) (int, error) { return u.conn.Read(p) }

func (u *upgraded) Write(p []byte) (int, error) { return u.conn.Write(p) }

func (u *upgraded) Close() error {
	err := u.conn.Close()
	u.end()
	return err
}

// CloseWrite tells the server that the client has said all.
func (u *upgraded) CloseWrite() error {
	if half, ok := u.conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return http.ErrNotSupported
}
