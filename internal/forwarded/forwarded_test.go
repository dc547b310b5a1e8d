package forwarded_test

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/settled-go/settled/internal/forwarded"
)

var proxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("fd00::/8")}

func request(peer string, headers ...string) *http.Request {
	r := httptest.NewRequest("GET", "/", nil)
	r.Host, r.RemoteAddr = "own.example:81", peer
	for i := 0; i < len(headers); i += 2 {
		r.Header.Add(headers[i], headers[i+1])
	}
	return r
}

func TestSecure(t *testing.T) {
	django := &forwarded.Trust{SSLHeader: "X-Forwarded-Proto", SSLValue: "https"}
	named := &forwarded.Trust{SSLHeader: "X-Forwarded-Proto", SSLValue: "https", Proxies: proxies}
	for _, tt := range []struct {
		name  string
		trust *forwarded.Trust
		r     *http.Request
		want  bool
	}{
		{"nothing is believed", &forwarded.Trust{}, request("10.1.1.1:1", "X-Forwarded-Proto", "https"), false},
		{"from anyone, as in Django", django, request("1.2.3.4:1", "X-Forwarded-Proto", "https"), true},
		{"the first of a list", django, request("1.2.3.4:1", "X-Forwarded-Proto", "https, http"), true},
		{"not the last", django, request("1.2.3.4:1", "X-Forwarded-Proto", "http, https"), false},
		{"another value", django, request("1.2.3.4:1", "X-Forwarded-Proto", "HTTPS"), false},
		{"two lines", django, request("1.2.3.4:1", "X-Forwarded-Proto", "https", "X-Forwarded-Proto", "http"), false},
		{"no header", django, request("1.2.3.4:1"), false},
		{"a named proxy", named, request("10.1.1.1:1", "X-Forwarded-Proto", "https"), true},
		{"a stranger", named, request("1.2.3.4:1", "X-Forwarded-Proto", "https"), false},
		{"no peer", named, request("@", "X-Forwarded-Proto", "https"), false},
	} {
		if got := tt.trust.Secure(tt.r); got != tt.want {
			t.Errorf("%s: got %v", tt.name, got)
		}
	}
	direct := request("1.2.3.4:1", "X-Forwarded-Proto", "http")
	direct.TLS = &tls.ConnectionState{}
	if !named.Secure(direct) || django.Secure(direct) {
		t.Error("TLS counts, unless the believed header says otherwise")
	}
}

func TestHostOf(t *testing.T) {
	for _, tt := range []struct {
		name  string
		trust forwarded.Trust
		r     *http.Request
		want  string
	}{
		{"not believed", forwarded.Trust{}, request("10.1.1.1:1", "X-Forwarded-Host", "a.example", "X-Forwarded-Port", "9"), "own.example:81"},
		{"host", forwarded.Trust{Host: true}, request("1.1.1.1:1", "X-Forwarded-Host", "a.example:8"), "a.example:8"},
		{"no header", forwarded.Trust{Host: true}, request("1.1.1.1:1"), "own.example:81"},
		{"two lines", forwarded.Trust{Host: true}, request("1.1.1.1:1", "X-Forwarded-Host", "a.example", "X-Forwarded-Host", "b.example"), "a.example,b.example"},
		{"a stranger", forwarded.Trust{Host: true, Port: true, Proxies: proxies}, request("1.1.1.1:1", "X-Forwarded-Host", "a.example", "X-Forwarded-Port", "9"), "own.example:81"},
	} {
		if got := tt.trust.HostOf(tt.r); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestPortOf(t *testing.T) {
	local := &net.TCPAddr{IP: net.IPv6loopback, Port: 8000}
	for _, tt := range []struct {
		name  string
		trust forwarded.Trust
		peer  string
		want  string
	}{
		{"not believed", forwarded.Trust{Host: true}, "1.1.1.1:1", "8000"},
		{"from anyone, as in Django", forwarded.Trust{Port: true}, "1.1.1.1:1", "9"},
		{"a named proxy", forwarded.Trust{Port: true, Proxies: proxies}, "10.1.1.1:1", "9"},
		{"a stranger", forwarded.Trust{Port: true, Proxies: proxies}, "1.1.1.1:1", "8000"},
	} {
		r := request(tt.peer, "X-Forwarded-Port", "9")
		r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, local))
		if got := tt.trust.PortOf(r); got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := (&forwarded.Trust{Port: true}).PortOf(request("1.1.1.1:1")); got != "" {
		t.Errorf("got %q of nothing", got)
	}
}

func TestClient(t *testing.T) {
	for _, tt := range []struct{ name, peer, hops, want string }{
		{"no proxy", "1.2.3.4:5", "9.9.9.9", "1.2.3.4"},
		{"a proxy", "10.0.0.1:5", "9.9.9.9", "9.9.9.9"},
		{"what the client invented stands before", "10.0.0.1:5", "8.8.8.8, 9.9.9.9", "9.9.9.9"},
		{"proxies in a row", "10.0.0.1:5", "8.8.8.8, 9.9.9.9, 10.0.0.2", "9.9.9.9"},
		{"proxies alone", "10.0.0.1:5", "10.0.0.3, 10.0.0.2", "10.0.0.3"},
		{"rubbish", "10.0.0.1:5", "9.9.9.9, unknown, 10.0.0.2", "10.0.0.2"},
		{"nothing", "10.0.0.1:5", "", "10.0.0.1"},
		{"with a port", "10.0.0.1:5", "[2001:db8::1]:443", "2001:db8::1"},
		{"mapped", "[::ffff:10.0.0.1]:5", "9.9.9.9", "9.9.9.9"},
		{"a zone", "[fd00::1%eth0]:5", "9.9.9.9", "9.9.9.9"},
		{"a zone of elsewhere", "10.0.0.1:5", "fe80::1%\"any text", "fe80::1"},
		{"a Unix socket", "@", "9.9.9.9", "invalid IP"},
	} {
		trust := &forwarded.Trust{Proxies: proxies}
		if got := trust.Client(request(tt.peer, "X-Forwarded-For", tt.hops)).String(); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
	// Several lines are one list: the last one is the proxy's.
	lines := request("10.0.0.1:5", "X-Forwarded-For", "8.8.8.8")
	lines.Header.Add("X-Forwarded-For", "9.9.9.9")
	if got := (&forwarded.Trust{Proxies: proxies}).Client(lines).String(); got != "9.9.9.9" {
		t.Errorf("of two lines: got %s", got)
	}
	// Who replaces RemoteAddr keeps the peer.
	r := request("10.0.0.1:5", "X-Forwarded-For", "9.9.9.9")
	r = r.WithContext(forwarded.WithPeer(r.Context(), r.RemoteAddr))
	r.RemoteAddr = "9.9.9.9:0"
	if got := (&forwarded.Trust{Proxies: proxies}).Client(r).String(); got != "9.9.9.9" || forwarded.Peer(r).String() != "10.0.0.1" {
		t.Errorf("got %s", got)
	}
}
