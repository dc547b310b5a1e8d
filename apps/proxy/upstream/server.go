package upstream

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

// A server is one of a pool's.
type server struct {
	address
	weight int64

	dialer    *dialer
	transport *http.Transport
	http1     *http.Transport // for what HTTP/2 can't do; the same one where there is no HTTP/2

	active   atomic.Int64 // requests under way
	failures atomic.Int64 // connections that failed, since the last success

	// The rest is the pool's to lock.
	turn    int64     // see Pool.leastBusy
	down    bool      // by the health checks
	leftOut bool      // after failures
	until   time.Time // when it may be tried again
	trying  bool      // and is being tried
}

// An address is where a server is.
type address struct {
	name          string // for people
	scheme, host  string // of the URLs of requests
	socket        string // the file of a socket; "" for TCP
	path, rawPath string // before the path of requests, without a slash at the end
}

// ParseURL says what is wrong with the URL of a server.
func ParseURL(raw string) error {
	_, err := parse(raw)
	return err
}

func parse(raw string) (address, error) {
	u, err := url.Parse(raw)
	if err != nil {
		var inner *url.Error
		if errors.As(err, &inner) {
			err = inner.Err // without the URL, which may have a password
		}
		return address{}, fmt.Errorf("is not a URL: %w", err)
	}
	a := address{scheme: u.Scheme, host: u.Host}
	switch {
	case u.User != nil:
		return address{}, errors.New("has a user name, which is not sent")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return address{}, errors.New("has a query or fragment, which is not sent")
	case u.Scheme == "unix":
		return socket(raw, u)
	case u.Scheme != "http" && u.Scheme != "https":
		return address{}, errors.New("does not begin with http://, https:// or unix:///")
	case u.Hostname() == "":
		return address{}, errors.New("has no host")
	case !isPort(u.Port()):
		return address{}, errors.New("has a port that is not from 1 to 65535")
	}
	a.path, a.rawPath = strings.TrimSuffix(u.Path, "/"), strings.TrimSuffix(u.EscapedPath(), "/")
	a.name = a.scheme + "://" + a.host + a.rawPath
	return a, nil
}

// isPort holds for none, too.
func isPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return port == "" || err == nil && n > 0
}

// socket is the address of a socket in the file system.
func socket(raw string, u *url.URL) (address, error) {
	if u.Host != "" || !strings.HasPrefix(u.Path, "/") || u.Path == "/" {
		return address{}, errors.New("names no file: a socket is written unix:///run/app.sock, with three slashes")
	}
	return address{name: raw, scheme: "http", host: "localhost", socket: u.Path}, nil
}

// direct makes u, which is a request's, one of this server.
func (a *address) direct(u *url.URL) {
	u.Scheme, u.Host = a.scheme, a.host
	if a.path == "" {
		return
	}
	if u.RawPath != "" || a.rawPath != a.path {
		u.RawPath = join(a.rawPath, u.EscapedPath())
	}
	u.Path = join(a.path, u.Path)
}

func join(base, path string) string {
	if path == "" || path[0] == '/' {
		return base + path
	}
	return base + "/" + path
}
