package staticfiles

import (
	"path"
	"strings"
)

// cutFragment is Python's urldefrag: an empty query goes, too.
func cutFragment(url string) (clean, fragment string) {
	clean, fragment, _ = strings.Cut(url, "#")
	return strings.TrimSuffix(clean, "?"), fragment
}

// unquote is Python's: percent signs that escape nothing stay, and what is not
// UTF-8 becomes U+FFFD.
func unquote(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		end := i
		var run []byte
		for end+2 < len(s) && s[end] == '%' && isHex(s[end+1]) && isHex(s[end+2]) {
			run = append(run, unhex(s[end+1])<<4|unhex(s[end+2]))
			end += 3
		}
		if end == i {
			b.WriteByte(s[i])
			i++
			continue
		}
		b.WriteString(strings.ToValidUTF8(string(run), "\uFFFD"))
		i = end
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}

// splitExt is Python's os.path.splitext: a dot at the start of the name is part of it.
func splitExt(name string) (root, ext string) {
	dir, base := path.Split(name)
	plain := strings.TrimLeft(base, ".")
	i := strings.LastIndexByte(plain, '.')
	if i < 0 {
		return name, ""
	}
	i += len(base) - len(plain)
	return dir + base[:i], base[i:]
}

// hashedName puts a hash into a name.
func hashedName(name, hash string) string {
	root, ext := splitExt(name)
	return root + "." + hash + ext
}
