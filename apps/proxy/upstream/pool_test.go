package upstream_test

import (
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"strings"
	"testing"

	"github.com/settled-go/settled/apps/proxy/upstream"
)

// serve starts a server that says its name and what it was asked for.
func serve(t *testing.T, name string) string {
	t.Helper()
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		fmt.Fprintf(w, "%s %s %s %s", name, r.Method, r.RequestURI, body)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

func newPool(t *testing.T, c upstream.Config) *upstream.Pool {
	t.Helper()
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	p, err := upstream.New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p
}

// servers are those at the URLs.
func servers(urls ...string) (all []upstream.Server) {
	for _, u := range urls {
		all = append(all, upstream.Server{URL: u})
	}
	return all
}

// through is a proxy before a pool.
func through(p *upstream.Pool) http.Handler {
	return &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.Out.Host = "" },
		Transport: p,
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, err error) {
			http.Error(w, err.Error(), err.(*upstream.Error).Status())
		},
	}
}

// A request arrives as it was, below the path of the server's URL.
func TestRequests(t *testing.T) {
	server := serve(t, "A")
	tests := []struct{ base, method, path, body, want string }{
		{"", "GET", "/", "", "A GET / "},
		{"/", "GET", "/x?y=1", "", "A GET /x?y=1 "},
		{"/app", "GET", "/x/", "", "A GET /app/x/ "},
		{"/app/", "GET", "/x/?a=b&c=%2F", "", "A GET /app/x/?a=b&c=%2F "},
		{"/a%2Fb", "GET", "/x", "", "A GET /a%2Fb/x "},
		{"/a", "GET", "/x%2Fy%20z", "", "A GET /a/x%2Fy%20z "},
		{"", "POST", "/x", "hello", "A POST /x hello"},
		{"", "PUT", "/x", "hello", "A PUT /x hello"},
	}
	for _, tt := range tests {
		front := httptest.NewServer(through(newPool(t, upstream.Config{Servers: servers(server + tt.base)})))
		r, err := http.NewRequest(tt.method, front.URL+tt.path, strings.NewReader(tt.body))
		if err != nil {
			t.Fatal(err)
		}
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if string(got) != tt.want {
			t.Errorf("%s %s below %q: got %q, want %q", tt.method, tt.path, tt.base, got, tt.want)
		}
		front.Close()
	}
}
