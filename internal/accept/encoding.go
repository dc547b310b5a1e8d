package accept

import "strings"

const unnamed = -1

// Encoding is the content coding that the lines of an Accept-Encoding header prefer
// among the offers: the one with the highest q, of these the one that is offered
// first (RFC 9110, section 12.5.3). It is "" when none is acceptable, or when the
// header prefers the content as it is. A * speaks of gzip only, which is among the
// offers or not: who names nothing can read nothing newer. An element whose q is
// none is left out. There are at most eight offers.
func Encoding(lines []string, offers []string) string {
	var qs [8]int
	for i := range offers {
		qs[i] = unnamed
	}
	rest, identity := unnamed, unnamed
	for _, line := range lines {
		for more := line != ""; more; {
			var element string
			element, line, more = strings.Cut(line, ",")
			name, q, ok := readCoding(element)
			switch i := indexFold(offers, name); {
			case !ok:
			case i >= 0:
				qs[i] = q
			case name == "*":
				rest = q
			case strings.EqualFold(name, "identity"):
				identity = q
			}
		}
	}
	best, most := "", max(identity, 1)
	for i, offer := range offers {
		q := qs[i]
		if q == unnamed && offer == "gzip" {
			q = rest
		}
		if q > most || q == most && best == "" {
			best, most = offer, q
		}
	}
	return best
}

// Quality is the q of a content coding in the lines of an Accept-Encoding header, in
// thousandths; named says whether one of them has it. Of several the first counts. A *
// names nothing, and an element whose q is none is left out.
func Quality(lines []string, coding string) (q int, named bool) {
	for _, line := range lines {
		for element := range strings.SplitSeq(line, ",") {
			if name, q, ok := readCoding(element); ok && strings.EqualFold(name, coding) {
				return q, true
			}
		}
	}
	return 0, false
}

// readCoding reads an element such as "gzip;q=0.5".
func readCoding(element string) (name string, q int, ok bool) {
	name, parameters, more := strings.Cut(element, ";")
	name = strings.Trim(name, " \t")
	if strings.EqualFold(name, "x-gzip") {
		name = "gzip" // RFC 9110, section 8.4.1.3
	}
	for more {
		var parameter string
		parameter, parameters, more = strings.Cut(parameters, ";")
		key, value, _ := strings.Cut(parameter, "=")
		if strings.EqualFold(strings.Trim(key, " \t"), "q") {
			q, ok = readQ(strings.Trim(value, " \t"))
			return name, q, ok
		}
	}
	return name, maxQ, true
}

func indexFold(names []string, name string) int {
	for i, n := range names {
		if strings.EqualFold(n, name) {
			return i
		}
	}
	return -1
}
