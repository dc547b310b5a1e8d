// Package places shows where in source code something was written.
package places

import (
	"os"
	"path/filepath"
	"strings"
)

// Short is a "file:line" as seen from the working directory: what lies below it
// is shown without it, anything else stays as it is.
func Short(place string) string {
	dir, err := os.Getwd()
	if err != nil {
		return place
	}
	dir = filepath.ToSlash(dir) // as the compiler writes paths
	if rest, ok := strings.CutPrefix(place, strings.TrimSuffix(dir, "/")+"/"); ok {
		return rest
	}
	return place
}
