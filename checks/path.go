package checks

import (
	"strconv"
	"strings"
)

// A Path names a setting or a part of one: NAME, NAME[0], NAME.key,
// NAME."quoted key".
type Path string

// Index is the path of an element of a list.
func (p Path) Index(i int) Path {
	return p + Path("["+strconv.Itoa(i)+"]")
}

// Key is the path of an entry of a table, quoted where TOML would ask for it.
func (p Path) Key(key string) Path {
	if !isBare(key) {
		key = strconv.Quote(key)
	}
	if p == "" {
		return Path(key)
	}
	return p + Path("."+key)
}

// Name is the setting that the path starts with, as the path writes it.
func (p Path) Name() string {
	if quoted, err := strconv.QuotedPrefix(string(p)); err == nil {
		return quoted
	}
	if i := strings.IndexAny(string(p), ".["); i >= 0 {
		return string(p[:i])
	}
	return string(p)
}

func isBare(key string) bool {
	for i := 0; i < len(key); i++ {
		c := key[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-') {
			return false
		}
	}
	return key != ""
}
