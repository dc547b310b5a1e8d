package proxy

import (
	"net/http"
	"net/netip"
)

// Asked is the path, as it is sent, that a server is asked for, unless it climbs.
func Asked(r *http.Request, path, rewrite string) (asked string, refused bool) {
	if climbs(rawPath(r.URL)) {
		return "", true
	}
	out := r.Clone(r.Context())
	rt := &route{settings: Route{Path: path, Rewrite: rewrite}, depth: countParts(path)}
	rt.setPath(out, rawPath(r.URL))
	return out.URL.EscapedPath(), false
}

// Element is the element of Forwarded for a request.
func Element(peer netip.Addr, host, proto string) string {
	return claim{peer, host, proto}.element()
}

// Parse reads Forwarded, as it is and as X-Forwarded-For.
func Parse(header string) (elements []map[string]string, hops string, ok bool) {
	parsed, ok := parseForwarded(header)
	for _, e := range parsed {
		elements = append(elements, e)
	}
	return elements, forOf(parsed), ok
}

// ElementsOf is X-Forwarded-For as Forwarded.
var ElementsOf = elementsOf
