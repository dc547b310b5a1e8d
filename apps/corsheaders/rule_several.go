package corsheaders

import "strings"

// severalIn are the origins that one string holds: with separators between them, or
// with none at all where a comma was forgotten. None when it holds one, or what
// follows is more likely a path.
func severalIn(s string) (found []string) {
	fields := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,;", r) })
	for _, field := range fields {
		found = append(found, glued(strings.Trim(field, `'"`))...)
	}
	if len(found) < 2 {
		return nil
	}
	lax := strings.ContainsAny(s, ",;") // a blank alone can be a slip
	for i, o := range found {
		if !isOrigin(o) && (i == 0 || !lax || !isHost(o)) {
			return nil
		}
	}
	return found
}

// glued are origins with nothing between them.
func glued(s string) (found []string) {
	start := 0
	for at := 0; ; {
		i := strings.Index(s[at:], "://")
		if i < 0 {
			return append(found, s[start:])
		}
		scheme := at + i
		at = scheme + len("://")
		for _, name := range []string{"https", "http"} {
			if next := scheme - len(name); next > start && s[next:scheme] == name {
				if !isOrigin(s[start:next]) {
					return append(found, s[start:])
				}
				found, start = append(found, s[start:next]), next
				break
			}
		}
	}
}

// isOrigin says whether s is an origin, perhaps with a slash at the end.
func isOrigin(s string) bool {
	return strings.Contains(s, "://") && isSerialised(strings.TrimSuffix(s, "/"))
}

// isHost says whether s can be meant as an origin without a scheme.
func isHost(s string) bool {
	return !strings.Contains(s, "://") && strings.ContainsAny(s, ".:") && isSerialised("https://"+strings.TrimSuffix(s, "/"))
}
