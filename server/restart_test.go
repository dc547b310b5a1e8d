package server_test

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/settled-go/settled/server"
)

// A user sends requests to addr until stop is closed.
type user func(addr string, stop <-chan struct{}) outcome

type outcome struct {
	answered int
	failures []error
}

func (o *outcome) count(err error) {
	if err != nil {
		o.failures = append(o.failures, err)
	} else {
		o.answered++
	}
}

// restart hands one listening socket from server to server while users send
// requests.
func restart(t *testing.T, users int, use user) {
	t.Helper()
	socket := listen(t).(*net.TCPListener)
	defer socket.Close()
	current := serveOn(t, &server.Server{Handler: hello}, share(t, socket))
	stop := make(chan struct{})
	outcomes := make([]outcome, users)
	var all sync.WaitGroup
	for i := range outcomes {
		all.Go(func() { outcomes[i] = use(socket.Addr().String(), stop) })
	}
	for range 5 {
		time.Sleep(50 * time.Millisecond)
		next := serveOn(t, &server.Server{Handler: hello}, share(t, socket))
		current.stop()
		if err := await(t, current.end, "the drain"); err != nil {
			t.Errorf("Serve: %v", err)
		}
		current = next
	}
	close(stop)
	all.Wait()
	answered := 0
	for _, o := range outcomes {
		answered += o.answered
		for _, err := range o.failures {
			t.Error(err)
		}
	}
	t.Logf("%d requests were answered", answered)
}

// share returns the listener of another process with the same socket.
func share(t *testing.T, l *net.TCPListener) net.Listener {
	t.Helper()
	f, err := l.File()
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	shared, err := net.FileListener(f)
	if err != nil {
		t.Fatal(err)
	}
	return shared
}

func TestRestartLosesNothing(t *testing.T) {
	t.Parallel()
	restart(t, 16, keepAlive)
}

func TestRestartLosesNothingOfHTTP2(t *testing.T) {
	t.Parallel()
	c := client(t, h2c)
	restart(t, 16, func(addr string, stop <-chan struct{}) (o outcome) {
		for pause(stop) {
			resp, err := c.Get("http://" + addr)
			if err == nil {
				_, err = io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
			o.count(err)
		}
		return o
	})
}

// keepAlive is a strict user: it uses its connection until it is told not to,
// and tries nothing again.
func keepAlive(addr string, stop <-chan struct{}) (o outcome) {
	var p *peer
	for pause(stop) {
		if p == nil {
			var err error
			if p, err = connect(addr); err != nil {
				o.count(err)
				continue
			}
		}
		last, err := p.ask()
		o.count(err)
		if last {
			p.Close()
			p = nil
		}
	}
	return o
}

// pause is short, but a server may think that the connection is idle.
func pause(stop <-chan struct{}) (again bool) {
	select {
	case <-stop:
		return false
	case <-time.After(rand.N(4 * time.Millisecond)):
		return true
	}
}

func (p *peer) ask() (last bool, err error) {
	if _, err := io.WriteString(p, get); err != nil {
		return true, err
	}
	resp, body, err := p.read()
	if err != nil {
		return true, err
	}
	if resp.StatusCode != http.StatusOK || body != "hello" {
		err = fmt.Errorf("answer %d %q", resp.StatusCode, body)
	}
	return resp.Close, err
}
