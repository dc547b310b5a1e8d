package server

import (
	"crypto/tls"
	"errors"
	"io"
	"math"
	"net"
	"net/http"
	"os"
	"sync/atomic"
	"time"
)

// sendPiece is how much of a response has SendTimeout to be taken.
const sendPiece = 256 << 10

// A conn is a connection that the server can judge: whether it is silent, and
// whether its client takes what is sent.
type conn struct {
	net.Conn
	server *Server
	opened bool // the client has sent something

	// For the drain.
	busy   atomic.Bool // a request is being answered, or the connection was hijacked
	heard  atomic.Bool // something came since the drain looked last
	silent int         // looks at which nothing had come, for the drain alone
	hushed atomic.Bool // the read deadline is the drain's

	// For SendTimeout. The write deadline is theirs while net/http or a handler
	// has set one, and for ever on a hijacked connection.
	theirs   atomic.Bool
	hijacked atomic.Bool
	armed    atomic.Int64 // when the deadline was set last, in Unix nanoseconds
}

func (c *conn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	if errors.Is(err, os.ErrDeadlineExceeded) && c.hushed.CompareAndSwap(true, false) {
		n, err = c.readWaiting(p)
	}
	if n > 0 {
		c.heard.Store(true)
		if !c.opened {
			c.opened = true
			c.greet(p[:n])
		}
	}
	return n, err
}

// readWaiting reads what has come although the drain heard nothing: on a loaded
// machine that may be a request. Only a deadline to come lets a read look.
func (c *conn) readWaiting(p []byte) (int, error) {
	_ = c.Conn.SetReadDeadline(time.Now().Add(lastLook))
	n, err := c.Conn.Read(p)
	if err == nil {
		_ = c.Conn.SetReadDeadline(time.Time{})
	}
	return n, err
}

// greet tells of a browser that was sent to https:// by mistake: all it shows
// is that the connection failed.
func (c *conn) greet(p []byte) {
	const handshake, major = 22, 3 // TLS record header, RFC 8446, section 5.1
	if c.server.TLS == nil && len(p) > 1 && p[0] == handshake && p[1] == major {
		c.server.report("You're accessing the development server over HTTPS, but it only supports HTTP. (" +
			c.RemoteAddr().String() + "; use http://, or give the server a certificate and its key.)")
	}
}

func (c *conn) Write(p []byte) (n int, err error) {
	for {
		c.arm()
		m, err := c.Conn.Write(p[:min(len(p), sendPiece)])
		n += m
		p = p[m:]
		if err != nil || len(p) == 0 {
			return n, err
		}
	}
}

// ReadFrom lets net/http use sendfile, in pieces that each have SendTimeout.
func (c *conn) ReadFrom(src io.Reader) (n int64, err error) {
	all, ok := src.(*io.LimitedReader)
	if !ok {
		all = &io.LimitedReader{R: src, N: math.MaxInt64}
	}
	for all.N > 0 {
		c.arm()
		want := min(all.N, sendPiece)
		m, err := io.Copy(c.Conn, &io.LimitedReader{R: all.R, N: want})
		n += m
		all.N -= m
		if err != nil || m < want {
			return n, err
		}
	}
	return n, nil
}

// arm gives the client SendTimeout to take what comes. Setting a deadline is
// dear, so one that has most of its time left stays.
func (c *conn) arm() {
	limit := or(c.server.SendTimeout, DefaultSendTimeout)
	if limit < 0 || c.theirs.Load() || c.hijacked.Load() {
		return
	}
	now := time.Now()
	if now.UnixNano()-c.armed.Load() < int64(limit/8) {
		return
	}
	c.armed.Store(now.UnixNano())
	_ = c.Conn.SetWriteDeadline(now.Add(limit))
}

// SetWriteDeadline is net/http's, which clears the deadline after each request,
// and the handlers'.
func (c *conn) SetWriteDeadline(t time.Time) error {
	if t.IsZero() && !c.theirs.Load() {
		return nil
	}
	c.theirs.Store(!t.IsZero())
	c.armed.Store(0)
	return c.Conn.SetWriteDeadline(t)
}

// SetDeadline is SetWriteDeadline for both directions.
func (c *conn) SetDeadline(t time.Time) error {
	c.theirs.Store(!t.IsZero())
	c.armed.Store(0)
	return c.Conn.SetDeadline(t)
}

// CloseWrite lets net/http end a response to a client that is still sending.
func (c *conn) CloseWrite() error {
	if half, ok := c.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return nil
}

func (c *conn) Close() error {
	c.server.conns.remove(c)
	return c.Conn.Close()
}

// NetConn is the connection below, as tls.Conn has it: for who hijacks it.
func (c *conn) NetConn() net.Conn { return c.Conn }

// note is http.Server.ConnState.
func note(nc net.Conn, state http.ConnState) {
	if t, ok := nc.(*tls.Conn); ok {
		nc = t.NetConn()
	}
	c := nc.(*conn)
	switch state {
	case http.StateActive:
		c.busy.Store(true)
	case http.StateIdle:
		c.busy.Store(false)
	case http.StateHijacked:
		c.hijacked.Store(true)
	}
}
