package upstream_test

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

// serveTLS is a server with a certificate, which says what was spoken and who came.
func serveTLS(t *testing.T, shown tls.Certificate, change func(*httptest.Server)) string {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		client := "nobody"
		if len(r.TLS.PeerCertificates) > 0 {
			client = r.TLS.PeerCertificates[0].Subject.CommonName
		}
		fmt.Fprintf(w, "%s %s %s", r.Proto, r.TLS.ServerName, client)
	}))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{shown}}
	s.EnableHTTP2 = true
	s.Config.ErrorLog = discard
	if change != nil {
		change(s)
	}
	s.StartTLS()
	t.Cleanup(s.Close)
	return s.URL
}

// exchange sends a GET, and returns the body or the error.
func exchange(t *testing.T, p *upstream.Pool) (string, error) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://site/", nil)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := p.RoundTrip(r)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}

var soon = time.Now().Add(time.Hour)

// A server has to prove who it is. What is wrong is said with what to do.
func TestTrust(t *testing.T) {
	ca := newAuthority(t)
	good := serveTLS(t, ca.pair(t, "127.0.0.1", soon), nil)
	expired := serveTLS(t, ca.pair(t, "127.0.0.1", time.Now().Add(-time.Hour)), nil)
	other := serveTLS(t, ca.pair(t, "internal.example.com", soon), nil)
	old := serveTLS(t, ca.pair(t, "127.0.0.1", soon), func(s *httptest.Server) { s.TLS.MaxVersion = tls.VersionTLS12 })
	plain := "https" + strings.TrimPrefix(serve(t, "A"), "http")
	tests := []struct {
		name, url  string
		tls        upstream.TLS
		want, hint string // the hint when it fails
	}{
		{"good", good, upstream.TLS{CA: ca.file}, "HTTP/2.0  nobody", ""},
		{"no CA", good, upstream.TLS{}, "", "who signed the server's certificate is not known here"},
		{"another CA", good, upstream.TLS{CA: newAuthority(t).file}, "", "who signed the server's certificate is not known here"},
		{"insecure", good, upstream.TLS{Insecure: true}, "HTTP/2.0  nobody", ""},
		{"expired", expired, upstream.TLS{CA: ca.file}, "", "renew it, or set the clock"},
		{"another name", other, upstream.TLS{CA: ca.file}, "", "the server's certificate is for internal.example.com"},
		{"named", other, upstream.TLS{CA: ca.file, ServerName: "internal.example.com"}, "HTTP/2.0 internal.example.com nobody", ""},
		{"TLS 1.2", old, upstream.TLS{CA: ca.file}, "HTTP/2.0  nobody", ""},
		{"too old", old, upstream.TLS{CA: ca.file, MinVersion: tls.VersionTLS13}, "", "the server speaks no version of TLS that is allowed"},
		{"no TLS", plain, upstream.TLS{}, "", "the server does not speak TLS there"},
	}
	for _, tt := range tests {
		got, err := exchange(t, newPool(t, upstream.Config{Servers: servers(tt.url), TLS: tt.tls}))
		if got != tt.want {
			t.Errorf("%s: got %q, %v; want %q", tt.name, got, err, tt.want)
		}
		if tt.hint == "" {
			continue
		}
		e, ok := err.(*upstream.Error)
		if !ok || e.At != upstream.Handshake || e.Status() != http.StatusBadGateway || !strings.Contains(upstream.Hint(err), tt.hint) {
			t.Errorf("%s: got %#v with hint %q, want one with %q", tt.name, err, upstream.Hint(err), tt.hint)
		}
	}
}

// Who is not let in is told what for.
func TestCertificateWanted(t *testing.T) {
	ca := newAuthority(t)
	url := serveTLS(t, ca.pair(t, "127.0.0.1", soon), func(s *httptest.Server) {
		s.TLS.ClientAuth, s.TLS.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
		s.TLS.MaxVersion = tls.VersionTLS12 // with 1.3, what the server says of it may be lost
	})
	files := upstream.TLS{CA: ca.file}
	files.Certificate, files.Key = ca.issue(t, "client.example.com", soon)
	_, err := exchange(t, newPool(t, upstream.Config{Servers: servers(url), TLS: files}))
	if !strings.Contains(upstream.Hint(err), "wants a client certificate") {
		t.Errorf("got %v, hint %q", err, upstream.Hint(err))
	}
}

// A server that says nothing once it is connected to.
func TestHandshakeTimeout(t *testing.T) {
	silent, stop := silentServer(t)
	defer stop()
	p := newPool(t, upstream.Config{Servers: servers("https://" + silent), Timeouts: upstream.Timeouts{Handshake: 20 * time.Millisecond}})
	_, err := exchange(t, p)
	if e, ok := err.(*upstream.Error); !ok || e.At != upstream.Handshake || e.Status() != http.StatusGatewayTimeout {
		t.Errorf("got %#v", err)
	}
}

// A client certificate is shown to the server. When the files change, new connections
// have what is in them then; files that can't be used are left alone.
func TestClientCertificate(t *testing.T) {
	ca := newAuthority(t)
	pool := x509.NewCertPool()
	pool.AddCert(ca.certificate)
	url := serveTLS(t, ca.pair(t, "127.0.0.1", soon), func(s *httptest.Server) {
		s.TLS.ClientAuth, s.TLS.ClientCAs = tls.RequireAndVerifyClientCert, pool
	})
	dir := t.TempDir()
	files := upstream.TLS{CA: ca.file, Certificate: filepath.Join(dir, "c.pem"), Key: filepath.Join(dir, "k.pem")}
	replace := func(name string) {
		t.Helper()
		certificate, key := ca.issue(t, name, soon)
		for from, to := range map[string]string{certificate: files.Certificate, key: files.Key} {
			if err := os.Rename(from, to); err != nil {
				t.Fatal(err)
			}
		}
	}
	replace("one.example.com")
	log := &record{}
	p := newPool(t, upstream.Config{Servers: servers(url), TLS: files, Log: log.logger()})
	expect := func(want string) {
		t.Helper()
		p.Close()
		if got, err := exchange(t, p); got != "HTTP/2.0  "+want {
			t.Errorf("got %q, %v; want %s", got, err, want)
		}
	}
	expect("one.example.com")
	replace("two.example.com")
	expect("two.example.com")
	if err := os.WriteFile(files.Key, []byte("half a ke"), 0o600); err != nil {
		t.Fatal(err)
	}
	expect("two.example.com")
	if got := log.take(); strings.Count(got, "can't be used") != 1 || strings.Contains(got, "half") {
		t.Errorf("log:\n%s", got)
	}
	replace("three.example.com")
	expect("three.example.com")
}

// Files that can't be used are found before anything is served.
func TestBadFiles(t *testing.T) {
	ca := newAuthority(t)
	certificate, key := ca.issue(t, "a.example.com", soon)
	_, otherKey := ca.issue(t, "b.example.com", soon)
	empty := filepath.Join(t.TempDir(), "empty.pem")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		tls  upstream.TLS
		want string
	}{
		{upstream.TLS{CA: "missing.pem"}, "the CA file can't be read: open missing.pem: no such file or directory"},
		{upstream.TLS{CA: empty}, "has no certificate in it"},
		{upstream.TLS{Certificate: certificate}, "only one of the two files is given"},
		{upstream.TLS{Certificate: certificate, Key: otherKey}, "private key does not match public key"},
		{upstream.TLS{Certificate: certificate, Key: empty}, "the client certificate can't be used"},
		{upstream.TLS{Certificate: certificate, Key: key, CA: ca.file}, ""},
	}
	for _, tt := range tests {
		p, err := upstream.New(upstream.Config{Servers: servers("https://localhost"), TLS: tt.tls})
		if tt.want == "" && err == nil {
			p.Close()
			continue
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) || tt.tls.Check() == nil {
			t.Errorf("%v: got %v, want %s", tt.tls, err, tt.want)
		}
	}
}
