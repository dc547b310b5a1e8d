package stock

import (
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/nearest"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/middleware/csp"
)

// findWords finds words that browsers don't know as they are written.
func findWords(d directive) (ms checks.Messages) {
	if !d.kind.takesSources() {
		return nil
	}
	for _, e := range d.entries {
		for _, source := range strings.Fields(e.text) {
			meant := meantWord(source)
			m := checks.Warningf("security.W123", "%s in %s is not written as browsers know it: they take it for a host, or ignore it", printable.Line(source), d.label()).On(e.on)
			switch {
			case meant != "":
				m = m.WithHint("write %q", meant)
				if source == e.text {
					m = m.Fix(checks.Edit{Do: checks.Replace, Setting: e.on, Text: meant})
				}
			case isUnknownWord(source):
				m.Text = printable.Line(source) + " in " + d.label() + " is no word that browsers know: they ignore it"
				m = m.WithHint("only words such as 'self' have quotes, hosts have none")
				if near := nearest.Name(strings.ToLower(strings.Trim(source, "'")), cspWords); near != "" {
					m = m.WithHint("did you mean \"'%s'\"?", near)
				}
			default:
				continue
			}
			ms = append(ms, m)
		}
	}
	return ms
}

// findInlineBesideNonce: a nonce makes browsers ignore 'unsafe-inline', and it is sent
// only where it is asked for.
func findInlineBesideNonce(d directive) checks.Messages {
	if d.kind != withNonce || !d.has(csp.NonceSentinel) || !d.has(csp.UnsafeInline) || d.has(csp.StrictDynamic) {
		return nil
	}
	return checks.Messages{checks.Warningf("security.W124",
		"%s has 'unsafe-inline' beside the nonce: where a page asks for the nonce, browsers ignore 'unsafe-inline'; where it does not, only 'unsafe-inline' is sent, and whatever is injected into that page runs",
		d.label()).On(d.on()).WithHint("take \"'unsafe-inline'\" out")}
}

func findNoneBeside(d directive) checks.Messages {
	if !d.kind.takesSources() || !d.has(csp.None) || len(d.sources()) < 2 {
		return nil
	}
	return checks.Messages{checks.Warningf("security.W125", "%s has 'none' beside other sources: browsers ignore 'none' there, and the others are allowed", d.label()).
		On(d.on()).WithHint("keep \"'none'\" alone, or take it out")}
}

// findBreaks finds what ends a directive or a policy, and what no header holds (CSP
// Level 3, section 2.2).
func findBreaks(d directive) (ms checks.Messages) {
	all := append([]entry{{d.name, d.on()}}, d.entries...)
	for i, e := range all {
		at := strings.IndexFunc(e.text, breaks)
		if at < 0 && (i > 0 || !strings.Contains(e.text, " ")) {
			continue
		}
		what, hint := "what no policy holds", "write only ASCII: hosts in punycode, straight quotes"
		switch {
		case at < 0:
			what, hint = "a blank: what follows it is taken for a source", "write a directive and its sources apart: default-src = [\"'self'\"]"
		case e.text[at] == ';':
			what, hint = "a semicolon: what follows it is taken for another directive", "write each directive by itself: script-src = [\"'self'\"]"
		case e.text[at] == ',':
			what, hint = "a comma: what follows it is taken for another policy", "write each source as a string of its own, or blanks between them"
		}
		ms = append(ms, checks.Errorf("security.E126", "%q in %s holds %s", printable.Line(e.text), d.setting, what).On(e.on).WithHint("%s", hint))
	}
	return ms
}

// breaks says whether a policy can't hold a character.
func breaks(c rune) bool { return c == ';' || c == ',' || c < ' ' || c >= 0x7f }

func findIdleNonce(d directive) checks.Messages {
	if d.kind == withNonce || d.kind == 0 || !d.has(csp.NonceSentinel) {
		return nil
	}
	return checks.Messages{checks.Warningf("security.W128", "%s has a nonce, which means something in script-src, style-src and default-src alone: browsers ignore it here", d.label()).
		On(d.on()).WithHint("take \"%s\" out", csp.NonceSentinel)}
}

// findFixedNonce finds a nonce that is none: it is the same in each response.
func findFixedNonce(d directive) (ms checks.Messages) {
	for _, e := range d.entries {
		for _, source := range strings.Fields(e.text) {
			if d.kind.takesSources() && strings.HasPrefix(strings.ToLower(source), "'nonce-") {
				ms = append(ms, checks.Warningf("security.W129", "%s has a nonce that is the same in each response: whoever has seen one page knows it, and what is injected runs", d.label()).
					On(e.on).WithHint("write \"%s\", and csp.Nonce(r) in the pages", csp.NonceSentinel))
			}
		}
	}
	return ms
}
