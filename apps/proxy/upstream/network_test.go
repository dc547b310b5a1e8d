package upstream_test

import (
	"context"
	"net"
	"net/http"
	"sync"
	"syscall"
	"testing"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

// A network is one without sockets, so that tests can run by a clock of their own.
type network struct {
	mu      sync.Mutex
	servers map[string]*pipes
	hanging map[string]bool // no answer to who wants a connection
	dialled []string
}

func newNetwork() *network {
	return &network{servers: map[string]*pipes{}, hanging: map[string]bool{}}
}

// A pipes is a net.Listener of the network.
type pipes struct {
	conns  chan net.Conn
	closed chan struct{}
	close  func()
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error { p.close(); return nil }

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipe", Net: "pipe"} }

// serve has h answer at host:80, until it is stopped.
func (n *network) serve(t *testing.T, host string, h http.HandlerFunc) (stop func()) {
	t.Helper()
	closed := make(chan struct{})
	p := &pipes{conns: make(chan net.Conn), closed: closed, close: sync.OnceFunc(func() { close(closed) })}
	n.mu.Lock()
	n.servers[host+":80"] = p
	n.mu.Unlock()
	s := &http.Server{Handler: h}
	go func() { _ = s.Serve(p) }()
	stop = sync.OnceFunc(func() {
		n.mu.Lock()
		delete(n.servers, host+":80")
		n.mu.Unlock()
		_ = s.Close()
	})
	t.Cleanup(stop)
	return stop
}

func (n *network) hang(host string, hangs bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.hanging[host+":80"] = hangs
}

// count says how many connections were asked for since the last time.
func (n *network) count() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	defer func() { n.dialled = nil }()
	return len(n.dialled)
}

func (n *network) dial(ctx context.Context, _, addr string) (net.Conn, error) {
	n.mu.Lock()
	n.dialled = append(n.dialled, addr)
	server, hangs := n.servers[addr], n.hanging[addr]
	n.mu.Unlock()
	refused := &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	switch {
	case hangs:
		<-ctx.Done()
		return nil, ctx.Err()
	case server == nil:
		return nil, refused
	}
	here, there := net.Pipe()
	select {
	case server.conns <- there:
		return here, nil
	case <-server.closed:
		return nil, refused
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// pool is one of the servers at hosts of the network.
func (n *network) pool(t *testing.T, c upstream.Config, hosts ...string) *upstream.Pool {
	t.Helper()
	for _, host := range hosts {
		c.Servers = append(c.Servers, upstream.Server{URL: "http://" + host})
	}
	return newPool(t, c.WithDial(n.dial))
}

// ask sends a request, and returns the status of the response or of the error.
func ask(t *testing.T, p *upstream.Pool, method string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://site/", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := p.RoundTrip(r)
	if err != nil {
		return statusOf(t, err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode
}

func statusOf(t *testing.T, err error) int {
	t.Helper()
	e, ok := err.(*upstream.Error)
	if !ok {
		t.Fatalf("%T is no *upstream.Error: %v", err, err)
	}
	return e.Status()
}

// says is a handler that answers with a status.
func says(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
}
