package explain

// A Saying is a text of a browser, for tests.
type Saying struct {
	ID, Template, Reason, Means, Do, Browser string
	Parts                                    map[string]string
}

// Hear finds out what a pasted text says.
func Hear(pasted string) (Saying, bool) {
	h, ok := hear(pasted)
	if !ok {
		return Saying{}, false
	}
	return Saying{h.id, h.template, string(h.reason), h.means, h.do, h.speaker.browser, h.parts}, true
}

// Sayings are all texts that are recognised.
func Sayings() (all []Saying) {
	for _, s := range speakers {
		for _, h := range s.says {
			all = append(all, Saying{ID: h.id, Template: h.template, Reason: string(h.reason), Means: h.means, Do: h.do, Browser: s.browser})
		}
	}
	return all
}

// Meaning is what a reason means, and what can cause it.
func Meaning(reason string) (means string, suspected []string) {
	for r, text := range meanings {
		if string(r) == reason {
			return text, suspects[r]
		}
	}
	return "", nil
}
