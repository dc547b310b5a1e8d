package server

import (
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// An Address is where to listen.
type Address struct {
	Host string // an IP address without brackets, or a name
	Port int    // 0: the system chooses one
	IPv6 bool   // whether a name stands for its IPv6 addresses
}

// ParseAddress reads Django's [[ADDR:]PORT]: "8000", "0.0.0.0:8000",
// "[::1]:8000", "localhost:8000", "0:8000" for all interfaces. What is left out
// is 127.0.0.1 (::1 with ipv6) and 8000. ipv6 is Django's -6; an address in
// brackets implies it. The errors are Django's.
func ParseAddress(arg string, ipv6 bool) (Address, error) {
	if arg == "" {
		arg = "8000"
	}
	host, port, named := "", arg, false
	if i := strings.LastIndexByte(arg, ':'); i >= 0 {
		host, port, named = arg[:i], arg[i+1:], true
	}
	if !consists(port, isDigit) || named && !isHost(host) {
		//lint:ignore ST1005 a sentence in the manner of Django
		return Address{}, fmt.Errorf("%q is not a valid port number or address:port pair. Write a port, as in 8000, or both, as in 0.0.0.0:8000 or [::1]:8000.", arg)
	}
	number, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		//lint:ignore ST1005 a sentence in the manner of Django
		return Address{}, fmt.Errorf("%q is not a valid port number. It must be from 0 to 65535.", port)
	}
	a := Address{Host: host, Port: int(number), IPv6: ipv6}
	return a, a.normalize()
}

// normalize fills in the default host and checks an IP address.
func (a *Address) normalize() error {
	if inner, ok := strings.CutPrefix(a.Host, "["); ok {
		a.Host, a.IPv6 = strings.TrimSuffix(inner, "]"), true
		return a.requireIP()
	}
	switch {
	case a.Host == "" && a.IPv6:
		a.Host = "::1"
	case a.Host == "":
		a.Host = "127.0.0.1"
	case a.Host == "0" && a.IPv6:
		a.Host = "::"
	case a.Host == "0":
		a.Host = "0.0.0.0"
	case endsInNumber(a.Host):
		return a.requireIP()
	}
	return nil
}

func (a *Address) requireIP() error {
	ip, err := netip.ParseAddr(a.Host)
	if err == nil && ip.Is6() == a.IPv6 {
		return nil
	}
	version := 4
	if a.IPv6 {
		version = 6
	}
	//lint:ignore ST1005 a sentence in the manner of Django
	return fmt.Errorf("%q is not a valid IPv%d address.", a.Host, version)
}

// String is the address as a URL has it: "127.0.0.1:8000", "[::1]:8000".
func (a Address) String() string {
	return net.JoinHostPort(a.Host, strconv.Itoa(a.Port))
}

// On is the address with the port that l listens on, which is another than
// a.Port when that is 0.
func (a Address) On(l net.Listener) Address {
	if tcp, ok := l.Addr().(*net.TCPAddr); ok {
		a.Port = tcp.Port
	}
	return a
}

func (a Address) network() string {
	if a.IPv6 {
		return "tcp6"
	}
	return "tcp4"
}

// isHost is the shape that Django's runserver accepts: an IPv6 address in
// brackets, or labels of letters, digits and hyphens.
func isHost(s string) bool {
	if inner, ok := strings.CutPrefix(s, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		return ok && consists(inner, func(c byte) bool { return isHex(c) || c == ':' })
	}
	for label := range strings.SplitSeq(s, ".") {
		if !consists(label, func(c byte) bool { return isLetter(c) || isDigit(c) || c == '-' }) {
			return false
		}
	}
	return true
}

// endsInNumber says that s is meant as an IPv4 address: no top-level domain is
// a number (URL Standard, "ends in a number").
func endsInNumber(s string) bool {
	return consists(s[strings.LastIndexByte(s, '.')+1:], isDigit)
}

func consists(s string, of func(byte) bool) bool {
	for i := range len(s) {
		if !of(s[i]) {
			return false
		}
	}
	return s != ""
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
func isHex(c byte) bool    { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }
