package corsheaders

import (
	"net/http"
	"strings"
)

// A grant says which CORS headers a response gets.
type grant uint8

const (
	enabled grant = 1 << iota // CORS applies to the request at all
	admitted
	credentials
	lists // of methods and headers, and the max age: for OPTIONS
	privateNetwork
)

func (g grant) has(want grant) bool { return g&want != 0 }

// isShort says whether so few headers are granted that a short room holds
// them.
func (p *policy) isShort(g grant) bool {
	return !g.has(lists|privateNetwork) && !p.exposes
}

// A room is the memory that the values of a response's headers live in. Its
// first place is Access-Control-Allow-Origin's. It is filled in order, and what
// is left over holds the lines of Vary.
const (
	shortRoom = 5  // origin, credentials, Vary with two lines of the handler's
	longRoom  = 10 // 7 headers, Vary with two lines of the handler's
)

// writeHeaders makes the CORS headers of h exactly those that are granted,
// whatever is in h. Their values are put into room. It can run again on the
// same h.
func (p *policy) writeHeaders(h http.Header, g grant, room []string) {
	if len(h) > 0 {
		strip(h)
	}
	n := 0
	if g.has(admitted) {
		n = p.writeAdmission(h, g, room)
	}
	mergeVary(h, room[n:])
}

// writeAdmission returns how many places of room it used.
func (p *policy) writeAdmission(h http.Header, g grant, room []string) int {
	h["Access-Control-Allow-Origin"] = room[0:1:1]
	n := 1
	set := func(key, value string) {
		room[n] = value
		h[key] = room[n : n+1 : n+1]
		n++
	}
	if g.has(credentials) {
		set("Access-Control-Allow-Credentials", "true")
	}
	if p.exposes {
		set("Access-Control-Expose-Headers", p.expose)
	}
	if g.has(lists) {
		set("Access-Control-Allow-Headers", p.headers)
		set("Access-Control-Allow-Methods", p.methods)
		if p.maxAge != "" {
			set("Access-Control-Max-Age", p.maxAge)
		}
	}
	if g.has(privateNetwork) {
		set("Access-Control-Allow-Private-Network", "true")
	}
	return n
}

// strip takes out all CORS headers and spells Vary in one way. Keys that were
// written into the map in an unusual spelling would be sent as they are.
func strip(h http.Header) {
	for key, values := range h {
		switch {
		case isCORS(key):
			delete(h, key)
		case len(key) == len("Vary") && key != "Vary" && strings.EqualFold(key, "Vary"):
			delete(h, key)
			h["Vary"] = append(h["Vary"][:len(h["Vary"]):len(h["Vary"])], values...)
		}
	}
}

func isCORS(key string) bool {
	const prefix = "Access-Control-"
	return len(key) >= len(prefix) && key[0]|0x20 == 'a' && strings.EqualFold(key[:len(prefix)], prefix)
}
