//go:build !unix

package atomicfile

import "io/fs"

// chown does nothing where files have no owner of that kind.
func chown(string, fs.FileInfo) {}
