package server_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled/server"
)

// pair writes a self-signed certificate for 127.0.0.1 and its key.
func pair(t *testing.T) (certFile, keyFile string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotAfter:     time.Now().Add(time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	cert, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return file(t, "cert.pem", encode("CERTIFICATE", cert)), file(t, "key.pem", encode("PRIVATE KEY", der))
}

func encode(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}

func file(t *testing.T, name string, data []byte) string {
	t.Helper()
	name = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func loadTLS(t *testing.T) *tls.Config {
	t.Helper()
	config, err := server.LoadTLS(pair(t))
	if err != nil {
		t.Fatal(err)
	}
	return config
}

func TestLoadTLSErrors(t *testing.T) {
	cert, key := pair(t)
	_, other := pair(t)
	empty := file(t, "empty.pem", nil)
	encrypted := file(t, "encrypted.pem", encode("ENCRYPTED PRIVATE KEY", []byte("x")))
	broken := file(t, "broken.pem", encode("CERTIFICATE", []byte("x")))
	for _, tt := range []struct{ name, cert, key, want string }{
		{"no key file", cert, "", "no file with the private key was given; TLS needs a certificate and its private key"},
		{"no certificate file", "", key, "no file with the certificate was given; TLS needs a certificate and its private key"},
		{"missing certificate", "nosuch.pem", key, "certificate nosuch.pem: no such file or directory"},
		{"missing key", cert, "nosuch.pem", "private key nosuch.pem: no such file or directory"},
		{"directory", filepath.Dir(cert), key, "certificate " + filepath.Dir(cert) + ": is a directory"},
		{"empty certificate", empty, key, "certificate " + empty + ": the file has no CERTIFICATE block"},
		{"empty key", cert, empty, "private key " + empty + ": the file has no PRIVATE KEY block"},
		{"swapped", key, cert, "certificate " + key + ": the file has no CERTIFICATE block but a PRIVATE KEY; were the two files swapped?"},
		{"certificate twice", cert, cert, "private key " + cert + ": the file has no PRIVATE KEY block but a CERTIFICATE; were the two files swapped?"},
		{"encrypted key", cert, encrypted, "private key " + encrypted + ": the key is encrypted; decrypt it with openssl pkey -in " + encrypted + " -out FILE"},
		{"another's key", cert, other, "certificate " + cert + " with private key " + other + ": private key does not match public key"},
		{"broken certificate", broken, key, "certificate " + broken + " with private key " + key + ": x509: malformed certificate"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := server.LoadTLS(tt.cert, tt.key)
			if err == nil || err.Error() != tt.want {
				t.Errorf("got  %v\nwant %s", err, tt.want)
			}
		})
	}
	if _, err := server.LoadTLS("nosuch.pem", key); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("errors.Is does not find fs.ErrNotExist in %v", err)
	}
}

func TestProtocols(t *testing.T) {
	t.Parallel()
	each(t, slices.Concat(cleartext, overTLS), func(t *testing.T, p protocol) {
		log := newLines()
		_, c, url := p.start(t, &server.Server{RequestLog: log, Handler: hello})
		resp, err := c.Get(url + "/a?b=c")
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.Proto != p.proto || resp.StatusCode != 200 {
			t.Errorf("%s %d, want %s 200", resp.Proto, resp.StatusCode, p.proto)
		}
		if got, want := log.line(t), `"GET /a?b=c `+p.proto+`" 200 5`; got != want {
			t.Errorf("log: %s, want %s", got, want)
		}
	})
}

// A drain lets a request end, and announces the connection's end to the next.
func TestDrainOfEachProtocol(t *testing.T) {
	t.Parallel()
	each(t, slices.Concat(cleartext, overTLS), func(t *testing.T, p protocol) {
		g := newGate()
		s, c, url := p.start(t, &server.Server{Handler: g})
		ask := func() <-chan error {
			answer := make(chan error, 1)
			go func() {
				resp, err := c.Get(url)
				if err == nil {
					_, err = io.Copy(io.Discard, resp.Body)
					resp.Body.Close()
				}
				answer <- err
			}()
			await(t, g.began, "a request")
			return answer
		}
		first := ask()
		s.stop()
		select {
		case err := <-s.end:
			t.Fatalf("Serve returned %v while a request ran", err)
		case <-time.After(50 * time.Millisecond):
		}
		close(g.open)
		if err := await(t, first, "the answer"); err != nil {
			t.Error(err)
		}
		if err := await(t, ask(), "the next answer"); err != nil {
			t.Error(err)
		}
		begin := time.Now()
		if err := await(t, s.end, "the drain"); err != nil {
			t.Errorf("Serve: %v", err)
		}
		if d := time.Since(begin); d > 400*time.Millisecond {
			t.Errorf("the connection was open for %v after its last answer", d)
		}
	})
}

func TestMistakenScheme(t *testing.T) {
	t.Parallel()
	t.Run("https to HTTP", func(t *testing.T) {
		t.Parallel()
		log := newLines()
		s := serve(t, &server.Server{Handler: hello, ErrorLog: log})
		if _, err := client(t, http1).Get("https://" + s.addr); err == nil {
			t.Error("TLS works")
		}
		got := log.line(t)
		if !strings.HasPrefix(got, "You're accessing the development server over HTTPS, but it only supports HTTP. (127.0.0.1:") {
			t.Errorf("log: %s", got)
		}
	})
	t.Run("http to HTTPS", func(t *testing.T) {
		t.Parallel()
		log := newLines()
		s := serve(t, &server.Server{Handler: hello, ErrorLog: log, TLS: loadTLS(t)})
		resp, err := client(t, http1).Get("http://" + s.addr)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != http.StatusBadRequest {
			t.Errorf("status %d, want 400", resp.StatusCode)
		}
		if got := log.line(t); !strings.HasSuffix(got, ": client sent an HTTP request to an HTTPS server") {
			t.Errorf("log: %s", got)
		}
	})
}

func TestUntrustedCertificateIsOneLine(t *testing.T) {
	t.Parallel()
	log := newLines()
	s := serve(t, &server.Server{Handler: hello, ErrorLog: log, TLS: loadTLS(t)})
	dialer := tls.Dialer{Config: &tls.Config{}}
	if _, err := dialer.DialContext(context.Background(), "tcp", s.addr); err == nil {
		t.Error("an unknown certificate is trusted")
	}
	if got := log.line(t); !strings.HasPrefix(got, "TLS handshake error from 127.0.0.1:") {
		t.Errorf("log: %s", got)
	}
}

// A client that only connected is no failure of a server that stops.
func TestDrainTellsOfNoHandshake(t *testing.T) {
	t.Parallel()
	var log strict
	s := serve(t, &server.Server{Handler: hello, ErrorLog: &log, TLS: loadTLS(t)})
	p := dial(t, s.addr)
	s.stop()
	p.closed(t)
	if err := await(t, s.end, "the drain"); err != nil {
		t.Errorf("Serve: %v", err)
	}
	if len(log.writes) > 0 {
		t.Errorf("log: %q", log.writes)
	}
}
