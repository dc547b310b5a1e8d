package chaintest

import (
	"bytes"
	"crypto/sha256"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/settled-go/settled"
)

// A fileConn notes how much net/http has handed it as a file: *net.TCPConn sends that
// with sendfile, and copies whatever else it gets.
type fileConn struct {
	net.Conn
	n *atomic.Int64
}

func (c fileConn) ReadFrom(src io.Reader) (int64, error) {
	n, err := io.Copy(c.Conn, src)
	inner := src
	for limited, ok := inner.(*io.LimitedReader); ok; limited, ok = inner.(*io.LimitedReader) {
		inner = limited.R
	}
	if _, ok := inner.(interface { // what net looks for
		fs.File
		io.Seeker
		syscall.Conn
	}); ok {
		c.n.Add(n)
	}
	return n, err
}

type fileListener struct {
	net.Listener
	n *atomic.Int64
}

func (l fileListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	return fileConn{c, l.n}, err
}

// counted is the writer of net/http, with how much came by ReadFrom.
type counted struct {
	http.ResponseWriter
	n *atomic.Int64
}

func (c counted) Unwrap() http.ResponseWriter { return c.ResponseWriter }

func (c counted) ReadFrom(src io.Reader) (int64, error) {
	n, err := io.Copy(c.ResponseWriter, src)
	c.n.Add(n)
	return n, err
}

// tryReadFrom: a file goes to net/http as a whole, and in HTTP/1.1 as a file to the
// connection, which sends it with sendfile. This is where nobody has to see it: its length
// and ETag are known, and the client wants it as it is.
func tryReadFrom(t *testing.T, x *trial, site *settled.Site) {
	const size = 200_000
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, bytes.Repeat([]byte("x"), size), 0o600); err != nil {
		t.Fatal(err)
	}
	for how, send := range map[string]func(w io.Writer, f *os.File){
		"all of it": func(w io.Writer, f *os.File) { io.Copy(w, f) },
		"a part":    func(w io.Writer, f *os.File) { io.CopyN(w, f, size) }, // as http.ServeContent does
	} {
		var n, asFile atomic.Int64
		served := make(chan struct{})
		x.outer = func(next http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				next.ServeHTTP(counted{w, &n}, r)
				close(served)
			})
		}
		x.listen = func(l net.Listener) net.Listener { return fileListener{l, &asFile} }
		x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
			f, err := os.Open(name)
			if err != nil {
				t.Error(err)
				return
			}
			defer f.Close()
			w.Header().Set("Content-Type", "application/octet-stream")
			w.Header().Set("ETag", `"x"`)
			w.Header().Set("Content-Length", strconv.Itoa(size))
			send(w, f)
		})
		if _, body, err := x.fetch("Accept-Encoding", "identity"); len(body) != size || err != nil {
			t.Errorf("%s: got %d bytes, %v", how, len(body), err)
		}
		<-served
		if n.Load() < size-1024 { // the first bytes may go by Write
			t.Errorf("%s: %d of %d bytes went by ReadFrom", how, n.Load(), size)
		}
		if !x.http2 && asFile.Load() < size-1024 {
			t.Errorf("%s: %d of %d bytes went to the connection as a file", how, asFile.Load(), size)
		}
	}
}

func tryHead(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		text(w)
		w.Header().Set("ETag", `"x"`)
		w.Header().Set("Content-Length", "6")
		io.WriteString(w, "a body")
	})
	get, head := x.do(t, "GET", nil), x.do(t, "HEAD", nil)
	for _, name := range []string{"Content-Length", "Content-Type", "Etag"} {
		if get.Header.Get(name) != head.Header.Get(name) || get.Header.Get(name) == "" {
			t.Errorf("%s: %q, and of HEAD %q", name, get.Header.Get(name), head.Header.Get(name))
		}
	}
	if body, err := io.ReadAll(head.Body); len(body) > 0 || err != nil {
		t.Errorf("HEAD has a body: %q, %v", body, err)
	}
}

// tryNoBody: answers that have none don't get one.
func tryNoBody(t *testing.T, x *trial, site *settled.Site) {
	var status atomic.Int64
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(int(status.Load())) })
	for _, code := range []int{204, 304, 200, 404} {
		status.Store(int64(code))
		resp, body, err := x.fetch("Accept-Encoding", "gzip")
		if err != nil || resp.StatusCode != code || body != "" {
			t.Errorf("%d: got %v %q, %v", code, resp, body, err)
			continue
		}
		if length := resp.Header.Get("Content-Length"); code == 204 && length != "" || resp.Header.Get("Content-Encoding") != "" {
			t.Errorf("%d: got headers %v", code, resp.Header)
		}
	}
}

// pattern is a body that shows a missing, doubled or exchanged part.
func pattern(size int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < size; i++ {
		b.WriteString(strconv.Itoa(i))
		b.WriteByte(' ')
	}
	return b.Bytes()[:size]
}

func tryLargeBody(t *testing.T, x *trial, site *settled.Site) {
	const size = 1 << 20
	whole := pattern(size)
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		text(w)
		for rest := whole; len(rest) > 0; {
			n := min(len(rest), 1+len(rest)%70_001)
			if _, err := w.Write(rest[:n]); err != nil {
				t.Error(err)
				return
			}
			rest = rest[n:]
		}
	})
	_, body, err := x.fetch()
	if err != nil || sha256.Sum256([]byte(body)) != sha256.Sum256(whole) {
		t.Errorf("got %d bytes, %v; want %d", len(body), err, size)
	}
}

// trySlowReader: the client takes its time, in small pieces.
func trySlowReader(t *testing.T, x *trial, site *settled.Site) {
	whole := pattern(300_000)
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		text(w)
		io.Copy(w, struct{ io.Reader }{bytes.NewReader(whole)})
	})
	resp := x.do(t, "GET", nil)
	var got bytes.Buffer
	piece := make([]byte, 700)
	for {
		n, err := resp.Body.Read(piece)
		got.Write(piece[:n])
		if err != nil {
			break
		}
	}
	if !bytes.Equal(got.Bytes(), whole) {
		t.Errorf("got %d bytes, want %d", got.Len(), len(whole))
	}
}

func tryTwice(t *testing.T, x *trial, site *settled.Site) {
	x.start(t, site, func(w http.ResponseWriter, r *http.Request) {
		text(w)
		w.WriteHeader(http.StatusCreated)
		w.WriteHeader(http.StatusInternalServerError)
		io.WriteString(w, strings.Repeat("made ", 100))
	})
	if resp, body, err := x.fetch(); err != nil || resp.StatusCode != 201 || body != strings.Repeat("made ", 100) {
		t.Errorf("got %v %q, %v", resp, body, err)
	}
}
