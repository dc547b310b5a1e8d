package upstream

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"sync"
	"time"
)

// TLS is for servers with https:// URLs. The files are PEM, and looked at again
// before each new connection, so that a certificate can be renewed.
type TLS struct {
	// CA is the file of the certificates that a server's has to be signed by.
	// Default: those that the system trusts.
	CA string
	// Certificate and Key are the files of what is shown to the server. Default:
	// nothing.
	Certificate, Key string
	// ServerName is the name that the server's certificate has to be for, and
	// that the server is told. Default: the host of its URL.
	ServerName string
	// MinVersion is the oldest version that is spoken: tls.VersionTLS12, say.
	// Default: TLS 1.2.
	MinVersion uint16
	// Insecure believes any certificate: who stands between reads and changes
	// all.
	Insecure bool
}

// Check says what is wrong with the files, as New does.
func (t TLS) Check() error {
	_, err := t.build()
	return err
}

// build reads the files.
func (t TLS) build() (*tls.Config, error) {
	c := &tls.Config{
		ServerName:         t.ServerName,
		MinVersion:         max(t.MinVersion, tls.VersionTLS12),
		InsecureSkipVerify: t.Insecure,
		ClientSessionCache: tls.NewLRUClientSessionCache(0),
	}
	if t.CA != "" {
		pem, err := os.ReadFile(t.CA)
		if err != nil {
			return nil, fmt.Errorf("the CA file can't be read: %w", err)
		}
		if c.RootCAs = x509.NewCertPool(); !c.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("the CA file %s has no certificate in it: it should have blocks that begin with -----BEGIN CERTIFICATE-----", t.CA)
		}
	}
	if (t.Certificate == "") != (t.Key == "") {
		return nil, errors.New("a certificate and its key go together: only one of the two files is given")
	}
	if t.Certificate != "" {
		pair, err := tls.LoadX509KeyPair(t.Certificate, t.Key)
		if err != nil {
			return nil, fmt.Errorf("the client certificate can't be used: %w", err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}

// tlsFiles are the files as they are now.
type tlsFiles struct {
	TLS
	log *slog.Logger

	mu    sync.Mutex
	built *tls.Config
	of    [3]stamp
}

// A stamp tells one state of a file from another.
type stamp struct {
	modified time.Time
	size     int64
}

// open reads the files, for servers at a host.
func (t TLS) open(host string, log *slog.Logger) (*tlsFiles, error) {
	if t.ServerName == "" {
		t.ServerName = host
		if name, _, err := net.SplitHostPort(host); err == nil {
			t.ServerName = name
		}
	}
	f := &tlsFiles{TLS: t, log: log}
	f.of = f.stamps()
	var err error
	if f.built, err = t.build(); err != nil {
		return nil, fmt.Errorf("upstream: %w", err)
	}
	return f, nil
}

func (f *tlsFiles) stamps() (all [3]stamp) {
	for i, name := range []string{f.CA, f.Certificate, f.Key} {
		if name == "" {
			continue
		}
		if info, err := os.Stat(name); err == nil {
			all[i] = stamp{info.ModTime(), info.Size()}
		}
	}
	return all
}

// config is for a new connection. Files that have become unusable count for
// nothing: they may be in the middle of being replaced.
func (f *tlsFiles) config(http2 bool) *tls.Config {
	f.mu.Lock()
	defer f.mu.Unlock()
	if now := f.stamps(); now != f.of {
		f.of = now
		if built, err := f.build(); err == nil {
			f.built = built
		} else {
			f.log.Warn("the TLS files for an upstream have changed; what was in them before stays in use", "reason", err.Error())
		}
	}
	c := f.built
	if http2 {
		c = c.Clone()
		c.NextProtos = []string{"h2", "http/1.1"}
	}
	return c
}
