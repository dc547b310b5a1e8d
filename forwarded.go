package settled

import (
	"net/http"
	"net/netip"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/forwarded"
)

// IsSecure says whether a request came over HTTPS, to this program or to a proxy
// that SECURE_PROXY_SSL_HEADER believes. It is Django's request.is_secure; outside of
// a site, only the connection counts.
func IsSecure(r *http.Request) bool { return trustOf(r).Secure(r) }

// Host is the host that a request is for, with its port: that of the Host header, or
// what a proxy says where USE_X_FORWARDED_HOST believes it.
// Django's request.get_host also compares it with ALLOWED_HOSTS; a site does so
// before a handler is called.
func Host(r *http.Request) string { return trustOf(r).HostOf(r) }

// Port is the port that a request came in by: that of this program, or what a proxy
// says where USE_X_FORWARDED_PORT believes it. It is Django's request.get_port; "" where
// there is none, as with a Unix socket.
func Port(r *http.Request) string { return trustOf(r).PortOf(r) }

// ClientAddr is who sent a request: the peer of the connection or, behind one of
// TRUSTED_PROXIES, the last address of X-Forwarded-For that is none of them. It is
// not valid where there is none, as with a Unix socket.
func ClientAddr(r *http.Request) netip.Addr { return trustOf(r).Client(r) }

// FromTrustedProxy says whether the peer of the connection is one of
// TRUSTED_PROXIES, so that what its headers say of the client can be believed.
func FromTrustedProxy(r *http.Request) bool {
	t := trustOf(r)
	return len(t.Proxies) > 0 && t.Names(forwarded.Peer(r))
}

func trustOf(r *http.Request) *forwarded.Trust {
	if s, ok := siteFrom(r.Context()); ok {
		return s.trust
	}
	return &forwarded.Trust{}
}

// trust is what the settings say, as far as they make sense: the rules say what does
// not.
func (c Core) trust() *forwarded.Trust {
	t := &forwarded.Trust{Host: c.UseXForwardedHost, Port: c.UseXForwardedPort}
	if len(c.SecureProxySSLHeader) == 2 {
		t.SSLHeader, t.SSLValue = httpHeader(c.SecureProxySSLHeader[0]), c.SecureProxySSLHeader[1]
	}
	for _, proxy := range c.TrustedProxies {
		if p, ok := parseProxy(proxy); ok {
			t.Proxies = append(t.Proxies, p)
		}
	}
	return t
}

// httpHeader is the header that Django calls HTTP_X_FORWARDED_PROTO, in the form of
// http.Header.
func httpHeader(name string) string {
	name = strings.ReplaceAll(strings.TrimPrefix(name, "HTTP_"), "_", "-")
	return http.CanonicalHeaderKey(strings.ToLower(name))
}

// parseProxy reads an address, or a network in CIDR notation.
func parseProxy(s string) (netip.Prefix, bool) {
	if p, err := netip.ParsePrefix(s); err == nil {
		return p.Masked(), true
	}
	addr, err := netip.ParseAddr(s)
	if err != nil || addr.Zone() != "" {
		return netip.Prefix{}, false
	}
	return netip.PrefixFrom(addr, addr.BitLen()), true
}

// findBadProxy is the rule about an entry of TRUSTED_PROXIES.
func findBadProxy(_, value any) checks.Messages {
	if _, ok := parseProxy(value.(string)); ok {
		return nil
	}
	return checks.Messages{checks.Errorf("core.E003",
		"%q in {name} is no IP address and no network: it is not known whose headers to believe", value).
		WithHint("write an address, \"10.0.0.7\", or a network, \"10.0.0.0/8\"").Of(checks.Unbuildable)}
}

// findBadSSLHeader is the rule about SECURE_PROXY_SSL_HEADER, in the form that Django
// has: the name as WSGI has it, and the value that means HTTPS.
func findBadSSLHeader(_, value any) checks.Messages {
	pair := value.([]string)
	switch {
	case len(pair) == 0 || len(pair) == 2 && strings.HasPrefix(pair[0], "HTTP_") && pair[1] != "":
		return nil
	case len(pair) != 2:
		return checks.Messages{checks.Errorf("core.E004",
			"The {name} setting must be a tuple containing two values: a header and what it holds for a request over HTTPS").
			WithHint("write {name} = [\"HTTP_X_FORWARDED_PROTO\", \"https\"], if your proxy sets X-Forwarded-Proto").Of(checks.Unbuildable)}
	}
	return checks.Messages{checks.Errorf("core.E004",
		"%q in {name} is not the name of a header as Django writes it: no request would ever count as secure", pair[0]).
		WithHint("write %q", "HTTP_"+strings.ToUpper(strings.ReplaceAll(pair[0], "-", "_"))).Of(checks.Unbuildable)}
}
