package upstream_test

import (
	"bufio"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

var discard = log.New(io.Discard, "", 0)

// silentServer accepts connections and says nothing.
func silentServer(t *testing.T) (addr string, stop func()) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l.Addr().String(), func() { _ = l.Close() }
}

// upgrades is a handler that echoes lines after an upgrade, and says what is spoken
// without one.
func upgrades(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") == "" {
		fmt.Fprint(w, r.Proto)
		return
	}
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
	_, _ = io.Copy(conn, rw)
}

// Each protocol is spoken when it is asked for, and a WebSocket gets through with all
// of them.
func TestProtocols(t *testing.T) {
	ca := newAuthority(t)
	secure := serveTLS(t, ca.pair(t, "127.0.0.1", soon), func(s *httptest.Server) { s.Config.Handler = http.HandlerFunc(upgrades) })
	both := httptest.NewUnstartedServer(http.HandlerFunc(upgrades))
	both.Config.Protocols = new(http.Protocols)
	both.Config.Protocols.SetHTTP1(true)
	both.Config.Protocols.SetUnencryptedHTTP2(true)
	both.Start()
	defer both.Close()
	tests := []struct {
		url      string
		protocol upstream.Protocol
		want     string
	}{
		{both.URL, upstream.Auto, "HTTP/1.1"},
		{both.URL, upstream.H2C, "HTTP/2.0"},
		{both.URL, upstream.HTTP1, "HTTP/1.1"},
		{secure, upstream.Auto, "HTTP/2.0"},
		{secure, upstream.H2C, "HTTP/2.0"},
		{secure, upstream.HTTP1, "HTTP/1.1"},
		{unixServer(t), upstream.Auto, "HTTP/1.1"},
	}
	for _, tt := range tests {
		p := newPool(t, upstream.Config{Servers: servers(tt.url), Protocol: tt.protocol, TLS: upstream.TLS{CA: ca.file}})
		if got, err := exchange(t, p); got != tt.want {
			t.Errorf("%s as %q: got %q, %v; want %q", tt.url, tt.protocol, got, err, tt.want)
		}
		if got := p.Active()[0]; got != 0 {
			t.Errorf("%s as %q: %d requests under way", tt.url, tt.protocol, got)
		}
		front := httptest.NewServer(through(p))
		echo(t, front.Listener.Addr().String())
		front.Close()
	}
}

// echo upgrades a connection and has a line come back.
func echo(t *testing.T, addr string) {
	t.Helper()
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_, _ = io.WriteString(conn, "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
	in := bufio.NewReader(conn)
	resp, err := http.ReadResponse(in, nil)
	if err != nil || resp.StatusCode != http.StatusSwitchingProtocols {
		t.Errorf("upgrade: %v, %v", resp, err)
		return
	}
	_, _ = io.WriteString(conn, "hello\n")
	if line, err := in.ReadString('\n'); line != "hello\n" {
		t.Errorf("echo: %q, %v", line, err)
	}
}

// unixServer is one at a socket in the file system, as gunicorn has it.
func unixServer(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "app.sock")
	l, err := net.Listen("unix", file)
	if err != nil {
		t.Fatal(err)
	}
	s := &http.Server{Handler: http.HandlerFunc(upgrades)}
	go func() { _ = s.Serve(l) }()
	t.Cleanup(func() { _ = s.Close() })
	return "unix://" + file
}

// What is wrong with an address is said with what to do.
func TestAddresses(t *testing.T) {
	tests := []struct{ url, want string }{
		{"http://127.0.0.1:9000", ""},
		{"https://app.internal/base/", ""},
		{"http://[::1]:9000", ""},
		{"unix:///run/gunicorn.sock", ""},
		{"unix://run/gunicorn.sock", "with three slashes"},
		{"unix:/", "with three slashes"},
		{"localhost:9000", "does not begin with http://, https:// or unix:///"},
		{"127.0.0.1:9000", "is not a URL"},
		{"ftp://x", "does not begin with"},
		{"http://", "has no host"},
		{"http://x:99999", "port"},
		{"http://user:sesame@x", "has a user name"},
		{"http://user:sesame@x y", "is not a URL"},
		{"http://x/?a=b", "query"},
	}
	for _, tt := range tests {
		err := upstream.ParseURL(tt.url)
		if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: got %v, want %q", tt.url, err, tt.want)
		}
		if err != nil && strings.Contains(err.Error(), "sesame") {
			t.Errorf("%s: the password is in %q", tt.url, err)
		}
	}
}

// A socket that is not there is a matter of who starts the server.
func TestNoSocket(t *testing.T) {
	p := newPool(t, upstream.Config{Servers: servers("unix://" + filepath.Join(t.TempDir(), "app.sock"))})
	_, err := exchange(t, p)
	if e, ok := err.(*upstream.Error); !ok || e.At != upstream.Connect || !strings.Contains(upstream.Hint(err), "no such socket") {
		t.Errorf("got %v, hint %q", err, upstream.Hint(err))
	}
}
