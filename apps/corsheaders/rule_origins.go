package corsheaders

import (
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// findOrigins is the rule for a list of origins. It finds what
// django-cors-headers' check_settings finds, with its ids and words, and
// entries that no browser sends.
func findOrigins(all, value any) (ms checks.Messages) {
	list := value.([]string)
	m := mender{list: list, credentials: all.(Settings).AllowCredentials}
	for i, origin := range list {
		if !browser.IsPlainOrigin(origin) {
			ms = append(ms, findInOrigin(origin, element(i), &m)...)
		}
	}
	return ms
}

func findInOrigin(origin string, on checks.Path, m *mender) checks.Messages {
	if origin == "null" || origin == "file://" {
		return nil
	}
	if ms := findControl(origin, on); ms != nil {
		return ms
	}
	u := urlsplit(origin)
	if u.scheme == "" || u.netloc == "" || u.malformed {
		return checks.Messages{missingPart(origin, u, m.credentials).On(on).Of(checks.Refused)}
	}
	if several := severalIn(origin); len(several) > 0 {
		return severalOrigins(origin, several, u, on)
	}
	form := browser.Canonical(origin)
	if at := strings.IndexByte(origin, '\\'); at >= 0 && isRegex(origin) {
		// Browsers take it for a slash, and nobody means one.
		form.Bad = &browser.BadPart{Start: at, End: at + 1, Why: `a '\' in its host`}
	}
	ms := furtherParts(origin, u, on)
	ms = append(ms, findUser(origin, on)...)
	if strings.Contains(browser.Split(origin).Authority(), "*") {
		return append(m.mend(ms, origin, form), findStar(origin, on, m.credentials)...)
	}
	if form.Bad != nil {
		return append(m.mend(ms, origin, form), badOrigin(origin, form.Bad, on))
	}
	ms = append(ms, findDefaultPort(origin, on)...)
	ms = append(ms, findOtherForm(origin, form, on)...)
	return m.mend(ms, origin, form)
}

// severalOrigins is about a list in one string. What Django says about it
// follows from that.
func severalOrigins(origin string, several []string, u splitURL, on checks.Path) checks.Messages {
	const id = "corsheaders.E119"
	var quoted []string
	for _, o := range several {
		if len(quoted) == 5 {
			quoted = append(quoted, "...")
			break
		}
		quoted = append(quoted, quote(o))
	}
	ms := checks.Messages{checks.Errorf(id,
		"Origin %s in {name} is %d origins in one string: an entry is compared as a whole, so that none of them matches",
		quote(origin), len(several)).On(on).WithHint("write an entry for each: %s", strings.Join(quoted, ", "))}
	for _, m := range furtherParts(origin, u, on) {
		ms = append(ms, m.From(id, on).WithHint("list one origin an entry, as scheme://host:port"))
	}
	return ms
}

// furtherParts reports what stands behind the host.
func furtherParts(origin string, u splitURL, on checks.Path) (ms checks.Messages) {
	for _, part := range []struct{ name, value string }{
		{"path", u.path}, {"query", u.query}, {"fragment", u.fragment},
	} {
		if part.value != "" {
			ms = append(ms, checks.Errorf("corsheaders.E014",
				"Origin %s in {name} should not have %s: browsers send none, so that it never matches", quote(origin), part.name).
				On(on))
		}
	}
	return ms
}

// missingPart says what follows in Django, too: there, such an entry admits
// every Origin that has neither scheme nor host.
func missingPart(origin string, u splitURL, credentials bool) checks.Message {
	if u.malformed {
		return checks.Errorf("corsheaders.E013",
			"Origin %s in {name} is missing scheme or netloc: its brackets hold no IPv6 address, so that it never matches", quote(origin)).
			WithHint("write an IPv6 address as in 'http://[::1]:8080'")
	}
	m := checks.Errorf("corsheaders.E013",
		"Origin %s in {name} is missing scheme or netloc: no browser sends such an origin, so that it lets nobody in", quote(origin))
	if origin == "*" {
		return m.WithHint("%s", everyoneHint(credentials))
	}
	if isRegex(origin) {
		return m.WithHint("%s", regexHint)
	}
	if strings.Contains(origin, "*") {
		return m.WithHint("a * stands for nothing here: write a regex in {name:CORS_ALLOWED_ORIGIN_REGEXES}")
	}
	if bare := strings.Trim(origin, `'"<>`); bare != origin && isOrigin(bare) {
		return m.WithHint("write %s", quote(strings.TrimSuffix(bare, "/")))
	}
	if strings.ContainsAny(origin, `,; '"`) || strings.EqualFold(origin, "null") {
		return m.WithHint("list one origin an entry, as scheme://host:port")
	}
	if isSerialised("https://" + origin) {
		return m.WithHint("write %s, or %s if that is its scheme", quote("https://"+origin), quote("http://"+origin))
	}
	return m.WithHint("add a scheme (e.g. https://) or netloc (e.g. example.com)")
}
