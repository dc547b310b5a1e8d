package corsheaders

import (
	"strings"
	"unicode"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// findUser reports a user's name before the host.
func findUser(origin string, on checks.Path) checks.Messages {
	a := browser.Split(origin)
	if a.User() == "" {
		return nil
	}
	what := "a user's name"
	if strings.Contains(a.User(), ":") {
		what += " and password"
	}
	return checks.Messages{checks.Errorf("corsheaders.E114",
		"Origin %s in {name} has %s: browsers send none, so that it never matches", quote(origin), what).On(on)}
}

// findDefaultPort reports a port that browsers leave out.
func findDefaultPort(origin string, on checks.Path) checks.Messages {
	a := browser.Split(origin)
	if port, _ := a.CanonicalPort(); port != "" || strings.TrimLeft(a.Port(), ":") == "" {
		return nil
	}
	return checks.Messages{checks.Errorf("corsheaders.E115",
		"Origin %s in {name} has the port that %s has anyway: browsers leave it out, so that it never matches", quote(origin), a.Scheme()).
		On(on).In(a.PortAt, a.End)}
}

// badOrigin is about an address that no page has.
func badOrigin(origin string, bad *browser.BadPart, on checks.Path) checks.Message {
	hint := "write the origin as the browser's address bar has it, as scheme://host:port"
	if isRegex(origin) {
		hint = regexHint
	}
	return checks.Errorf("corsheaders.E118",
		"Origin %s in {name} has %s: no page has such an address, so that it never matches", quote(origin), bad.Why).
		On(on).In(bad.Start, bad.End).WithHint("%s", hint)
}

// otherForm is the id of what findOtherForm finds.
const otherForm = "corsheaders.E116"

// findOtherForm reports an origin that means what it should and is not written
// as browsers send it.
func findOtherForm(origin string, f browser.Form, on checks.Path) checks.Messages {
	found := otherForms(browser.Split(origin), f)
	if len(found) == 0 {
		return nil
	}
	what := make([]string, len(found))
	for i, d := range found {
		what[i] = d.what
	}
	m := checks.Errorf(otherForm, "Origin %s in {name} has %s: browsers send %s, so that it never matches",
		quote(origin), strings.Join(what, " and "), quote(f.Origin)).On(on)
	if len(found) == 1 {
		m = m.In(found[0].start, found[0].end)
	}
	return checks.Messages{m}
}

// A difference is a part of an address that browsers write otherwise.
type difference struct {
	start, end int
	what       string
}

// otherForms leaves out what has an id of its own: a path, a user, a default
// port.
func otherForms(a browser.Address, f browser.Form) (found []difference) {
	add := func(is bool, start, end int, what string) {
		if is {
			found = append(found, difference{start, end, what})
		}
	}
	trimmed := len(strings.TrimRight(a.URL, " "))
	add(a.Start > 0, 0, a.Start, "a blank before it")
	add(trimmed < len(a.URL), trimmed, len(a.URL), "a blank behind it")
	host, sent := a.Host(), browser.Split(f.Origin).Host()
	shouts, what := a.URL[a.Start:a.Colon] != a.Scheme(), hostForm(host, sent)
	if shouts && what == upperCase {
		add(true, a.Start, a.HostEnd, upperCase)
	} else {
		add(shouts, a.Start, a.Colon, upperCase)
		add(what != "", a.HostAt, a.HostEnd, what)
	}
	zeros := strings.HasPrefix(a.Port(), ":0") && browser.Split(f.Origin).Port() != ""
	add(zeros, a.PortAt, a.End, "zeros before its port")
	add(a.Port() == ":", a.PortAt, a.End, "a colon without a port")
	behind := a.Behind()
	add(behind == "?" || behind == "#" || strings.HasPrefix(behind, `\`), a.End, trimmed, "more behind its host")
	return found
}

const upperCase = "letters in upper case"

// hostForm says in what the host that is written is another than the one sent.
func hostForm(written, sent string) string {
	switch {
	case written == sent:
		return ""
	case strings.EqualFold(written, sent):
		return upperCase
	case strings.ContainsFunc(written, func(r rune) bool { return r > unicode.MaxASCII }):
		return "letters in its host that are not ASCII"
	case strings.Contains(written, "%"):
		return "escapes in its host"
	case strings.HasPrefix(sent, "[") || browser.EndsInNumber(sent):
		return "an IP address in another form"
	}
	return "a host in another form"
}
