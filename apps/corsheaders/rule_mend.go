package corsheaders

import (
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// A mender knows how to mend the entries of a list of origins.
type mender struct {
	list  []string
	known map[string]bool // of list

	credentials bool // CORS_ALLOW_CREDENTIALS
}

// mend adds to the messages about one entry what to do about it: to write what
// a browser sends or, when the list has that already, to take the entry out.
// One edit mends them all. When only a person can say which origin is meant, it
// takes away what stands around the one that is written.
func (m *mender) mend(ms checks.Messages, origin string, f browser.Form) checks.Messages {
	if len(ms) == 0 {
		return nil
	}
	if isRegex(origin) {
		for i := range ms {
			ms[i] = ms[i].WithHint("%s", regexHint)
		}
		return ms
	}
	a := browser.Split(origin)
	if mayHideHost(a.User()) {
		for i := range ms {
			ms[i] = ms[i].WithHint("write the origin that is meant: what stands before the @ may be a host as well")
		}
		return ms
	}
	unsure := f.Bad != nil || f.Octal
	text := f.Origin
	if unsure {
		text = a.Alone()
	}
	edit, hint := checks.Edit{Do: checks.Replace, Setting: ms[0].Setting, Text: text}, "write "+quote(text)
	if m.lists(text) && text != origin {
		edit = checks.Edit{Do: checks.Remove, Setting: ms[0].Setting}
		hint = "take it out: " + quote(text) + " is listed too"
	}
	for i := range ms {
		if unsure && ms[i].ID == otherForm {
			ms[i] = ms[i].WithHint("write the address that is meant; "+
				"browsers read a number that begins with 0 as an octal one, which makes it %s", quote(f.Origin))
			continue
		}
		ms[i] = ms[i].WithHint("%s", hint).Fix(edit)
	}
	return ms
}

// lists says whether the list has an origin as it stands.
func (m *mender) lists(origin string) bool {
	if m.known == nil {
		m.known = make(map[string]bool, len(m.list))
		for _, o := range m.list {
			m.known[o] = true
		}
	}
	return m.known[origin]
}

// mayHideHost reports whether what stands before a host may be the host that
// was meant: https://example.com@evil.example leads to evil.example.
func mayHideHost(user string) bool {
	user = strings.TrimSuffix(user, "@")
	name, _, _ := strings.Cut(user, ":")
	return strings.Contains(user, "@") || strings.ContainsFunc(name, isNotPlain) || strings.EqualFold(name, "localhost")
}

// isNotPlain reports a character that is, or may stand for, more than a letter
// or a digit of a user's name.
func isNotPlain(r rune) bool {
	plain := 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '-' || r == '_'
	return !plain
}
