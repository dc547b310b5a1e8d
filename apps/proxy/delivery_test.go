package proxy_test

import (
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/settled-go/settled"
)

// unused is the address of a port at which nothing listens.
func unused(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return "http://" + l.Addr().String()
}

// several is a table of PROXY_ROUTES with several servers.
func several(servers []string, more ...string) string {
	return fmt.Sprintf("[[PROXY_ROUTES]]\npath = \"/\"\nupstreams = [\"%s\"]\n%s\n", strings.Join(servers, `", "`), strings.Join(more, "\n"))
}

// What a route's table says of its servers is what is done.
func TestDelivery(t *testing.T) {
	live := behind(t, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "live ", r.Proto) })
	silent := behind(t, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	dead := unused(t)
	tests := []struct {
		name, toml string
		status     int
		body       string
	}{
		{"another server is tried", several([]string{dead, live.URL}), 200, "live HTTP/1.1"},
		{"none is, with retries = 0", several([]string{dead, live.URL}, "retries = 0"), 502, ""},
		{"a time limit", several([]string{silent.URL}, `timeouts = { response = "20ms" }`), 504, ""},
		{"of the attempt", several([]string{silent.URL}, `timeouts = { response = "0s", attempt = "20ms" }`), 504, ""},
		{"all at their defaults", several([]string{live.URL}, `timeouts = {}`, `health = {}`, `tls = {}`, `failures = {}`, `protocol = ""`), 200, "live HTTP/1.1"},
		{"HTTP/1.1", several([]string{live.URL}, `protocol = "http/1.1"`), 200, "live HTTP/1.1"},
	}
	for _, tt := range tests {
		res, body := get(t, front(t, tt.toml).URL+"/")
		if res.StatusCode != tt.status || !strings.Contains(body, tt.body) {
			t.Errorf("%s: status %d, %.60q; want %d, %q", tt.name, res.StatusCode, body, tt.status, tt.body)
		}
	}
}

// A server that fails its health check gets no requests. When all do, the answer says
// when to come back.
func TestHealthOfServers(t *testing.T) {
	asked := make(chan string, 100)
	var served atomic.Int64
	ill := behind(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/up" {
			served.Add(1)
		}
		w.WriteHeader(http.StatusInternalServerError)
		asked <- r.Host + r.URL.Path
	})
	site := front(t, several([]string{ill.URL}, `health = { path = "/up", interval = "1ms", host = "django.example.com" }`))
	for range 2 { // the second begins when the first has been taken note of
		if got := <-asked; got != "django.example.com/up" {
			t.Fatalf("asked for %s", got)
		}
	}
	res, _ := get(t, site.URL+"/")
	if res.StatusCode != http.StatusServiceUnavailable || res.Header.Get("Retry-After") == "" || served.Load() != 0 {
		t.Errorf("status %d, Retry-After %q, %d requests served", res.StatusCode, res.Header.Get("Retry-After"), served.Load())
	}
}

// The path of a CA file starts at the settings file that has it, also at one that
// another file extends.
func TestFilesBesideSettings(t *testing.T) {
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, r.Proto) }))
	defer secure.Close()
	dir := t.TempDir()
	write := func(name string, data []byte) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("base/ca.pem", pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw}))
	write("base/base.toml", []byte(several([]string{secure.URL}, `tls = { ca = "ca.pem" }`)))
	path := write("settings.toml", []byte("DEBUG = true\nINSTALLED_APPS = [\"proxy\"]\nEXTENDS = \"base/base.toml\"\n"))
	s, err := settled.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	site := httptest.NewServer(s.Handler())
	defer site.Close()
	if res, body := get(t, site.URL+"/"); res.StatusCode != http.StatusOK {
		t.Errorf("status %d: %s", res.StatusCode, body)
	}
}
