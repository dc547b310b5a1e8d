package chaintest

import (
	"bufio"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled"
)

func tryHijack(t *testing.T, x *trial, site *settled.Site) {
	const written = "HTTP/1.1 299 Mine\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx"
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		io.WriteString(conn, written)
	})
	got, err := io.ReadAll(x.dial(t, "GET /x/ HTTP/1.1"))
	if string(got) != written || err != nil {
		t.Errorf("got %q, %v: want what the handler wrote, and nothing else", got, err)
	}
}

func tryNoHijack(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		if _, _, err := http.NewResponseController(w).Hijack(); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("got %v, want ErrNotSupported", err)
		}
		text(w)
		w.WriteHeader(http.StatusAccepted)
		io.WriteString(w, "all the same")
	})
	if resp, body, err := x.fetch(); err != nil || resp.StatusCode != 202 || body != "all the same" {
		t.Errorf("got %v %q, %v", resp, body, err)
	}
}

// tryUpgrade is what libraries for WebSockets do.
func tryUpgrade(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Upgrade", "echo")
		w.Header().Set("Connection", "Upgrade")
		w.WriteHeader(http.StatusSwitchingProtocols)
		conn, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer conn.Close()
		line, _ := rw.ReadString('\n')
		rw.WriteString("echo " + line)
		rw.Flush()
	})
	conn := x.dial(t, "GET /x/ HTTP/1.1", "Upgrade: echo", "Connection: Upgrade")
	in := bufio.NewReader(conn)
	resp, err := http.ReadResponse(in, nil)
	if err != nil || resp.StatusCode != http.StatusSwitchingProtocols || resp.Header.Get("Upgrade") != "echo" {
		t.Fatalf("got %v, %v", resp, err)
	}
	io.WriteString(conn, "hello\n")
	if line, err := in.ReadString('\n'); line != "echo hello\n" {
		t.Errorf("got %q, %v", line, err)
	}
}

func tryReadDeadline(t *testing.T, x *trial, site *settled.Site) {
	result := make(chan error, 1)
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		if err := http.NewResponseController(w).SetReadDeadline(time.Unix(1, 0)); err != nil {
			result <- err
			return
		}
		if _, err := io.ReadAll(r.Body); err == nil || !os.IsTimeout(err) && !errors.Is(err, os.ErrDeadlineExceeded) {
			result <- errors.New("a body that never ends was read until " + errorText(err))
			return
		}
		result <- nil
	})
	body, sender := io.Pipe()
	defer sender.Close()
	r, err := http.NewRequestWithContext(t.Context(), "POST", x.url, body)
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		if resp, err := x.c.Do(r); err == nil {
			resp.Body.Close()
		}
	}()
	io.WriteString(sender, "a part")
	if err := <-result; err != nil {
		t.Error(err)
	}
}

func errorText(err error) string {
	if err == nil {
		return "no error"
	}
	return err.Error()
}

func tryWriteDeadline(t *testing.T, x *trial, site *settled.Site) {
	result := make(chan error, 1)
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		rc := http.NewResponseController(w)
		if err := rc.SetWriteDeadline(time.Unix(1, 0)); err != nil {
			result <- err
			return
		}
		result <- nil
		text(w)
		for range 100 {
			io.WriteString(w, strings.Repeat("x", 1<<16))
		}
	})
	_, body, err := x.fetch()
	if e := <-result; e != nil {
		t.Error(e)
	}
	if err == nil {
		t.Errorf("%d bytes came after the deadline", len(body))
	}
}

func tryFullDuplex(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		rc := http.NewResponseController(w)
		if err := rc.EnableFullDuplex(); err != nil {
			t.Error(err)
		}
		text(w)
		in := bufio.NewReader(r.Body)
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				return
			}
			io.WriteString(w, "echo "+line)
			rc.Flush()
		}
	})
	body, sender := io.Pipe()
	go io.WriteString(sender, "one\n")
	resp := x.do(t, "POST", body)
	in := bufio.NewReader(resp.Body)
	for _, next := range []string{"two\n", ""} {
		line, err := in.ReadString('\n')
		if err != nil || !strings.HasPrefix(line, "echo ") {
			t.Fatalf("got %q, %v", line, err)
		}
		io.WriteString(sender, next)
	}
	sender.Close()
}

// tryPush: no client of today takes a push.
func tryPush(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		p, ok := w.(http.Pusher)
		if !ok {
			t.Error("the writer is no Pusher")
		} else if err := p.Push("/y/", nil); !errors.Is(err, http.ErrNotSupported) {
			t.Errorf("got %v, want ErrNotSupported", err)
		}
		io.WriteString(w, "ok")
	})
	if _, body, err := x.fetch(); body != "ok" || err != nil {
		t.Errorf("got %q, %v", body, err)
	}
}

// tryCloseNotify: what has the method keeps its promise.
func tryCloseNotify(t *testing.T, x *trial, site *settled.Site) {
	goneAway := make(chan bool, 1)
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		n, ok := w.(interface{ CloseNotify() <-chan bool })
		w.Header().Set("X-Has", "no")
		if ok {
			w.Header().Set("X-Has", "yes")
		}
		http.NewResponseController(w).Flush()
		if ok {
			select {
			case <-n.CloseNotify():
				goneAway <- true
			case <-time.After(10 * time.Second):
				goneAway <- false
			}
		}
	})
	resp := x.do(t, "GET", nil)
	resp.Body.Close()
	if resp.Header.Get("X-Has") == "yes" && !<-goneAway {
		t.Error("the client has gone away, and nobody was told")
	}
}

func tryGone(t *testing.T, x *trial, site *settled.Site) {
	ended := make(chan struct{})
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "first")
		http.NewResponseController(w).Flush()
		<-r.Context().Done()
		close(ended)
	})
	x.do(t, "GET", nil).Body.Close()
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("the context of a request outlives its client")
	}
}
