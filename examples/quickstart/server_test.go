package quickstart_test

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"

	"github.com/settled-go/settled"
	_ "github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/checks"
	_ "github.com/settled-go/settled/examples/quickstart/notes"
	"github.com/settled-go/settled/server"
	"github.com/settled-go/settled/settings"
)

func init() { settled.Register("crash", func() settled.App { return crash{} }) }

// crash is an app that fails.
type crash struct{}

func (crash) Settings() any { return nil }

func (crash) Routes() []settled.Route {
	return []settled.Route{settled.Path("GET /crash", func(http.ResponseWriter, *http.Request) { panic("as the test wants") }, "crash")}
}

// listen opens a free port of this machine. Pages call it localhost.
func listen(t *testing.T) (l net.Listener, origin string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return l, fmt.Sprintf("http://localhost:%d", l.Addr().(*net.TCPAddr).Port)
}

// serve answers what comes to l until the test ends.
func serve(t *testing.T, l net.Listener, h http.Handler) {
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	s := &server.Server{Handler: h}
	go func() { ended <- s.Serve(ctx, l) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// servePage serves an empty page.
func servePage(t *testing.T) (origin string) {
	t.Helper()
	l, origin := listen(t)
	serve(t, l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(w, `<!doctype html><title>A page</title><link rel="icon" href="data:,">`)
	}))
	return origin
}

// An api is a running project that notes which requests reach it.
type api struct {
	origin string

	mu   sync.Mutex
	seen []string
}

// startAPI runs a project on a free port.
func startAPI(t *testing.T, toml string) *api {
	t.Helper()
	l, origin := listen(t)
	a := startAPIOn(t, l, toml)
	a.origin = origin
	return a
}

// startAPIOn runs a project that has the quickstart's settings but for what toml
// replaces.
func startAPIOn(t *testing.T, l net.Listener, toml string) *api {
	t.Helper()
	f, err := settings.Parse("test.toml", []byte("EXTENDS = \"settings.toml\"\n"+toml), settings.Options{})
	if err != nil {
		t.Fatal(err)
	}
	p, _ := settled.Setup(f)
	for _, m := range p.Check(settled.Selection{}).AtLeast(checks.Error) {
		t.Fatal(m)
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
	a := &api{}
	serve(t, l, a.watch(site.Handler()))
	return a
}

func (a *api) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		a.seen = append(a.seen, r.Method+" "+r.URL.Path)
		a.mu.Unlock()
		next.ServeHTTP(w, r)
	})
}

// requests are those that have reached the API since they were last asked for.
func (a *api) requests() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	seen := a.seen
	a.seen = nil
	return seen
}
