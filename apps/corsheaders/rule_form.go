package corsheaders

import (
	"strings"

	"github.com/settled-go/settled/checks"
)

// authority is the part of an address between scheme and path.
func (a address) authority() string { return a.url[a.userAt:a.end] }

// findUser reports a user's name before the host.
func findUser(origin string, on checks.Path) checks.Messages {
	a := splitAddress(origin)
	if a.hostAt == a.userAt {
		return nil
	}
	what := "a user's name"
	if strings.Contains(a.url[a.userAt:a.hostAt], ":") {
		what += " and password"
	}
	return checks.Messages{checks.Errorf("corsheaders.E114",
		"Origin %s in {name} has %s: browsers send none, so that it never matches", quote(origin), what).On(on)}
}

// findDefaultPort reports a port that browsers leave out.
func findDefaultPort(origin string, on checks.Path) checks.Messages {
	a := splitAddress(origin)
	if port, _ := a.canonicalPort(); port != "" || strings.TrimLeft(a.port(), ":") == "" {
		return nil
	}
	return checks.Messages{checks.Errorf("corsheaders.E115",
		"Origin %s in {name} has the port that %s has anyway: browsers leave it out, so that it never matches", quote(origin), a.scheme()).
		On(on).In(a.portAt, a.end)}
}

// badOrigin is about an address that no page has.
func badOrigin(origin string, bad *badPart, on checks.Path) checks.Message {
	hint := "write the origin as the browser's address bar has it, as scheme://host:port"
	if isRegex(origin) {
		hint = regexHint
	}
	return checks.Errorf("corsheaders.E118",
		"Origin %s in {name} has %s: no page has such an address, so that it never matches", quote(origin), bad.why).
		On(on).In(bad.start, bad.end).WithHint("%s", hint)
}

// otherForm is the id of what findOtherForm finds.
const otherForm = "corsheaders.E116"

// findOtherForm reports an origin that means what it should and is not written
// as browsers send it.
func findOtherForm(origin string, f form, on checks.Path) checks.Messages {
	found := otherForms(splitAddress(origin), f)
	if len(found) == 0 {
		return nil
	}
	what := make([]string, len(found))
	for i, d := range found {
		what[i] = d.what
	}
	m := checks.Errorf(otherForm, "Origin %s in {name} has %s: browsers send %s, so that it never matches",
		quote(origin), strings.Join(what, " and "), quote(f.origin)).On(on)
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
func otherForms(a address, f form) (found []difference) {
	add := func(is bool, start, end int, what string) {
		if is {
			found = append(found, difference{start, end, what})
		}
	}
	trimmed := len(strings.TrimRight(a.url, " "))
	add(a.start > 0, 0, a.start, "a blank before it")
	add(trimmed < len(a.url), trimmed, len(a.url), "a blank behind it")
	host, sent := a.host(), splitAddress(f.origin).host()
	shouts, what := a.url[a.start:a.colon] != a.scheme(), hostForm(host, sent)
	if shouts && what == upperCase {
		add(true, a.start, a.hostEnd, upperCase)
	} else {
		add(shouts, a.start, a.colon, upperCase)
		add(what != "", a.hostAt, a.hostEnd, what)
	}
	zeros := strings.HasPrefix(a.port(), ":0") && splitAddress(f.origin).port() != ""
	add(zeros, a.portAt, a.end, "zeros before its port")
	add(a.port() == ":", a.portAt, a.end, "a colon without a port")
	behind := a.behind()
	add(behind == "?" || behind == "#" || strings.HasPrefix(behind, `\`), a.end, trimmed, "more behind its host")
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
	case !isASCII(written):
		return "letters in its host that are not ASCII"
	case strings.Contains(written, "%"):
		return "escapes in its host"
	case strings.HasPrefix(sent, "[") || endsInNumber(sent):
		return "an IP address in another form"
	}
	return "a host in another form"
}
