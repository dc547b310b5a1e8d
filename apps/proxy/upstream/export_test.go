package upstream

import (
	"context"
	"net"
	"net/http"
)

// WithDial has connections made by a function, for tests without sockets.
func (c Config) WithDial(dial func(ctx context.Context, network, addr string) (net.Conn, error)) Config {
	c.dial = dial
	return c
}

// Active are the numbers of requests under way, by server.
func (p *Pool) Active() (all []int64) {
	for _, s := range p.servers {
		all = append(all, s.active.Load())
	}
	return all
}

// Answer has the pool's transports answer by themselves.
func (p *Pool) Answer(by http.RoundTripper) {
	for _, s := range p.servers {
		s.transport.RegisterProtocol(s.scheme, by)
	}
}
