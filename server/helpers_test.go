package server_test

import (
	"bufio"
	"bytes"
	"context"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/settled-go/settled/server"
)

// patience is how long a test waits for what must happen.
const patience = 10 * time.Second

// The tests mostly wait, so that more of them fit a processor.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := flag.Set("test.parallel", "16"); err != nil {
		panic(err)
	}
	m.Run()
}

// A running is a server that serves.
type running struct {
	*server.Server
	addr string
	stop context.CancelFunc
	end  <-chan error // of Serve
}

// serve starts s on a free port of 127.0.0.1. The test fails if s does not end
// with it.
func serve(t *testing.T, s *server.Server) *running {
	t.Helper()
	return serveOn(t, s, listen(t))
}

func serveOn(t *testing.T, s *server.Server, l net.Listener) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	end := make(chan error, 1)
	done := make(chan struct{})
	go func() {
		defer close(done)
		end <- s.Serve(ctx, l)
	}()
	t.Cleanup(func() {
		stop()
		s.Close()
		await(t, done, "Serve to return")
	})
	return &running{Server: s, addr: l.Addr().String(), stop: stop, end: end}
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := server.Listen(t.Context(), server.Address{Host: "127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func await[T any](t *testing.T, c <-chan T, what string) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(patience):
		t.Errorf("waited %v for %s", patience, what)
	}
	return v
}

// A peer is a client that sends exactly what it is told to.
type peer struct {
	net.Conn
	in *bufio.Reader
}

func dial(t *testing.T, addr string) *peer {
	t.Helper()
	p, err := connect(addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return p
}

func connect(addr string) (*peer, error) {
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	c.SetDeadline(time.Now().Add(patience))
	return &peer{Conn: c, in: bufio.NewReader(c)}, nil
}

func (p *peer) send(t *testing.T, text string) {
	t.Helper()
	if _, err := io.WriteString(p, text); err != nil {
		t.Fatal(err)
	}
}

// answer reads a response with its body.
func (p *peer) answer(t *testing.T) (*http.Response, string) {
	t.Helper()
	resp, body, err := p.read()
	if err != nil {
		t.Fatal(err)
	}
	return resp, body
}

func (p *peer) read() (*http.Response, string, error) {
	resp, err := http.ReadResponse(p.in, nil)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return resp, string(body), err
}

// closed fails the test if more comes than the connection's end.
func (p *peer) closed(t *testing.T) {
	t.Helper()
	if rest, err := io.ReadAll(p.in); err != nil || len(rest) > 0 {
		t.Errorf("the connection goes on with %q, %v; want its end", rest, err)
	}
}

const get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"

// hello answers every request.
var hello = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, "hello")
})

// A lines collects what is written; each Write has to be a line.
type lines struct {
	mu   sync.Mutex
	text bytes.Buffer
	next chan string
}

func newLines() *lines { return &lines{next: make(chan string, 1000)} }

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.next <- string(p)
	return l.text.Write(p)
}

// line waits for the next line, and returns it without its time.
func (l *lines) line(t *testing.T) string {
	t.Helper()
	line := await(t, l.next, "a line in the log")
	if !strings.HasPrefix(line, "[") || !strings.HasSuffix(line, "\n") {
		t.Errorf("Write(%q), want one whole line", line)
	}
	_, line, _ = strings.Cut(strings.TrimSuffix(line, "\n"), "] ")
	return line
}
