package whitenoise

import "strings"

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
		if q, named := qualityOf(name, accepted); named {
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

// qualityOf is what Accept-Encoding says of an encoding, in thousandths.
func qualityOf(name string, accepted []string) (quality int, named bool) {
	for _, line := range accepted {
		for part := range strings.SplitSeq(line, ",") {
			coding, params, _ := strings.Cut(part, ";")
			coding = strings.TrimSpace(coding)
			if strings.EqualFold(coding, name) || name == "gzip" && strings.EqualFold(coding, "x-gzip") {
				return weight(params), true
			}
		}
	}
	return 0, false
}

// weight reads "q=0.5" as 500 (RFC 9110, section 12.4.2). What can't be read counts as 0.
func weight(params string) int {
	for p := range strings.SplitSeq(params, ";") {
		key, value, ok := strings.Cut(p, "=")
		if !ok || !strings.EqualFold(strings.TrimSpace(key), "q") {
			continue
		}
		return thousandths(strings.TrimSpace(value))
	}
	return 1000
}

func thousandths(s string) int {
	whole, fraction, _ := strings.Cut(s, ".")
	if len(whole) != 1 || whole[0] > '1' || whole[0] < '0' || len(fraction) > 3 {
		return 0
	}
	n, scale := int(whole[0]-'0')*1000, 100
	for _, c := range fraction {
		if c < '0' || c > '9' {
			return 0
		}
		n += int(c-'0') * scale
		scale /= 10
	}
	return min(n, 1000)
}
