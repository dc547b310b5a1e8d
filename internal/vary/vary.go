// Package vary says in a response by which headers of the request it was chosen
// (RFC 9110, section 12.5.5).
package vary

import (
	"net/http"
	"strings"
)

// Add names a header of the request in Vary, once. The lines that are there may
// belong to many responses, so they are not changed.
func Add(h http.Header, name string) {
	lines := h["Vary"]
	for _, line := range lines {
		for more := true; more; {
			var field string
			field, line, more = strings.Cut(line, ",")
			if field = strings.Trim(field, " \t"); field == "*" || strings.EqualFold(field, name) {
				return
			}
		}
	}
	h["Vary"] = append(lines[:len(lines):len(lines)], name)
}
