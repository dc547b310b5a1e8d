package corsheaders

import (
	"fmt"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"
)

// toASCII is the URL standard's "domain to ASCII", which is not strict.
var toASCII = idna.New(idna.MapForLookup(), idna.Transitional(false), idna.BidiRule(), idna.CheckJoiners(true),
	idna.CheckHyphens(false), idna.StrictDomainName(false), idna.VerifyDNSLength(false)).ToASCII

// canonicalHost is the host parser of the URL standard, for http and https,
// and then the limits of host names. The places of bad are those in host.
func canonicalHost(host string) (canonical string, octal bool, bad *badPart) {
	whole := func(why string) *badPart { return &badPart{0, len(host), why} }
	if strings.HasPrefix(host, "[") {
		canonical, ok := canonicalIPv6(host)
		if !ok {
			return "", false, whole("brackets that hold no IPv6 address")
		}
		return canonical, false, nil
	}
	decoded, err := url.PathUnescape(host)
	if err != nil {
		return "", false, whole("a % in its host")
	}
	name, ok := domain(decoded)
	if !ok {
		return "", false, whole("a host that is no domain name")
	}
	if endsInNumber(name) {
		canonical, octal, ok := canonicalIPv4(name)
		if !ok {
			return "", false, whole("a host that ends in a number, as only IPv4 addresses do, and is none")
		}
		return canonical, octal, nil
	}
	if label, why := badLabel(name); why != "" {
		bad := whole(why)
		if i := strings.Index(host, label); label != "" && i >= 0 {
			bad.start, bad.end = i, i+len(label)
		}
		return "", false, bad
	}
	return name, false, nil
}

// domain is the name in ASCII and lower case.
func domain(name string) (ascii string, ok bool) {
	ascii = strings.ToLower(name)
	if isASCII(ascii) && !strings.Contains(ascii, "xn--") {
		return ascii, true
	}
	ascii, err := toASCII(name)
	return ascii, err == nil && utf8.ValidString(name)
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// The lengths of RFC 1035, section 2.3.4, without the final dot.
const (
	maxName  = 253
	maxLabel = 63
)

// badLabel is the first part of a host name that no name has, if there is one.
// Underscores and hyphens at an end are against the rules and in use.
func badLabel(name string) (label, why string) {
	name = strings.TrimSuffix(name, ".")
	if len(name) > maxName {
		return "", fmt.Sprintf("a host of %d characters, and host names have at most %d", len(name), maxName)
	}
	for label := range strings.SplitSeq(name, ".") {
		if label == "" {
			return "", "an empty label in its host"
		}
		if len(label) > maxLabel {
			return label, fmt.Sprintf("a label of %d characters in its host, and labels have at most %d", len(label), maxLabel)
		}
		if i := strings.IndexFunc(label, isNoHostByte); i >= 0 {
			return label[i : i+1], "a " + quote(label[i:i+1]) + " in its host"
		}
	}
	return "", ""
}

func isNoHostByte(r rune) bool {
	return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '_')
}

func canonicalIPv6(host string) (canonical string, ok bool) {
	inner, closed := strings.CutSuffix(host[1:], "]")
	addr, err := netip.ParseAddr(inner)
	if !closed || err != nil || !addr.Is6() || addr.Zone() != "" {
		return "", false
	}
	if addr.Is4In6() { // Go writes those with dots
		b := addr.As16()
		return fmt.Sprintf("[::ffff:%x:%x]", int(b[12])<<8|int(b[13]), int(b[14])<<8|int(b[15])), true
	}
	return "[" + addr.String() + "]", true
}

// endsInNumber is the URL standard's "ends in a number checker".
func endsInNumber(name string) bool {
	name = strings.TrimSuffix(name, ".")
	last := name[strings.LastIndexByte(name, '.')+1:]
	if last != "" && span(last, inPort) == len(last) {
		return true
	}
	_, _, ok := number(last)
	return ok
}

// canonicalIPv4 is the URL standard's IPv4 parser, and back again. octal says
// that the address is another one for those who read 010 as 10.
func canonicalIPv4(name string) (canonical string, octal, ok bool) {
	parts := strings.Split(strings.TrimSuffix(name, "."), ".")
	if len(parts) > 4 {
		return "", false, false
	}
	var addr uint64
	for i, part := range parts {
		n, odd, ok := number(part)
		bytes := 1 // that the part stands for
		if i == len(parts)-1 {
			bytes = 5 - len(parts)
		}
		if !ok || n >= 1<<(8*bytes) {
			return "", false, false
		}
		addr, octal = addr<<(8*bytes)|n, octal || odd
	}
	return netip.AddrFrom4([4]byte{byte(addr >> 24), byte(addr >> 16), byte(addr >> 8), byte(addr)}).String(), octal, true
}

// number is the URL standard's IPv4 number parser. octal says that it reads
// the number as an octal one, and would read another without the zero.
func number(part string) (n uint64, octal, ok bool) {
	digits, base := part, 10
	if hex, found := strings.CutPrefix(part, "0x"); found {
		digits, base = hex, 16
	} else if len(part) > 1 && part[0] == '0' {
		digits, base = part[1:], 8
	}
	if digits == "" {
		return 0, false, part != ""
	}
	n, err := strconv.ParseUint(digits, base, 64)
	if err != nil {
		return 0, false, false
	}
	return n, base == 8 && n > 7, true
}
