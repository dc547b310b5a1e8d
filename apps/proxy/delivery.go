package proxy

import (
	"crypto/tls"
	"errors"
	"io/fs"
	"os"
	"time"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/proxy/upstream"
	"github.com/settled-go/settled/checks"
)

// pool is what sends requests to servers as the settings say. Its files are those of
// files.
func (d Delivery) pool(servers []string, files upstream.TLS) (*upstream.Pool, error) {
	c := upstream.Config{
		Timeouts: upstream.Timeouts{
			Connect: limit(d.Timeouts.Connect), Handshake: limit(d.Timeouts.Handshake), Response: limit(d.Timeouts.Response),
			Attempt: limit(d.Timeouts.Attempt), Idle: limit(d.Timeouts.Idle),
		},
		Retries:  upstream.Retries{Max: count(d.Retries)},
		Failures: upstream.Failures{Max: count(d.Failures.Max), For: limit(d.Failures.For)},
		Health: upstream.Health{
			Path: d.Health.Path, Interval: d.Health.Interval, Timeout: d.Health.Timeout, Status: d.Health.Status,
			DownAfter: d.Health.DownAfter, UpAfter: d.Health.UpAfter, Host: d.Health.Host,
		},
		Protocol: upstream.Protocol(d.Protocol),
		TLS:      files,
	}
	for _, url := range servers {
		c.Servers = append(c.Servers, upstream.Server{URL: url})
	}
	return upstream.New(c)
}

// limit is a duration as package upstream has it, where 0 is the default and less is
// none.
func limit(d *time.Duration) time.Duration {
	switch {
	case d == nil:
		return 0
	case *d <= 0:
		return -1
	}
	return *d
}

// count is a number as package upstream has it.
func count(n *int) int {
	switch {
	case n == nil:
		return 0
	case *n <= 0:
		return -1
	}
	return *n
}

// files are the settings of TLS in a project. at is where the route's table stands.
func (t TLS) files(p *settled.Project, at checks.Path) upstream.TLS {
	beside := func(key, path string) string {
		return p.File().Beside(at.Key("tls").Key(key), path)
	}
	versions := map[string]uint16{"1.2": tls.VersionTLS12, "1.3": tls.VersionTLS13}
	return upstream.TLS{
		CA: beside("ca", t.CA), Certificate: beside("certificate", t.Certificate), Key: beside("key", t.Key),
		ServerName: t.ServerName, MinVersion: versions[t.MinVersion], Insecure: t.Insecure,
	}
}

// readable says why a file can't be read, without its name.
func readable(name string) error {
	f, err := os.Open(name)
	if err == nil {
		return f.Close()
	}
	var at *fs.PathError
	if errors.As(err, &at) {
		return at.Err
	}
	return err
}
