package proxy

import (
	"net/http"
	"net/netip"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/forwarded"
)

// forward says to the server behind who asked, for which host and how: in the
// X-Forwarded headers, in X-Real-IP and in Forwarded (RFC 7239). What the client says
// of that itself counts if it is one of TRUSTED_PROXIES; else it is taken out.
// httputil.ReverseProxy has taken out of out what stands in in under these four names.
// believed is the header of SECURE_PROXY_SSL_HEADER, which the server may believe, too.
func forward(in, out *http.Request, believed string) {
	trusted := settled.FromTrustedProxy(in)
	dropClaims(out.Header, trusted, believed)
	c := claim{host: settled.Host(in), proto: "http", peer: forwarded.Peer(in)}
	if settled.IsSecure(in) {
		c.proto = "https"
	}
	var hops, elements string
	if trusted {
		c.host = or(joined(in.Header["X-Forwarded-Host"]), c.host)
		c.proto = or(joined(in.Header["X-Forwarded-Proto"]), c.proto)
		hops, elements = earlier(in.Header)
	}
	h := out.Header
	h["X-Forwarded-Host"] = []string{c.host}
	h["X-Forwarded-Proto"] = []string{c.proto}
	h["Forwarded"] = []string{with(elements, c.element())}
	if c.peer.IsValid() {
		h["X-Forwarded-For"] = []string{with(hops, c.peer.String())}
	}
	if client := settled.ClientAddr(in); client.IsValid() {
		h["X-Real-Ip"] = []string{client.String()}
	}
}

// earlier is what trusted proxies say of who asked, in both forms. Where they use one
// of them only, the other one is made of it.
func earlier(h http.Header) (hops, elements string) {
	hops, elements = joined(h["X-Forwarded-For"]), joined(h["Forwarded"])
	parsed, ok := parseForwarded(elements)
	switch {
	case elements != "" && !ok:
		elements = ""
	case hops == "" && elements != "":
		return forOf(parsed), elements
	}
	if elements == "" && hops != "" {
		return hops, elementsOf(hops)
	}
	return hops, elements
}

// A claim is what this server knows of a request.
type claim struct {
	peer        netip.Addr
	host, proto string
}

// element is the claim in the form of Forwarded. The host and the scheme are those of
// the request as the first proxy got it.
func (c claim) element() string {
	var b strings.Builder
	b.Grow(40 + len(c.host))
	b.WriteString("for=")
	b.WriteString(node(c.peer))
	b.WriteString(";host=")
	b.WriteString(quoted(c.host))
	b.WriteString(";proto=")
	b.WriteString(quoted(c.proto))
	return b.String()
}

// node is an address as Forwarded has it (RFC 7239, section 6).
func node(addr netip.Addr) string {
	switch {
	case !addr.IsValid():
		return "unknown"
	case addr.Is6():
		return `"[` + addr.WithZone("").String() + `]"`
	}
	return addr.String()
}

// elementsOf is X-Forwarded-For as Forwarded.
func elementsOf(hops string) string {
	var b strings.Builder
	for hop := range strings.SplitSeq(hops, ",") {
		addr, _ := netip.ParseAddr(strings.Trim(strings.TrimSpace(hop), "[]"))
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString("for=" + node(addr.Unmap()))
	}
	return b.String()
}

// claims are headers by which proxies and web servers say something about a request,
// beside those that begin with X-Forwarded: some server may believe them.
var claims = map[string]bool{
	"Forwarded": true, "X-Real-Ip": true, "X-Client-Ip": true, "X-Cluster-Client-Ip": true, "True-Client-Ip": true,
	"Cf-Connecting-Ip": true, "Fastly-Client-Ip": true, "X-Scheme": true, "X-Url-Scheme": true, "Front-End-Https": true,
	"X-Host": true, "X-Original-Host": true, "X-Original-Url": true, "X-Original-Uri": true, "X-Rewrite-Url": true,
	"X-Http-Host-Override": true, "Remote-User": true, "X-Remote-User": true, "X-Ssl-Client-Verify": true,
	"X-Ssl-Client-Cert": true, "X-Ssl-Client-S-Dn": true, "Ssl-Client-Verify": true, "Ssl-Client-Cert": true,
	// The address, for Rails, PHP and Java.
	"Client-Ip": true, "X-Remote-Ip": true, "X-Remote-Addr": true, "X-Originating-Ip": true, "Proxy-Client-Ip": true,
	"Wl-Proxy-Client-Ip": true, "X-Proxyuser-Ip": true, "X-Envoy-External-Address": true, "X-Original-Forwarded-For": true,
	// How Rack is to have files sent: a client could ask for any.
	"X-Sendfile-Type": true, "X-Accel-Mapping": true,
}

// isClaim holds for a header that says something about the request that only a proxy
// can know.
func isClaim(name string) bool { return strings.HasPrefix(name, "X-Forwarded") || claims[name] }

// dropClaims takes out what strangers claim, and Proxy, which CGI programs mistake for
// a setting. believed is one more name of a claim. WSGI, and CGI in general, takes X_Forwarded_For for X-Forwarded-For: so
// what is written like that is taken out of every request.
func dropClaims(h http.Header, trusted bool, believed string) {
	for name := range h {
		if strings.IndexByte(name, '_') >= 0 {
			if plain := hyphened(name); isClaim(plain) || plain == believed || plain == "Via" || plain == "Proxy" {
				delete(h, name)
			}
			continue
		}
		if name == "Proxy" || !trusted && (isClaim(name) || name == believed) {
			delete(h, name)
		}
	}
}

func joined(lines []string) string {
	if len(lines) == 1 {
		return strings.TrimSpace(lines[0])
	}
	return strings.TrimSpace(strings.Join(lines, ", "))
}

func with(list, more string) string {
	if list == "" {
		return more
	}
	return list + ", " + more
}

func or(s, other string) string {
	if s != "" {
		return s
	}
	return other
}
