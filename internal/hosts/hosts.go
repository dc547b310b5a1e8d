// Package hosts decides whether a request's Host is one of ALLOWED_HOSTS, by
// the rules of django.http.request (validate_host, split_domain_port).
package hosts

import "strings"

// Debug is what Django allows when DEBUG is on and ALLOWED_HOSTS is empty.
func Debug() []string { return []string{".localhost", "127.0.0.1", "[::1]"} }

// Domain is the host without its port and without a trailing dot, in lower
// case. ok is false when host is no valid domain name or bracketed IPv6
// address with an optional port.
func Domain(host string) (domain string, ok bool) {
	host = strings.ToLower(host)
	domain, port := split(host)
	if domain == "" || !validPort(port) || !validDomain(domain) {
		return "", false
	}
	return strings.TrimSuffix(domain, "."), true
}

// split cuts the port, with its colon, from the host.
func split(host string) (domain, port string) {
	if strings.HasPrefix(host, "[") {
		end := strings.IndexByte(host, ']') + 1
		return host[:end], host[end:]
	}
	if i := strings.IndexByte(host, ':'); i >= 0 {
		return host[:i], host[i:]
	}
	return host, ""
}

func validPort(port string) bool {
	return port == "" || len(port) > 1 && port[0] == ':' && only(port[1:], inPort)
}

func validDomain(domain string) bool {
	if inner, v6 := strings.CutPrefix(domain, "["); v6 {
		inner = strings.TrimSuffix(inner, "]")
		return strings.Contains(inner, ":") && only(inner, inIPv6)
	}
	return only(domain, inDomain)
}

// The sets of bytes that a part of a host is made of.
const (
	inPort uint8 = 1 << iota
	inIPv6
	inDomain
)

var sets = func() (sets [256]uint8) {
	for set, bytes := range map[uint8]string{
		inPort:   "0123456789",
		inIPv6:   "0123456789abcdef.:",
		inDomain: "abcdefghijklmnopqrstuvwxyz0123456789.-",
	} {
		for i := range len(bytes) {
			sets[bytes[i]] |= set
		}
	}
	return sets
}()

func only(s string, set uint8) bool {
	for i := range len(s) {
		if sets[s[i]]&set == 0 {
			return false
		}
	}
	return true
}

// Allowed says whether one of the patterns admits the domain: "*" admits all,
// ".example.com" example.com and what is below it, anything else itself.
// Patterns are compared without regard to case.
func Allowed(domain string, patterns []string) bool {
	for _, p := range patterns {
		p = strings.ToLower(p)
		if p == "*" || p == domain {
			return true
		}
		if strings.HasPrefix(p, ".") && (strings.HasSuffix(domain, p) || domain == p[1:]) {
			return true
		}
	}
	return false
}
