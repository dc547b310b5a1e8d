package command

import (
	"context"
	"crypto/tls"
	"sync/atomic"
	"time"

	"github.com/settled-go/settled/server"
)

// A certificate is what a TLS server shows to its clients. It can be exchanged
// while the server runs; new connections see the new one.
type certificate struct {
	files   []string
	current atomic.Pointer[tls.Certificate]
	seen    contents // what was looked at last
}

// loadCertificate reads one, with the configuration of a server that shows it.
func loadCertificate(cert, key string) (*certificate, *tls.Config, error) {
	c := &certificate{files: []string{cert, key}}
	c.seen = readContents(c.files)
	config, err := c.load()
	if err != nil {
		return nil, nil, err
	}
	config.Certificates = nil
	config.GetCertificate = func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return c.current.Load(), nil }
	return c, config, nil
}

func (c *certificate) load() (*tls.Config, error) {
	config, err := server.LoadTLS(c.files[0], c.files[1])
	if err == nil {
		c.current.Store(&config.Certificates[0])
	}
	return config, err
}

// renew reads the certificate again if its files have changed. The two are
// replaced one after the other: while they don't fit, it waits for more.
func (l *reloader) renew(ctx context.Context) {
	c := l.certificate
	if c == nil {
		return
	}
	for began := time.Now(); ; {
		now := readContents(c.files)
		changed := c.seen.differences(now)
		if len(changed) == 0 {
			return
		}
		_, err := c.load()
		if err != nil && time.Since(began) < settleLimit && l.changes(ctx, time.After(settleTime)) {
			continue
		}
		c.seen = now
		l.say(sentence(changed) + " changed, reloading.")
		if err != nil {
			l.warnOf(err)
			l.warn("Not reloaded: the certificate from before serves on.")
		} else {
			l.say("Certificate reloaded.")
		}
		return
	}
}
