package server_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"testing"
	"time"

	"github.com/settled-go/settled/server"
)

// A drain serves those who connected before it began, and has not even accepted
// them yet.
func TestDrainServesTheBacklog(t *testing.T) {
	t.Parallel()
	l := listen(t)
	var waiting []*peer
	for range 50 {
		waiting = append(waiting, dial(t, l.Addr().String()))
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	end := make(chan error, 1)
	s := &server.Server{Handler: hello}
	go func() { end <- s.Serve(ctx, l) }()
	for _, p := range waiting {
		p.send(t, get)
	}
	for i, p := range waiting {
		if resp, body := p.answer(t); body != "hello" || !resp.Close {
			t.Errorf("connection %d got %q, Close %v; want hello and true", i, body, resp.Close)
		}
		p.closed(t)
	}
	if err := await(t, end, "the drain"); err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestDrainClosesTheListener(t *testing.T) {
	t.Parallel()
	s := serve(t, &server.Server{Handler: hello})
	s.stop()
	if err := await(t, s.end, "Serve to return"); err != nil {
		t.Errorf("Serve: %v", err)
	}
	if p, err := connect(s.addr); err == nil {
		p.Close()
		t.Error("the port is still open")
	}
}

// Connections without a request: one that has sent nothing yet, and one that
// has been answered. Both may send, and are closed if they don't.
func TestDrainWaitsForTheNextRequest(t *testing.T) {
	t.Parallel()
	s := serve(t, &server.Server{Handler: hello})
	kept := make([]*peer, 4)
	for i := range kept {
		kept[i] = dial(t, s.addr)
		if i%2 == 0 {
			kept[i].send(t, get)
			kept[i].answer(t)
		}
	}
	s.stop()
	begin := time.Now()
	time.Sleep(200 * time.Millisecond) // well below the 500 ms of a silent connection
	for _, p := range kept[:2] {
		p.send(t, get)
		if resp, body := p.answer(t); body != "hello" || !resp.Close {
			t.Errorf("got %q, Close %v; want hello and true", body, resp.Close)
		}
		p.closed(t)
	}
	for _, p := range kept[2:] {
		p.closed(t)
	}
	if d := time.Since(begin); d < 500*time.Millisecond || d > 5*time.Second {
		t.Errorf("silent connections were closed after %v, want a little more than 500ms", d)
	}
	if err := await(t, s.end, "the drain"); err != nil {
		t.Errorf("Serve: %v", err)
	}
}

// gate is a handler whose requests wait: each sends its own on began, then goes
// on when open is closed or the request's context is done.
type gate struct {
	began chan *http.Request
	open  chan struct{}
}

func newGate() *gate {
	return &gate{began: make(chan *http.Request, 10), open: make(chan struct{})}
}

func (g *gate) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	g.began <- r
	select {
	case <-g.open:
		fmt.Fprint(w, "done")
	case <-r.Context().Done():
	}
}

func TestDrainEndsWhatRuns(t *testing.T) {
	t.Parallel()
	g := newGate()
	s := serve(t, &server.Server{Handler: g})
	p := dial(t, s.addr)
	p.send(t, get)
	r := await(t, g.began, "the request")
	s.stop()
	time.Sleep(700 * time.Millisecond) // more than a silent connection has
	if err := r.Context().Err(); err != nil {
		t.Errorf("the request's context: %v", err)
	}
	close(g.open)
	if _, body := p.answer(t); body != "done" {
		t.Errorf("got %q, want done", body)
	}
	if err := await(t, s.end, "the drain"); err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestDrainIsBounded(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		grace time.Duration
		end   func(*running)
	}{
		{"by Grace", 50 * time.Millisecond, func(*running) {}},
		{"by Close", time.Hour, func(s *running) { s.Close() }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			g := newGate()
			s := serve(t, &server.Server{Handler: g, Grace: tt.grace})
			p := dial(t, s.addr)
			p.send(t, get)
			r := await(t, g.began, "the request")
			s.stop()
			tt.end(s)
			if err := await(t, s.end, "Serve to return"); !errors.Is(err, server.ErrCutOff) {
				t.Errorf("Serve: %v, want ErrCutOff", err)
			}
			await(t, r.Context().Done(), "the request's context")
			p.closed(t)
		})
	}
}

// Close needs no drain.
func TestCloseWhileServing(t *testing.T) {
	t.Parallel()
	g := newGate()
	s := serve(t, &server.Server{Handler: g})
	p := dial(t, s.addr)
	p.send(t, get)
	await(t, g.began, "the request")
	s.Close()
	if err := await(t, s.end, "Serve to return"); !errors.Is(err, server.ErrCutOff) {
		t.Errorf("Serve: %v, want ErrCutOff", err)
	}
	p.closed(t)
}

// A hijacked connection runs as long as any other request may.
func TestDrainWaitsForHijackedConnections(t *testing.T) {
	t.Parallel()
	taken := make(chan net.Conn, 1)
	s := serve(t, &server.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
		}
		taken <- c
	})})
	p := dial(t, s.addr)
	p.send(t, get)
	c := await(t, taken, "the connection")
	s.stop()
	select {
	case err := <-s.end:
		t.Fatalf("Serve returned %v, the connection is open", err)
	case <-time.After(700 * time.Millisecond):
	}
	c.Close()
	if err := await(t, s.end, "the drain"); err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestServeIsForOneListener(t *testing.T) {
	t.Parallel()
	s := serve(t, &server.Server{Handler: hello})
	p := dial(t, s.addr)
	p.send(t, get)
	p.answer(t)
	if err := s.Serve(t.Context(), listen(t)); err == nil {
		t.Error("Serve works a second time")
	}
	if err := new(server.Server).Serve(t.Context(), listen(t)); err == nil {
		t.Error("Serve works without a handler")
	}
}
