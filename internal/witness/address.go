package witness

// An address is how far a host reads like an IPv4 address. The zero address is
// none. Values that make no difference for what may follow are taken for one,
// to keep the states few.
type address struct {
	octet  uint8 // 1 to 4
	digits uint8
	value  uint8
	first  uint8 // of a network that is private in parts
	public bool
}

var firstAddress = address{octet: 1}

// telling are first octets that say whether an address is private, with all
// that they begin with.
var telling = map[uint8]bool{0: true, 1: true, 10: true, 12: true, 127: true, 16: true, 169: true, 17: true, 172: true, 19: true, 192: true}

func (a address) step(c byte) address {
	switch {
	case a.octet == 0:
		return address{}
	case c == '.':
		return a.nextOctet()
	case c < '0' || c > '9':
		return address{}
	}
	v := int(a.value)*10 + int(c-'0')
	if a.digits > 0 && a.value == 0 || a.digits == 3 || v > 255 {
		return address{}
	}
	a.digits++
	a.value = a.coarse(uint8(v))
	return a
}

// tells says whether it makes a difference for being private that v is the
// octet, or its beginning.
func (a address) tells(v uint8) bool {
	switch {
	case a.octet == 1:
		return telling[v]
	case a.octet > 2:
		return false
	case a.first == 169:
		return v == 2 || v == 25 || v == 254
	case a.first == 192:
		return v == 1 || v == 16 || v == 168
	}
	return a.first == 172 && v < 32
}

// coarse is the value, or one that stands for it.
func (a address) coarse(v uint8) uint8 {
	switch {
	case a.tells(v):
		return v
	case v == 0, a.digits == 1 && v <= 2, a.digits == 2 && v == 25:
		return v
	case a.digits == 1:
		return 9
	case a.digits == 2 && v < 25:
		return 20
	case a.digits == 2:
		return 99
	}
	return 200
}

func (a address) nextOctet() address {
	if a.digits == 0 || a.octet == 4 {
		return address{}
	}
	n := address{octet: a.octet + 1, public: a.public}
	switch a.octet {
	case 1:
		switch a.value {
		case 0, 10, 127:
			return address{} // no page of a stranger is there
		case 169, 172, 192:
			n.first = a.value
		default:
			n.public = true
		}
	case 2:
		if a.first == 169 && a.value == 254 || a.first == 192 && a.value == 168 || a.first == 172 && a.value >= 16 && a.value < 32 {
			return address{}
		}
		n.public = true
	}
	return n
}

func (a address) isPublic() bool { return a.octet == 4 && a.digits > 0 && a.public }

// stepBrackets reads an IPv6 address of the form [2xxx::x]: the addresses of
// the Internet that are written in the fewest groups. A pattern that lets in
// others, and none of these, is not known.
func (p place) stepBrackets(c byte) (place, bool) {
	hex := '0' <= c && c <= '9' || 'a' <= c && c <= 'f'
	p.at++
	switch at := p.at; {
	case at == 1:
		return p, c == '2' || c == '3'
	case at <= 4:
		return p, hex
	case at <= 6:
		return p, c == ':'
	case at == 7:
		return p, hex && c != '0'
	case c == ']':
		p.phase, p.at = afterBrackets, 0
		return p, true
	}
	return p, hex && p.at <= 10
}

// Ports, as they are read: the number of digits, and whether they are the
// beginning of one that matters.
const (
	portLoose  = 0x00 // below the largest port so far: up to 5 digits
	portTight  = 0x10 // the beginning of 65535
	portOver   = 0x20 // above it: up to 4 digits
	portWeb    = 0x30 // the beginning of the scheme's own port
	portDigits = 0x0f
)

const largestPort = "65535"

// ownPort is the port that a scheme has anyway.
func ownPort(scheme string) string {
	switch scheme {
	case "http":
		return "80"
	case "https":
		return "443"
	}
	return ""
}

func stepPort(at uint8, c byte, scheme string) (uint8, bool) {
	n := at & portDigits
	if c < '0' || c > '9' || n == 0 && c == '0' || n == 5 {
		return 0, false
	}
	kind, own := at&^portDigits, ownPort(scheme)
	if (n == 0 || kind == portWeb) && int(n) < len(own) && own[n] == c {
		return portWeb | n + 1, true
	}
	switch {
	case n == 0 && c > largestPort[0], kind == portTight && c > largestPort[n]:
		kind = portOver
	case n == 0 && c == largestPort[0], kind == portTight && c == largestPort[n]:
		kind = portTight
	case kind == portWeb && own == "80":
		kind = portOver // 8..., which begins as no port of five digits does
	case kind != portOver:
		kind = portLoose
	}
	return kind | n + 1, kind != portOver || n+1 < 5
}

func portEnds(at uint8, scheme string) bool {
	n := at & portDigits
	return n > 0 && !(at&^portDigits == portWeb && int(n) == len(ownPort(scheme)))
}
