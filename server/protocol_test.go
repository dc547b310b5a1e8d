package server_test

import (
	"crypto/tls"
	"net/http"
	"testing"

	"github.com/settled-go/settled/server"
)

// A protocol is a way to speak to a server.
type protocol struct {
	name, scheme, proto string
	set                 func(*http.Protocols)
}

func http1(p *http.Protocols) { p.SetHTTP1(true) }
func h2(p *http.Protocols)    { p.SetHTTP2(true) }
func h2c(p *http.Protocols)   { p.SetUnencryptedHTTP2(true) }

var cleartext = []protocol{
	{"HTTP1", "http", "HTTP/1.1", http1},
	{"HTTP2 in cleartext", "http", "HTTP/2.0", h2c},
}

var overTLS = []protocol{
	{"HTTP1 over TLS", "https", "HTTP/1.1", http1},
	{"HTTP2 over TLS", "https", "HTTP/2.0", h2},
}

func each(t *testing.T, protocols []protocol, test func(*testing.T, protocol)) {
	t.Helper()
	for _, p := range protocols {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			test(t, p)
		})
	}
}

// start serves s, and returns a client that speaks the protocol and no other.
func (p protocol) start(t *testing.T, s *server.Server) (r *running, c *http.Client, url string) {
	t.Helper()
	if p.scheme == "https" {
		s.TLS = loadTLS(t)
	}
	r = serve(t, s)
	return r, client(t, p.set), p.scheme + "://" + r.addr
}

func client(t *testing.T, set func(*http.Protocols)) *http.Client {
	t.Helper()
	transport := &http.Transport{
		Protocols:       new(http.Protocols),
		TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
	}
	set(transport.Protocols)
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport, Timeout: patience}
}
