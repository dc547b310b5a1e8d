package settings

import (
	"slices"
	"strings"
)

// secretsIn are the parts of a text that are hidden whatever it is a part of:
// passwords and tokens of URLs and values of headers, sorted.
func secretsIn(text string) []span {
	return merge(slices.Concat(urlSecrets(text), headerValues(text)))
}

// headerValues are the values of headers with secrets that stand, as in
// 'X-Api-Key: value', where a text or a line or a string begins. People paste
// such lines where only the name of a header belongs.
func headerValues(text string) []span {
	var all []span
	for pos := 0; ; {
		i := strings.IndexByte(text[pos:], ':')
		if i < 0 {
			return all
		}
		colon := pos + i
		pos = colon + 1
		start := colon
		for start > 0 && isBare(text[start-1]) {
			start--
		}
		name := text[start:colon]
		if name == "" || start > 0 && strings.IndexByte("\"'\n", text[start-1]) < 0 || !isSecretHeader(name, text[pos:]) {
			continue
		}
		end := quotedEnd(text, start)
		for pos < end && (text[pos] == ' ' || text[pos] == '\t') {
			pos++
		}
		if pos < end {
			all = append(all, span{pos, end})
			pos = end
		}
	}
}

// isSecretHeader judges what is before and behind a colon. Other things than
// headers have a colon too, but no blank behind it: hosts, schemes.
func isSecretHeader(name, rest string) bool {
	if rest == "" || rest[0] == '/' {
		return false
	}
	name = strings.ToLower(name)
	switch {
	case name == "cookie", name == "authorization", name == "proxy-authorization":
		return true
	case rest[0] != ' ' && rest[0] != '\t' && !strings.HasPrefix(name, "x-"):
		return false
	}
	return matchesHidden(name)
}

// quotedEnd is the end of the string, or of the line, that has its first
// character at start.
func quotedEnd(text string, start int) int {
	line := text[start:]
	line = line[:len(cutAt(line, "\r\n"))]
	if start == 0 || text[start-1] == '\n' || start > 1 && text[start-2] == text[start-1] { // of several lines
		return start + len(line)
	}
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == text[start-1]:
			return start + i
		case line[i] == '\\' && text[start-1] == '"':
			i++
		}
	}
	return start + len(line)
}
