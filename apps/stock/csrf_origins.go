package stock

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// findTrustedOrigins is the rule for CSRF_TRUSTED_ORIGINS. Origins are compared byte
// for byte with what browsers send, so an entry in another form trusts nobody.
func findTrustedOrigins(_, value any) (ms checks.Messages) {
	for i, origin := range value.([]string) {
		if m, found := findTrustedOrigin(origin); found {
			at := checks.Path("").Index(i)
			for j := range m.Fixes {
				m.Fixes[j].Setting = at
			}
			ms = append(ms, m.On(at))
		}
	}
	return ms
}

func findTrustedOrigin(origin string) (m checks.Message, found bool) {
	scheme, rest, hasScheme := strings.Cut(origin, "://")
	if !hasScheme {
		return noScheme(origin), true
	}
	host, _, _ := strings.Cut(rest, "/")
	domain, wild := strings.CutPrefix(host, "*.")
	switch {
	case scheme == "" || host == "" || strings.Contains(scheme, "*"):
		return unsent(origin, "no scheme or no host").WithHint("write scheme://host, as in 'https://app.example.com'"), true
	case strings.Contains(domain, "*"):
		return badStar(origin, domain), true
	case wild:
		plain := scheme + "://" + strings.TrimPrefix(rest, "*.")
		if m, found := findForm(origin, plain, "*."); found {
			return m, true
		}
		return findSuffix(origin, browser.Split(plain).Host())
	}
	return findForm(origin, origin, "")
}

// noScheme is Django's.
func noScheme(origin string) checks.Message {
	m := checks.Errorf("4_0.E001",
		"As of Django 4.0, the values in the {name} setting must start with a scheme (usually http:// or https://) but found %s. See the release notes for details.",
		strings.Trim(inQuotes(origin), "'"))
	switch domain, below := strings.CutPrefix(origin, "."); {
	case origin == "null":
		return m.WithHint("take it out: any page can send a request as null, from a frame with the attribute sandbox")
	case strings.Trim(origin, "*.") == "":
		return m.WithHint("list the origins that are meant: 'https://app.example.com', or 'https://*.example.com' for a domain and all below it")
	case below:
		return m.WithHint("write %s for the domain and all below it", inQuotes("https://*."+domain))
	}
	return m.WithHint("write %s, or %s if that is its scheme", inQuotes("https://"+origin), inQuotes("http://"+origin))
}

// unsent is about an entry that no browser sends.
func unsent(origin, what string) checks.Message {
	return checks.Errorf("csrf.E101", "Origin %s in {name} has %s: no browser sends such an origin, so that it trusts nobody", inQuotes(origin), what)
}

// findForm reports an entry that is not written as browsers send it. url is the entry
// without the star that stands before its domain.
func findForm(origin, url, star string) (m checks.Message, found bool) {
	f := browser.Canonical(url)
	if f.Bad != nil {
		return unsent(origin, f.Bad.Why).WithHint("write the origin as the browser's address bar has it, as scheme://host:port"), true
	}
	if f.Origin == url {
		return m, false
	}
	sent := strings.Replace(f.Origin, "://", "://"+star, 1)
	m = checks.Errorf("csrf.E101", "Origin %s in {name} is not written as browsers send it: they send %s, so that it trusts nobody", inQuotes(origin), inQuotes(sent))
	if a := browser.Split(url); a.User() != "" || f.Octal {
		return m.WithHint("write the origin that is meant"), true
	}
	return m.WithHint("write %s", inQuotes(sent)).Fix(checks.Edit{Do: checks.Replace, Text: sent}), true
}

// badStar is about a * that stands for nothing.
func badStar(origin, host string) checks.Message {
	m := checks.Errorf("csrf.E102", "Origin %s in {name} has a * that stands for nothing: only https://*.example.com is read as example.com and all below it", inQuotes(origin))
	if bare := strings.TrimLeft(host, "*."); bare != "" && !strings.Contains(bare, "*") && strings.Contains(bare, ".") {
		scheme, _, _ := strings.Cut(origin, "://")
		return m.WithHint("write %s", inQuotes(scheme+"://*."+bare))
	}
	return m.WithHint("list the origins that are meant; there is no entry for all of them")
}

// findSuffix reports a domain below which anyone can have a site.
func findSuffix(origin, domain string) (m checks.Message, found bool) {
	if suffix, _ := publicsuffix.PublicSuffix(domain); suffix != domain || browser.SpaceOf(domain) != browser.Public {
		return m, false
	}
	return checks.Errorf("csrf.E103", "Origin %s in {name} trusts the sites of all who have one below %s: any of them could send requests in the name of your users",
		inQuotes(origin), inQuotes(domain)).WithHint("list your own domain: %s", inQuotes("https://*.your-name."+domain)), true
}
