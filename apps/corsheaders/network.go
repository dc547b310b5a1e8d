package corsheaders

import (
	"net/netip"
	"strings"
)

// A reach says from where a host can be reached.
type reach uint8

const (
	public   reach = iota
	private        // in a network that has names or addresses of its own
	loopback       // on the same machine
)

// privateNames end the names that no public DNS server has: those that are
// reserved (RFC 6761, RFC 6762, RFC 8375, ICANN's resolution 2024.07.29.06),
// and .lan, which many routers use.
var privateNames = []string{".local", ".internal", ".test", ".home.arpa", ".lan"}

// sharedAddresses are those of a provider's or an overlay network (RFC 6598).
var sharedAddresses = netip.MustParsePrefix("100.64.0.0/10")

// reachOf is about a host as browsers send it. A name without a dot is one of
// a private network: there are no websites at it.
func reachOf(host string) reach {
	if addr, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil {
		return reachOfAddr(addr.Unmap())
	}
	name := strings.TrimSuffix(host, ".")
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return loopback
	}
	if !strings.Contains(name, ".") {
		return private
	}
	for _, end := range privateNames {
		if strings.HasSuffix(name, end) {
			return private
		}
	}
	return public
}

// reachOfAddr takes 0.0.0.0 for the same machine, as browsers do.
func reachOfAddr(addr netip.Addr) reach {
	switch {
	case addr.IsLoopback() || addr.IsUnspecified():
		return loopback
	case addr.IsPrivate() || addr.IsLinkLocalUnicast() || sharedAddresses.Contains(addr):
		return private
	}
	return public
}
