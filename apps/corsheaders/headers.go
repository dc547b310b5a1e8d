package corsheaders

import (
	"math/bits"
	"net/http"
	"slices"
	"strings"
)

// A grant says which CORS headers a response gets.
type grant uint8

const (
	enabled  grant = 1 << iota // CORS applies to the request at all: Vary
	admitted                   // Access-Control-Allow-Origin
	withCredentials
	withExposed
	withLists // of methods and headers, and the max age
	withPrivateNetwork
)

func (g grant) has(want grant) bool { return g&want != 0 }

// headers is how many that may be.
func (g grant) headers() int {
	n := bits.OnesCount8(uint8(g))
	if g.has(withLists) {
		n += 2
	}
	return n
}

// isShort says whether a short room is enough.
func (g grant) isShort() bool {
	return !g.has(withLists|withPrivateNetwork) && g&(withCredentials|withExposed) != withCredentials|withExposed
}

// A room is the memory that the values of a response's headers live in. It is
// filled in order, and what is left over holds the lines of Vary.
const (
	shortRoom = 5  // 2 headers, Vary with two lines of the handler's
	longRoom  = 10 // 7 headers, Vary with two lines of the handler's
)

// writeHeaders makes the CORS headers of h exactly those that are granted,
// whatever is in h. It can run again on the same h.
func (p *policy) writeHeaders(h http.Header, g grant, origin string, room []string) {
	varies := !isOrdinary(h) && strip(h)
	if g.has(admitted) {
		room = p.writeAdmission(h, g, origin, room)
	}
	if varies {
		mergeVary(h, room)
		return
	}
	set(h, "Vary", "origin", room)
}

// writeAdmission returns the room that is left.
func (p *policy) writeAdmission(h http.Header, g grant, origin string, room []string) []string {
	room = set(h, "Access-Control-Allow-Origin", origin, room)
	if g.has(withCredentials) {
		room = set(h, "Access-Control-Allow-Credentials", "true", room)
	}
	if g.has(withExposed) {
		room = set(h, "Access-Control-Expose-Headers", p.expose, room)
	}
	if g.has(withLists) {
		room = set(h, "Access-Control-Allow-Headers", p.headers, room)
		room = set(h, "Access-Control-Allow-Methods", p.methods, room)
		if p.maxAge != "" {
			room = set(h, "Access-Control-Max-Age", p.maxAge, room)
		}
	}
	if g.has(withPrivateNetwork) {
		room = set(h, "Access-Control-Allow-Private-Network", "true", room)
	}
	return room
}

// set puts a value into the first place of room, and returns the rest of it.
func set(h http.Header, key, value string, room []string) []string {
	room[0] = value
	h[key] = room[:1:1]
	return room[1:]
}

// isOrdinary says without going through h that nothing in it is of interest. It
// knows the most frequent handlers: those that set a Content-Type or nothing.
func isOrdinary(h http.Header) bool {
	switch len(h) {
	case 0:
		return true
	case 1:
		_, found := h["Content-Type"]
		return found
	}
	return false
}

// strip takes out all CORS headers, spells Vary in one way and says whether it
// is there. Keys that were written into the map in an unusual spelling would be
// sent as they are.
func strip(h http.Header) (varies bool) {
	for key := range h {
		switch {
		case isCORS(key):
			delete(h, key)
		case key == "Vary":
			varies = true
		case len(key) == len("Vary") && strings.EqualFold(key, "Vary"):
			varies = true
			h["Vary"] = slices.Concat(h["Vary"], h[key])
			delete(h, key)
		}
	}
	return varies
}

func isCORS(key string) bool {
	const prefix = "Access-Control-"
	return len(key) >= len(prefix) && key[0]|0x20 == 'a' && strings.EqualFold(key[:len(prefix)], prefix)
}
