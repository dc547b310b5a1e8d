package bench

const (
	nameBits = 40
	nameMask = 1<<nameBits - 1
)

// Origin is the i-th of a fixed sequence of different origins, i from 0 to
// 1<<40. Every second one is a subdomain of one platform, the others have a
// domain of their own. It looks into no memory but the constants, so that a
// request's origin can be made without warming the caches for the list's.
func Origin(i int) string {
	name := make([]byte, 0, 32)
	if i%2 == 0 {
		name = append(name, "https://"...)
		name = appendName(name, i)
		return string(append(name, ".example.com"...))
	}
	name = append(name, "https://www."...)
	name = appendName(name, i)
	return string(append(name, ".org"...))
}

// appendName appends 8 letters and digits that belong to i alone: each step of
// the mixing can be undone.
func appendName(b []byte, i int) []byte {
	const alphabet = "abcdefghijklmnopqrstuvwxyz234567"
	x := uint64(i) & nameMask
	for range 2 {
		x ^= x >> (nameBits / 2)
		x = x * 0x9e3779b97f4a7c15 & nameMask
	}
	x ^= x >> (nameBits / 2)
	for shift := nameBits - 5; shift >= 0; shift -= 5 {
		b = append(b, alphabet[x>>shift&31])
	}
	return b
}

// Origins are the first n of the sequence.
func Origins(n int) []string {
	origins := make([]string, n)
	for i := range origins {
		origins[i] = Origin(i)
	}
	return origins
}

// Stranger is an origin that is in no list of Origins.
func Stranger() string { return Origin(1 << 30) }
