// Package upstream sends requests to one of several servers: to the one with the
// fewest requests under way, among those that are healthy. It checks their health,
// tries another server when no connection came about, and limits what may be waited
// for without ever cutting a stream. A Pool is an http.RoundTripper, for
// httputil.ReverseProxy.
//
// Nothing is dialled before the first request or, with health checks, before Run.
// No proxy of the environment is used, and bodies pass as they are.
package upstream

import (
	"cmp"
	"log/slog"
	"net"
	"time"
)

// A Config says which servers there are, and how to deal with them. A zero value
// means the default; a negative one, where 0 is the default, means none.
type Config struct {
	Servers []Server

	Timeouts Timeouts
	Retries  Retries
	Failures Failures
	Health   Health
	TLS      TLS
	Protocol Protocol

	// MaxIdle is how many connections to a server are kept open between
	// requests. Default: 128.
	MaxIdle int

	// Log has a line for each change of a server's state. Default:
	// slog.Default().
	Log *slog.Logger

	dial dial // nil but in tests
}

// A Server is one of those that requests are sent to.
type Server struct {
	// URL is http://HOST:PORT or https://HOST:PORT, perhaps with a path that goes
	// before that of requests; or unix:///run/app.sock for a socket in the file
	// system.
	URL string
	// Weight is the server's share: one of weight 2 is sent twice as many
	// requests as one of weight 1. Default: 1.
	Weight int
}

// Timeouts are for how long is waited for a server. None of them counts once the
// response has begun, so they cut no stream.
type Timeouts struct {
	// Connect is for a connection. Default: 5s.
	Connect time.Duration
	// Handshake is for TLS on it. Default: 5s.
	Handshake time.Duration
	// Response is for the header of the response, from when the request has been
	// sent. Default: 60s, as nginx has it.
	Response time.Duration
	// Attempt is for all of that together, and for sending the request: a large
	// upload has to fit. It is not looked at while the client sends nothing.
	// Default: none.
	Attempt time.Duration
	// Idle is for how long a connection is kept that no request uses. It should
	// be shorter than what the server keeps it for, so that no request meets a
	// connection that the server closes. Default: 60s.
	Idle time.Duration
}

// Retries say how often a request that could not be handed over is tried on
// another server. That is done only when no connection came about, and only for
// requests that are idempotent and whose body has not been touched.
type Retries struct {
	// Max is the number of further servers. Default: 3.
	Max int
	// For is for how long after the first failure another one is begun.
	// Default: 10s.
	For time.Duration
}

// Failures say when a server that accepts no connections is left out: after Max
// failures with no success between, for For. Then one request tries it again. As
// long as no other server is left, it is tried by all.
type Failures struct {
	// Max is how many connections have to fail. Default: 1, as nginx has it.
	Max int
	// For is how long the server is left out. Default: 10s.
	For time.Duration
}

// A Protocol says what is spoken with the servers.
type Protocol string

const (
	// Auto is HTTP/2 over TLS where the server offers it, else HTTP/1.1.
	Auto Protocol = ""
	// HTTP1 is HTTP/1.1 only.
	HTTP1 Protocol = "http/1.1"
	// H2C is HTTP/2 without TLS. Requests for a WebSocket go by HTTP/1.1.
	H2C Protocol = "h2c"
)

// complete fills in the defaults.
func (c Config) complete() Config {
	duration := func(d *time.Duration, def time.Duration) { *d = max(cmp.Or(*d, def), 0) }
	duration(&c.Timeouts.Connect, 5*time.Second)
	duration(&c.Timeouts.Handshake, 5*time.Second)
	duration(&c.Timeouts.Response, 60*time.Second)
	duration(&c.Timeouts.Attempt, 0)
	duration(&c.Timeouts.Idle, 60*time.Second)
	duration(&c.Retries.For, 10*time.Second)
	duration(&c.Failures.For, 10*time.Second)
	c.Retries.Max = max(cmp.Or(c.Retries.Max, 3), 0)
	c.Failures.Max = max(cmp.Or(c.Failures.Max, 1), 0)
	c.MaxIdle = cmp.Or(c.MaxIdle, 128)
	c.Health = c.Health.complete()
	if c.dial == nil {
		c.dial = new(net.Dialer).DialContext
	}
	if c.Log == nil {
		c.Log = slog.Default()
	}
	return c
}
