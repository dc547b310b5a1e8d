package browser

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
)

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

// EndsInNumber is the URL standard's "ends in a number checker".
func EndsInNumber(name string) bool {
	name = strings.TrimSuffix(name, ".")
	last := name[strings.LastIndexByte(name, '.')+1:]
	if last != "" && isNumber(last) {
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
