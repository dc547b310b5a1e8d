package proxy

import (
	"net/netip"
	"strings"
)

// An element is what one proxy says in Forwarded: pairs of names, in lower case, and
// values.
type element map[string]string

// parseForwarded reads a Forwarded header (RFC 7239, section 4). Of one that is not
// well formed nothing counts.
func parseForwarded(header string) (elements []element, ok bool) {
	s := scanner{rest: header}
	for {
		s.blanks()
		e := element{}
		for {
			name := strings.ToLower(s.token())
			if name == "" || !s.take('=') {
				return nil, false
			}
			value, found := s.value()
			if _, twice := e[name]; !found || twice {
				return nil, false
			}
			e[name] = value
			if s.blanks(); !s.take(';') {
				break
			}
			s.blanks()
		}
		elements = append(elements, e)
		if s.rest == "" {
			return elements, true
		}
		if !s.take(',') {
			return nil, false
		}
	}
}

// forOf is Forwarded as X-Forwarded-For. A name that hides an address is "unknown".
func forOf(elements []element) string {
	hops := make([]string, 0, len(elements))
	for _, e := range elements {
		addr := nodeAddr(e["for"])
		if !addr.IsValid() {
			hops = append(hops, "unknown")
			continue
		}
		hops = append(hops, addr.String())
	}
	return strings.Join(hops, ", ")
}

// nodeAddr is the address of a node, without its port.
func nodeAddr(node string) netip.Addr {
	if at, err := netip.ParseAddrPort(node); err == nil {
		return at.Addr().Unmap()
	}
	addr, err := netip.ParseAddr(strings.TrimSuffix(strings.TrimPrefix(node, "["), "]"))
	if err != nil {
		return netip.Addr{}
	}
	return addr.Unmap().WithZone("")
}

// A scanner reads a header from its start.
type scanner struct{ rest string }

func (s *scanner) blanks() { s.rest = strings.TrimLeft(s.rest, " \t") }

func (s *scanner) take(c byte) bool {
	if s.rest == "" || s.rest[0] != c {
		return false
	}
	s.rest = s.rest[1:]
	return true
}

func (s *scanner) token() string {
	i := 0
	for i < len(s.rest) && isTokenByte(s.rest[i]) {
		i++
	}
	token := s.rest[:i]
	s.rest = s.rest[i:]
	return token
}

// value is a token or a quoted string.
func (s *scanner) value() (string, bool) {
	if !s.take('"') {
		token := s.token()
		return token, token != ""
	}
	var b strings.Builder
	for s.rest != "" {
		c := s.rest[0]
		s.rest = s.rest[1:]
		switch {
		case c == '"':
			return b.String(), true
		case c == '\\' && s.rest != "":
			c, s.rest = s.rest[0], s.rest[1:]
		}
		b.WriteByte(c)
	}
	return "", false
}

// quoted is a value as a token, or in quotes where it is none.
func quoted(value string) string {
	plain := value != ""
	for i := 0; i < len(value) && plain; i++ {
		plain = isTokenByte(value[i])
	}
	if plain {
		return value
	}
	return `"` + quotes.Replace(value) + `"`
}

var quotes = strings.NewReplacer(`\`, `\\`, `"`, `\"`)

// isTokenByte holds for what a token is made of (RFC 9110, section 5.6.2).
func isTokenByte(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}
