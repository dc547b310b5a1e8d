package chaintest

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settledtest"
)

// views serve what a capability tries, each at a path of its own.
type views struct{}

func (*views) Settings() any { return nil }

// Routes are exempt from the CSRF check, which is not what is tried here.
func (*views) Routes() (routes []settled.Route) {
	return []settled.Route{settled.Path("/{name}/{$}", serveTrial, "").Marked(middleware.CSRFExempt)}
}

type trialKey struct{}

// serveTrial has the handler of the trial serve, which the server has put into the
// context of its connections.
func serveTrial(w http.ResponseWriter, r *http.Request) {
	r.Context().Value(trialKey{}).(*trial).h(w, r)
}

// A trial is a server for one capability, with one chain.
type trial struct {
	h      http.HandlerFunc
	outer  func(http.Handler) http.Handler // what stands outside the site, or nil
	listen func(net.Listener) net.Listener // around the listener, or nil
	http2  bool
	url    string
	addr   string
	c      *http.Client
}

// start serves the site with h as the handler of all paths.
func (x *trial) start(t *testing.T, site *settled.Site, h http.HandlerFunc) {
	t.Helper()
	x.h = h
	handler := site.Handler()
	if x.outer != nil {
		handler = x.outer(handler)
	}
	s := httptest.NewUnstartedServer(handler)
	if x.listen != nil {
		s.Listener = x.listen(s.Listener)
	}
	s.Config.ErrorLog = discardLog
	s.Config.BaseContext = func(net.Listener) context.Context { return context.WithValue(context.Background(), trialKey{}, x) }
	if x.http2 {
		s.EnableHTTP2 = true
		s.StartTLS()
	} else {
		s.Start()
	}
	x.url, x.addr, x.c = s.URL+"/x/", s.Listener.Addr().String(), s.Client()
	x.c.Timeout = 20 * time.Second
	x.c.Transport.(*http.Transport).DisableCompression = true
	t.Cleanup(s.Close)
}

// do sends a request. The body of the response is the caller's to close.
func (x *trial) do(t *testing.T, method string, body io.Reader, header ...string) *http.Response {
	t.Helper()
	r, err := http.NewRequest(method, x.url, body)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err := x.c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	want := 1
	if x.http2 {
		want = 2
	}
	if resp.ProtoMajor != want {
		t.Fatalf("the response came in %s", resp.Proto)
	}
	return resp
}

// fetch sends a GET and returns the response with all of its body. err is that of
// reading it, or of a connection that ended before.
func (x *trial) fetch(header ...string) (resp *http.Response, body string, err error) {
	r, err := http.NewRequest(http.MethodGet, x.url, nil)
	if err != nil {
		return nil, "", err
	}
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	resp, err = x.c.Do(r)
	if err != nil {
		return nil, "", err
	}
	defer resp.Body.Close()
	all, err := io.ReadAll(resp.Body)
	return resp, string(all), err
}

// dial opens a connection of HTTP/1.1 and sends a request line with headers.
func (x *trial) dial(t *testing.T, lines ...string) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", x.addr)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	conn.SetDeadline(time.Now().Add(20 * time.Second))
	if _, err := io.WriteString(conn, strings.Join(append(lines, "Host: localhost", "", ""), "\r\n")); err != nil {
		t.Fatal(err)
	}
	return conn
}

// startSite starts the site of a chain.
func startSite(t *testing.T, list []string) *settled.Site {
	t.Helper()
	p, found := settledtest.Setup(t, apps(&views{}), settingsText(list))
	if len(found) > 0 {
		t.Fatalf("%s\n%v", settingsText(list), found)
	}
	site, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := site.Close(); err != nil {
			t.Error(err)
		}
	})
	return site
}
