package watch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// maxLinks is how many symbolic links may lead to a file, as in Linux.
const maxLinks = 40

// trail is where a change would give an absolute path another content: the links
// on the way, and the file itself; or, when that does not exist, what is missing
// first. Each is a path without links to a folder that exists, and a name in it.
func trail(path string) []string {
	folder, rest := split(path)
	var places []string
	for links := 0; len(rest) > 0; {
		name := rest[0]
		rest = rest[1:]
		if name == ".." {
			folder = filepath.Dir(folder)
			continue
		}
		place := filepath.Join(folder, name)
		info, err := os.Lstat(place)
		if err != nil || len(rest) == 0 && info.Mode()&os.ModeSymlink == 0 {
			return append(places, place)
		}
		if info.Mode()&os.ModeSymlink == 0 {
			folder = place
			continue
		}
		places = append(places, place)
		target, err := os.Readlink(place)
		if links++; err != nil || links > maxLinks {
			return places
		}
		root, names := split(target)
		if filepath.IsAbs(target) {
			folder = root
		}
		rest = slices.Concat(names, rest)
	}
	return places
}

// split takes a path apart: the root that it starts at, if it is absolute, and
// the names after it.
func split(path string) (root string, names []string) {
	const separator = string(filepath.Separator)
	root = filepath.VolumeName(path) + separator
	path = strings.TrimPrefix(filepath.FromSlash(path), filepath.VolumeName(path))
	return root, slices.DeleteFunc(strings.Split(path, separator), func(name string) bool { return name == "" || name == "." })
}
