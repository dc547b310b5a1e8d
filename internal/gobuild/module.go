package gobuild

import (
	"os"
	"path/filepath"
)

// InModule says whether the go command finds a module or a workspace in dir or
// above it. Where it does not, there is no source to build.
func InModule(dir string) bool {
	for {
		for _, name := range []string{"go.mod", "go.work"} {
			if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
				return true
			}
		}
		above := filepath.Dir(dir)
		if above == dir {
			return false
		}
		dir = above
	}
}
