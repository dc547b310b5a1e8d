// Package nearest finds the name that a misspelt one was meant to be.
package nearest

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Name returns the choice that is closest to name, or "" when none is close:
// one that differs only in case, else one that is at most a third of the name's
// length in edits away, or two. Of equally close ones it is the first.
func Name(name string, choices []string) string {
	best, least := "", max(2, len(name)/3)+1
	for _, c := range choices {
		if strings.EqualFold(c, name) {
			return c
		}
		if d := levenshtein.ComputeDistance(name, c); d < least {
			best, least = c, d
		}
	}
	return best
}
