package upstream

import (
	"context"
	"net"
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
