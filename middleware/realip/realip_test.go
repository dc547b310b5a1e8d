package realip_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/settled-go/settled/internal/forwarded"
	"github.com/settled-go/settled/middleware/realip"
)

var trust = &forwarded.Trust{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}}

func build(t testing.TB, h http.HandlerFunc) http.Handler {
	t.Helper()
	f, err := realip.New(realip.Settings{
		FromTrustedProxy: func(r *http.Request) bool { return trust.Names(forwarded.Peer(r)) },
		ClientAddr:       trust.Client,
	})
	if err != nil {
		t.Fatal(err)
	}
	return f(h)
}

func TestRemoteAddr(t *testing.T) {
	for _, tt := range []struct{ peer, forwarded, want string }{
		{"10.0.0.1:5", "192.0.2.7", "192.0.2.7:0"},
		{"10.0.0.1:5", "203.0.113.1, 192.0.2.7, 10.0.0.2", "192.0.2.7:0"}, // who invents one is not believed
		{"10.0.0.1:5", "2001:db8::1", "[2001:db8::1]:0"},
		{"[fd00::1]:5", "192.0.2.7", "192.0.2.7:0"},
		{"10.0.0.1:5", "", "10.0.0.1:5"},
		{"10.0.0.1:5", "nonsense", "10.0.0.1:5"},
		{"192.0.2.9:5", "192.0.2.7", "192.0.2.9:5"},
		{"@", "192.0.2.7", "@"},
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = tt.peer
		if tt.forwarded != "" {
			r.Header.Set("X-Forwarded-For", tt.forwarded)
		}
		var got string
		var stillTrusted bool
		build(t, func(_ http.ResponseWriter, inner *http.Request) {
			got, stillTrusted = inner.RemoteAddr, trust.Names(forwarded.Peer(inner))
			inner.Pattern = "/"
		}).ServeHTTP(httptest.NewRecorder(), r)
		if got != tt.want || r.RemoteAddr != tt.peer || r.Pattern != "/" {
			t.Errorf("%s for %s: got %s, want %s", tt.peer, tt.forwarded, got, tt.want)
		}
		if stillTrusted != trust.Names(forwarded.Peer(r)) {
			t.Errorf("%s: the proxy is not known any more", tt.peer)
		}
	}
}

// Alone, it believes nobody.
func TestDefaults(t *testing.T) {
	f, err := realip.New(realip.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("X-Forwarded-For", "203.0.113.1")
	var got string
	f(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr })).ServeHTTP(httptest.NewRecorder(), r)
	if got != r.RemoteAddr {
		t.Errorf("got %s", got)
	}
}

// Whatever is said of the client, it counts from a trusted proxy alone.
func TestOnlyFromTrustedProxy(t *testing.T) {
	f, err := realip.New(realip.Settings{
		FromTrustedProxy: func(*http.Request) bool { return false },
		ClientAddr:       func(*http.Request) netip.Addr { return netip.MustParseAddr("203.0.113.1") },
	})
	if err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest("GET", "/", nil)
	f(http.HandlerFunc(func(_ http.ResponseWriter, inner *http.Request) {
		if inner.RemoteAddr != r.RemoteAddr {
			t.Errorf("got %s", inner.RemoteAddr)
		}
	})).ServeHTTP(httptest.NewRecorder(), r)
}

func Benchmark(b *testing.B) {
	for name, peer := range map[string]string{"proxy": "10.0.0.1:5", "anyone": "192.0.2.9:5"} {
		b.Run(name, func(b *testing.B) {
			h := build(b, func(http.ResponseWriter, *http.Request) {})
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr = peer
			r.Header.Set("X-Forwarded-For", "192.0.2.7")
			b.ReportAllocs()
			for b.Loop() {
				h.ServeHTTP(nil, r)
			}
		})
	}
}
