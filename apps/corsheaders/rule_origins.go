package corsheaders

import (
	"strings"

	"github.com/settled-go/settled/checks"
)

// findOrigins is the rule for a list of origins. It finds what
// django-cors-headers' check_settings finds, with its ids and words.
func findOrigins(_, value any) (ms checks.Messages) {
	for i, origin := range value.([]string) {
		if !isPlain(origin) {
			ms = append(ms, findInOrigin(origin, element(i))...)
		}
	}
	return ms
}

// isPlain says quickly of most origins that nothing is wrong with them.
func isPlain(origin string) bool {
	return isSerialised(origin) && !strings.Contains(origin, "[")
}

func findInOrigin(origin string, on checks.Path) checks.Messages {
	if ms := findControl(origin, on); ms != nil {
		return ms
	}
	u := urlsplit(origin)
	if u.scheme == "" || u.netloc == "" || u.malformed {
		return checks.Messages{missingPart(origin, u).On(on).Of(checks.Refused)}
	}
	return furtherParts(origin, u, on)
}

// furtherParts reports what stands behind the host.
func furtherParts(origin string, u splitURL, on checks.Path) checks.Messages {
	hint := "list one origin an entry, as scheme://host:port"
	if alone := u.scheme + "://" + u.netloc[strings.LastIndexByte(u.netloc, '@')+1:]; isSerialised(alone) && !strings.Contains(origin, ",") {
		hint = "write " + quote(alone)
	}
	var ms checks.Messages
	for _, part := range []struct{ name, value string }{
		{"path", u.path}, {"query", u.query}, {"fragment", u.fragment},
	} {
		if part.value != "" {
			ms = append(ms, checks.Errorf("corsheaders.E014",
				"Origin %s in {name} should not have %s: browsers send none, so that it never matches", quote(origin), part.name).
				On(on).WithHint("%s", hint))
		}
	}
	return ms
}

// missingPart says what follows in Django, too: there, such an entry admits
// every Origin that has neither scheme nor host.
func missingPart(origin string, u splitURL) checks.Message {
	if u.malformed {
		return checks.Errorf("corsheaders.E013",
			"Origin %s in {name} is missing scheme or netloc: its brackets hold no IPv6 address, so that it never matches", quote(origin)).
			WithHint("write an IPv6 address as in 'http://[::1]:8080'")
	}
	m := checks.Errorf("corsheaders.E013",
		"Origin %s in {name} is missing scheme or netloc: no browser sends such an origin, so that it lets nobody in", quote(origin))
	if origin == "*" {
		return m.WithHint("set CORS_ALLOW_ALL_ORIGINS = true if every website may read the answers")
	}
	if strings.Contains(origin, "*") {
		return m.WithHint("a * stands for nothing here: write a regex in CORS_ALLOWED_ORIGIN_REGEXES")
	}
	if isSerialised("https://" + origin) {
		return m.WithHint("write %s, or %s if that is its scheme", quote("https://"+origin), quote("http://"+origin))
	}
	return m.WithHint("add a scheme (e.g. https://) or netloc (e.g. example.com)")
}
