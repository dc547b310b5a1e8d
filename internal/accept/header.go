package accept

import "strings"

// maxQ is a q of 1: they are counted in thousandths.
const maxQ = 1000

// A mediaRange is an element of an Accept header.
type mediaRange struct {
	kind, subtype string // lower-case; subtype, or both, may be "*"
	q             int
}

// covers says how exactly the range means a type, -1 when it does not.
func (r mediaRange) covers(kind, subtype string) int {
	switch {
	case r.kind == kind && r.subtype == subtype:
		return 2
	case r.kind == kind && r.subtype == "*":
		return 1
	case r.kind == "*" && r.subtype == "*":
		return 0
	}
	return -1
}

// read takes the lines of a header apart.
func read(lines []string) []mediaRange {
	var ranges []mediaRange
	for _, line := range lines {
		for more := true; more; {
			var element string
			element, line, more = cut(line, ',')
			if r, ok := readRange(element); ok {
				ranges = append(ranges, r)
			}
		}
	}
	return ranges
}

func readRange(element string) (r mediaRange, ok bool) {
	name, parameters, more := cut(element, ';')
	kind, subtype, ok := strings.Cut(strings.ToLower(strings.TrimSpace(name)), "/")
	if !ok || kind == "" || subtype == "" || kind == "*" && subtype != "*" {
		return mediaRange{}, false
	}
	r = mediaRange{kind, subtype, maxQ}
	for more {
		var parameter string
		parameter, parameters, more = cut(parameters, ';')
		name, value, _ := strings.Cut(parameter, "=")
		if strings.EqualFold(strings.TrimSpace(name), "q") {
			r.q, ok = readQ(strings.TrimSpace(value))
			return r, ok
		}
	}
	return r, true
}

// readQ reads 0, 1 and what is between them, with at most three digits behind
// the point.
func readQ(s string) (q int, ok bool) {
	whole, digits, _ := strings.Cut(s, ".")
	if whole != "0" && whole != "1" || len(digits) > 3 {
		return 0, false
	}
	for _, c := range []byte((whole + digits + "000")[:4]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		q = q*10 + int(c-'0')
	}
	return q, q <= maxQ
}

// cut is strings.Cut, for a separator that is not inside quotes.
func cut(s string, sep byte) (before, after string, found bool) {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			quoted = !quoted
		case quoted && s[i] == '\\':
			i++
		case !quoted && s[i] == sep:
			return s[:i], s[i+1:], true
		}
	}
	return s, "", false
}
