package bench

import (
	"math/rand/v2"
	"net/http"
)

// flushed is more than the caches hold.
var flushed = make([]byte, 64<<20)

// flush fills the caches with something else.
func flush() {
	for i := 0; i < len(flushed); i += 64 {
		flushed[i]++
	}
}

// Cold has h answer requests from random origins of the first n of the
// sequence. Each comes as a string of its own that was made just before, as a
// server's does, while what the list holds of it has left the caches.
func Cold(h http.Handler, n int) Contender {
	const batch = 128
	w, r := NewWriter(), Requests(Origins(1))[0].HTTP()
	fresh := make([]string, batch)
	return Contender{
		N: batch,
		Prepare: func(int) {
			flush()
			for i := range fresh {
				fresh[i] = Origin(rand.IntN(n))
			}
		},
		Do: func(times int) {
			for i := range times {
				r.Header["Origin"][0] = fresh[i%batch]
				w.Reset()
				h.ServeHTTP(w, r)
			}
		},
	}
}
