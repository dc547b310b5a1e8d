package settings

import (
	"strconv"
	"strings"

	"github.com/settled-go/settled/checks"
)

// A segment is one part of a path: an entry of a table, or an element of a
// list when index is not negative.
type segment struct {
	key   string
	index int
}

// segments takes a path apart: NAME, NAME[0], NAME.key, NAME."quoted key".
func segments(path checks.Path) []segment {
	var all []segment
	for rest := string(path); rest != ""; {
		var s segment
		s, rest = cutSegment(rest)
		all = append(all, s)
	}
	return all
}

func cutSegment(path string) (s segment, rest string) {
	if inside, ok := strings.CutPrefix(path, "["); ok {
		number, rest, _ := strings.Cut(inside, "]")
		if i, err := strconv.ParseUint(number, 10, 31); err == nil {
			return segment{index: int(i)}, rest
		}
		return segment{key: inside, index: -1}, "" // not a path of ours
	}
	path = strings.TrimPrefix(path, ".")
	if quoted, err := strconv.QuotedPrefix(path); err == nil {
		key, _ := strconv.Unquote(quoted)
		return segment{key: key, index: -1}, path[len(quoted):]
	}
	end := strings.IndexAny(path, ".[")
	if end < 0 {
		end = len(path)
	}
	return segment{key: path[:end], index: -1}, path[end:]
}
