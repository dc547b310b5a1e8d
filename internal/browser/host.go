package browser

import (
	"fmt"
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
func canonicalHost(host string) (canonical string, octal bool, bad *BadPart) {
	whole := func(why string) *BadPart { return &BadPart{0, len(host), why} }
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
	if EndsInNumber(name) {
		canonical, octal, ok := canonicalIPv4(name)
		if !ok {
			return "", false, whole("a host that ends in a number, as only IPv4 addresses do, and is none")
		}
		return canonical, octal, nil
	}
	if label, why := BadLabel(name); why != "" {
		bad := whole(why)
		if i := strings.Index(host, label); label != "" && i >= 0 {
			bad.Start, bad.End = i, i+len(label)
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

// BadLabel is the first part of a host name that no name has, if there is one.
// Underscores and hyphens at an end are against the rules and in use.
func BadLabel(name string) (label, why string) {
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
			return label[i : i+1], "a " + shownByte(label[i]) + " in its host"
		}
	}
	return "", ""
}

// shownByte is one that is not outside ASCII.
func shownByte(c byte) string {
	if c < ' ' || c == 0x7f {
		return strconv.QuoteRune(rune(c))
	}
	return "'" + string(c) + "'"
}

func isNoHostByte(r rune) bool {
	return !('a' <= r && r <= 'z' || '0' <= r && r <= '9' || r == '-' || r == '_')
}

// isHost says whether a host of any scheme can be sent: a reg-name (RFC 3986,
// section 3.2.2), or what looks like an IPv6 address.
func isHost(host string) bool {
	if inner, found := strings.CutPrefix(host, "["); found {
		inner, found = strings.CutSuffix(inner, "]")
		return found && inner != "" && strings.Trim(inner, "0123456789abcdefABCDEF:.") == ""
	}
	return host != "" && !strings.ContainsFunc(host, func(r rune) bool {
		return r > '~' || !isAlphanumeric(byte(r)) && !strings.ContainsRune("._~%!$&'()*+,;=-", r)
	})
}
