// Package exempt knows the paths that a middleware leaves alone, in the form of
// Django's SECURE_REDIRECT_EXEMPT.
package exempt

import (
	"fmt"
	"strings"

	"github.com/settled-go/settled/internal/pyre"
)

// Paths are regular expressions as Python's re.search takes them, for paths without
// the slashes at their beginning. The zero Paths exempts nothing. They are safe for
// concurrent use.
type Paths []*pyre.Pattern

// Compile reads the patterns of a setting. The error names it.
func Compile(setting string, patterns []string) (Paths, error) {
	var paths Paths
	for _, pattern := range patterns {
		re, err := pyre.CompileSearch(pattern)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", setting, err)
		}
		paths = append(paths, re)
	}
	return paths, nil
}

// Has says whether a path is exempt.
func (p Paths) Has(path string) bool {
	path = strings.TrimLeft(path, "/")
	for _, re := range p {
		if re.Match(path) {
			return true
		}
	}
	return false
}
