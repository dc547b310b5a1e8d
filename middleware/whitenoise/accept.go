package whitenoise

import "github.com/settled-go/settled/internal/accept"

// choose is the variant that a client likes best: the one of the highest quality, and of
// those the smallest. "*" asks for nothing in particular, as in WhiteNoise.
func choose(variants []variant, accepted []string) *variant {
	var best *variant
	bestQuality := 0
	for i := range variants {
		v := &variants[i]
		name, quality := v.encoding, 0
		if name == "" {
			name, quality = "identity", 1 // the least, if it is not named
		}
		if q, named := accept.Quality(accepted, name); named {
			quality = q
		}
		if quality > bestQuality {
			best, bestQuality = v, quality
		}
	}
	if best == nil { // what is not wanted is better than nothing
		for i := range variants {
			if variants[i].encoding == "" {
				best = &variants[i]
			}
		}
	}
	return best
}
