package upstream

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"time"
)

type dial = func(ctx context.Context, network, addr string) (net.Conn, error)

// A dialer makes connections to one server.
type dialer struct {
	to       *server
	net      dial
	timeouts Timeouts
	tls      *tlsFiles // nil without TLS
	// noted hears how each went, but not of those that nobody waited for; nil for
	// nobody.
	noted func(error)
}

// connectBy gives a server its transports.
func (p *Pool) connectBy(s *server) error {
	d := &dialer{to: s, net: p.config.dial, timeouts: p.config.Timeouts, noted: func(err error) {
		if err == nil {
			p.connected(s)
		} else {
			p.unconnected(s, err)
		}
	}}
	if s.scheme == "https" {
		var err error
		if d.tls, err = p.config.TLS.open(s.host, p.config.Log); err != nil {
			return err
		}
	}
	s.dialer = d
	s.transport = p.transport(d, p.config.Protocol)
	s.http1 = s.transport
	if s.transport.Protocols.HTTP2() || s.transport.Protocols.UnencryptedHTTP2() {
		s.http1 = p.transport(d, HTTP1)
	}
	return nil
}

func (p *Pool) transport(d *dialer, protocol Protocol) *http.Transport {
	var protocols http.Protocols
	switch {
	case protocol == H2C && d.tls == nil:
		protocols.SetUnencryptedHTTP2(true)
	case protocol == HTTP1 || d.tls == nil:
		protocols.SetHTTP1(true)
	default:
		protocols.SetHTTP1(true)
		protocols.SetHTTP2(true)
	}
	return &http.Transport{
		Proxy:       nil, // nobody else is sent anything
		DialContext: d.dial,
		DialTLSContext: func(ctx context.Context, _, addr string) (net.Conn, error) {
			return d.dialTLS(ctx, addr, protocols.HTTP2())
		},
		Protocols:             &protocols,
		HTTP2:                 &http.HTTP2Config{SendPingTimeout: 15 * time.Second, PingTimeout: 15 * time.Second},
		DisableCompression:    true, // bodies pass as they are
		MaxIdleConns:          0,
		MaxIdleConnsPerHost:   p.config.MaxIdle,
		IdleConnTimeout:       p.config.Timeouts.Idle,
		ResponseHeaderTimeout: p.config.Timeouts.Response,
		ExpectContinueTimeout: time.Second,
	}
}

func (d *dialer) dial(ctx context.Context, _, addr string) (net.Conn, error) {
	conn, err := d.connect(ctx, addr)
	d.note(err)
	return conn, err
}

// connect has no TLS.
func (d *dialer) connect(ctx context.Context, addr string) (net.Conn, error) {
	network := "tcp"
	if d.to.socket != "" {
		network, addr = "unix", d.to.socket
	}
	limited, cancel := within(ctx, d.timeouts.Connect)
	defer cancel()
	conn, err := d.net(limited, network, addr)
	if err != nil {
		return nil, &connectError{Connect, timedOut(ctx, limited, err, d.timeouts.Connect)}
	}
	return conn, nil
}

// timedOut is err, or what says so when a time limit that began with ctx is its cause.
func timedOut(ctx, limited context.Context, err error, limit time.Duration) error {
	if ctx.Err() == nil && limited.Err() != nil {
		return timeoutError(limit)
	}
	return err
}

type timeoutError time.Duration

func (e timeoutError) Error() string { return "no answer within " + time.Duration(e).String() }

func (timeoutError) Timeout() bool { return true }

func (timeoutError) Temporary() bool { return true }

// within is a context that ends after d, unless d is 0.
func within(ctx context.Context, d time.Duration) (context.Context, context.CancelFunc) {
	if d == 0 {
		return ctx, func() {}
	}
	return context.WithTimeout(ctx, d)
}

func (d *dialer) dialTLS(ctx context.Context, addr string, http2 bool) (net.Conn, error) {
	conn, err := d.handshake(ctx, addr, http2)
	d.note(err)
	return conn, err
}

func (d *dialer) handshake(ctx context.Context, addr string, http2 bool) (net.Conn, error) {
	conn, err := d.connect(ctx, addr)
	if err != nil {
		return nil, err
	}
	secure := tls.Client(conn, d.tls.config(http2))
	limited, cancel := within(ctx, d.timeouts.Handshake)
	defer cancel()
	if err := secure.HandshakeContext(limited); err != nil {
		_ = conn.Close()
		return nil, &connectError{Handshake, timedOut(ctx, limited, err, d.timeouts.Handshake)}
	}
	return secure, nil
}

func (d *dialer) note(err error) {
	if d.noted != nil && !errors.Is(err, context.Canceled) {
		d.noted(err)
	}
}
