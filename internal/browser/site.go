package browser

import (
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// IsSameSite says whether two origins are of the same site, which is what
// SameSite cookies go by: the same scheme and the same registrable domain,
// whatever the port (https://html.spec.whatwg.org/#same-site). Null is of no
// site.
func IsSameSite(a, b string) bool {
	x, errX := url.Parse(a)
	y, errY := url.Parse(b)
	if errX != nil || errY != nil || x.Hostname() == "" || x.Scheme != y.Scheme {
		return false
	}
	return Site(x.Hostname()) == Site(y.Hostname())
}

// Site is the registrable domain of a host, or the host itself when it has
// none.
func Site(host string) string {
	host = strings.ToLower(host)
	if _, err := netip.ParseAddr(host); err == nil {
		return host
	}
	if domain, err := publicsuffix.EffectiveTLDPlusOne(host); err == nil {
		return domain
	}
	return host
}

// A Space is a set of addresses that a page from farther away may not reach
// just so (https://wicg.github.io/local-network-access/).
type Space string

const (
	Public   Space = "public"
	Local    Space = "local" // a private network
	Loopback Space = "loopback"
)

// SpaceOf is where a host is, as far as its name says it: a name that leads to a
// private address is taken to be public. 0.0.0.0 leads to the same machine.
func SpaceOf(host string) Space {
	host = strings.TrimSuffix(strings.ToLower(strings.Trim(host, "[]")), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return Loopback
	}
	if strings.HasSuffix(host, ".local") {
		return Local
	}
	addr, err := netip.ParseAddr(host)
	if err != nil {
		return Public
	}
	switch addr = addr.Unmap(); {
	case addr.IsLoopback(), addr.IsUnspecified():
		return Loopback
	case addr.IsPrivate(), addr.IsLinkLocalUnicast(), carrierNAT.Contains(addr):
		return Local
	}
	return Public
}

// carrierNAT is RFC 6598's, which the draft counts as local.
var carrierNAT = netip.MustParsePrefix("100.64.0.0/10")
