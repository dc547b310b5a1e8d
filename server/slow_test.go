package server_test

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/server"
)

const short = 100 * time.Millisecond

// ends fails the test if p's connection is open for a time that only a default
// explains.
func (p *peer) ends(t *testing.T) {
	t.Helper()
	begin := time.Now()
	io.Copy(io.Discard, p.in)
	if d := time.Since(begin); d > patience/2 {
		t.Errorf("the connection was open for %v, want %v", d, short)
	}
}

func TestSilentClientsAreClosed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		server *server.Server
		send   string
	}{
		{"nothing sent", &server.Server{HeaderTimeout: short}, ""},
		{"half a header", &server.Server{HeaderTimeout: short}, "GET / HTTP/1.1\r\nHost: x\r\n"},
		{"half a preface of HTTP/2", &server.Server{HeaderTimeout: short}, "PRI * HTTP/2.0\r\n"},
		{"between requests", &server.Server{IdleTimeout: short}, get},
		{"body that nobody reads", &server.Server{BodyTimeout: short}, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.server.Handler = hello
			s := serve(t, tt.server)
			p := dial(t, s.addr)
			p.send(t, tt.send)
			p.ends(t)
		})
	}
}

// A header that drips keeps the connection no longer than one that stops.
func TestDrippingHeader(t *testing.T) {
	t.Parallel()
	s := serve(t, &server.Server{Handler: hello, HeaderTimeout: short})
	p := dial(t, s.addr)
	p.send(t, "GET / HTTP/1.1\r\nX: ")
	begin := time.Now()
	for time.Since(begin) < patience {
		if _, err := p.Write([]byte("x")); err != nil {
			return
		}
		time.Sleep(short / 20)
	}
	t.Errorf("the connection was open for %v", time.Since(begin))
}

func TestHeaderLimit(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		limit int
		size  int
		want  int
	}{
		{"default, below", 0, 60 << 10, 200},
		{"default, above", 0, 70 << 10, 431},
		{"below", 8 << 10, 7 << 10, 200},
		{"above", 8 << 10, 13 << 10, 431},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			each(t, cleartext, func(t *testing.T, p protocol) {
				_, c, url := p.start(t, &server.Server{Handler: hello, MaxHeaderBytes: tt.limit})
				req, _ := http.NewRequest("GET", url, nil)
				for range tt.size / 1000 {
					req.Header.Add("X", strings.Repeat("x", 1000))
				}
				resp, err := c.Do(req)
				if p.proto == "HTTP/2.0" && tt.want == 431 && err != nil {
					return // the client knows the limit, and may not even try
				}
				if err != nil {
					t.Fatal(err)
				}
				resp.Body.Close()
				if resp.StatusCode != tt.want {
					t.Errorf("status %d, want %d", resp.StatusCode, tt.want)
				}
			})
		})
	}
}

// A client that takes nothing is given up, one that takes slowly is not.
func TestReaders(t *testing.T) {
	t.Parallel()
	const size = 32 << 20 // more than the system's buffers
	source := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(source, make([]byte, size), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name    string
		handler http.HandlerFunc
	}{
		{"one write", func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", fmt.Sprint(size))
			w.Write(make([]byte, size))
		}},
		{"file", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, source) }},
	} {
		t.Run(tt.name+" to one who stalls", func(t *testing.T) {
			t.Parallel()
			_, ended := download(t, tt.handler)
			await(t, ended, "the handler")
		})
		t.Run(tt.name+" to one who is slow", func(t *testing.T) {
			t.Parallel()
			p, ended := download(t, tt.handler)
			for read := int64(0); read < size; {
				n, err := io.CopyN(io.Discard, p.in, 2<<20)
				if read += n; err != nil && read < size {
					t.Fatalf("%d bytes, then %v", read, err)
				}
				time.Sleep(short)
			}
			await(t, ended, "the handler")
		})
	}
}

// download asks for what h sends, and reads none of it.
func download(t *testing.T, h http.Handler) (p *peer, ended <-chan struct{}) {
	t.Helper()
	done := make(chan struct{})
	s := serve(t, &server.Server{SendTimeout: 10 * short, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer close(done)
		h.ServeHTTP(w, r)
	})})
	p = dial(t, s.addr)
	p.Conn.(*net.TCPConn).SetReadBuffer(64 << 10)
	p.send(t, get)
	return p, done
}

// Who hijacks a connection sets its deadlines.
func TestHijackedConnectionMayStall(t *testing.T) {
	t.Parallel()
	const size = 32 << 20
	s := serve(t, &server.Server{SendTimeout: short, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		c, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		defer c.Close()
		c.SetWriteDeadline(time.Now())
		c.SetWriteDeadline(time.Time{})
		if n, err := c.Write(make([]byte, size)); err != nil {
			t.Errorf("%d bytes, then %v", n, err)
		}
	})})
	p := dial(t, s.addr)
	p.send(t, get)
	time.Sleep(3 * short)
	if n, err := io.Copy(io.Discard, p.in); n != size || err != nil {
		t.Errorf("read %d bytes, %v; want %d", n, err, size)
	}
}
