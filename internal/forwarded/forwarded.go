// Package forwarded says what is known of a request that may have come through
// proxies: whether it was secure, for which host it was, and who sent it. A header
// counts only if a setting says so.
package forwarded

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// A Trust is what the settings say about proxies. The zero Trust believes no
// header. It is safe for concurrent use.
type Trust struct {
	// Proxies are those whose headers count. When there are none, the headers
	// that are named below count from everyone, as in Django.
	Proxies []netip.Prefix
	// SSLHeader says that a request was secure by having SSLValue, in the form
	// of http.Header; "" for none. Django's SECURE_PROXY_SSL_HEADER.
	SSLHeader, SSLValue string
	// Host and Port say that X-Forwarded-Host and X-Forwarded-Port count.
	// Django's USE_X_FORWARDED_HOST and USE_X_FORWARDED_PORT.
	Host, Port bool
}

// Secure is Django's request.is_secure. Of a list in the header the first value
// counts, which is the client's own connection.
func (t *Trust) Secure(r *http.Request) bool {
	if t.SSLHeader == "" || !t.believes(r) {
		return r.TLS != nil
	}
	values, found := r.Header[t.SSLHeader]
	if !found || len(values) == 0 {
		return r.TLS != nil
	}
	first, _, _ := strings.Cut(values[0], ",")
	return len(values) == 1 && strings.TrimSpace(first) == t.SSLValue
}

// HostOf is what Django's request.get_host takes: X-Forwarded-Host where that
// counts, else Host. It may be no valid host: several lines are none, since the first
// may be the client's own.
func (t *Trust) HostOf(r *http.Request) string {
	if !t.Host || !t.believes(r) {
		return r.Host
	}
	if host := strings.Join(r.Header["X-Forwarded-Host"], ","); host != "" {
		return host
	}
	return r.Host
}

// PortOf is Django's request.get_port: X-Forwarded-Port where that counts, else the
// port that the request came in by, or "" where there is none. It may be no number.
func (t *Trust) PortOf(r *http.Request) string {
	if port := r.Header.Get("X-Forwarded-Port"); t.Port && port != "" && t.believes(r) {
		return port
	}
	local, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
	if !ok {
		return ""
	}
	_, port, _ := net.SplitHostPort(local.String())
	return port
}

// Client is the address of who sent the request: the peer of the connection, or,
// where that is one of Proxies, the last address in X-Forwarded-For that is none of
// them. It is the zero Addr where there is none, as with a Unix socket.
func (t *Trust) Client(r *http.Request) netip.Addr {
	client := Peer(r)
	if !t.Names(client) {
		return client
	}
	hops := strings.Split(strings.Join(r.Header["X-Forwarded-For"], ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		addr := parse(strings.TrimSpace(hops[i])).WithZone("") // a zone is any text, and of another machine
		if !addr.IsValid() {
			return client // what stands before is anyone's invention
		}
		client = addr
		if !t.Names(addr) {
			break
		}
	}
	return client
}

// Names says whether the address is one of Proxies.
func (t *Trust) Names(addr netip.Addr) bool {
	for _, p := range t.Proxies {
		if addr.IsValid() && p.Contains(addr.Unmap().WithZone("")) {
			return true
		}
	}
	return false
}

func (t *Trust) believes(r *http.Request) bool {
	return len(t.Proxies) == 0 || t.Names(Peer(r))
}

type peerKey struct{}

// WithPeer keeps the address of the connection for Peer, for who replaces
// RemoteAddr.
func WithPeer(ctx context.Context, remoteAddr string) context.Context {
	return context.WithValue(ctx, peerKey{}, remoteAddr)
}

// Peer is the other end of the connection, whatever RemoteAddr says by now.
func Peer(r *http.Request) netip.Addr {
	if kept, ok := r.Context().Value(peerKey{}).(string); ok {
		return parse(kept)
	}
	return parse(r.RemoteAddr)
}

// parse reads an address with or without a port.
func parse(s string) netip.Addr {
	if at, err := netip.ParseAddrPort(s); err == nil {
		return at.Addr().Unmap()
	}
	addr, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return addr.Unmap()
}
