package corsheaders

import (
	"net/http"
	"strings"
)

// mergeVary makes h say that the response depends on the Origin: once, however
// many lines of Vary there are already, and not at all where one says * (RFC
// 9110, section 12.5.5). The lines of a handler may belong to many requests, so
// they are copied to room and not appended to.
func mergeVary(h http.Header, room []string) {
	lines := h["Vary"]
	star, origins := readVary(lines)
	switch {
	case star:
		lines = append(room[:0], "*")
	case origins == 1:
		return
	case origins == 0:
		lines = append(append(room[:0], lines...), "origin")
	default:
		lines = append(withoutOrigin(lines), "origin")
	}
	h["Vary"] = lines
}

// readVary says whether there is a * in lines, and counts how often Origin is
// there.
func readVary(lines []string) (star bool, origins int) {
	for _, line := range lines {
		for more := true; more; {
			var field string
			field, line, more = strings.Cut(line, ",")
			switch field = strings.TrimSpace(field); {
			case field == "*":
				star = true
			case strings.EqualFold(field, "Origin"):
				origins++
			}
		}
	}
	return star, origins
}

func withoutOrigin(lines []string) []string {
	var rest []string
	for _, line := range lines {
		var fields []string
		for field := range strings.SplitSeq(line, ",") {
			if field = strings.TrimSpace(field); field != "" && !strings.EqualFold(field, "Origin") {
				fields = append(fields, field)
			}
		}
		if len(fields) > 0 {
			rest = append(rest, strings.Join(fields, ", "))
		}
	}
	return rest
}
