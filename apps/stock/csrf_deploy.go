package stock

import (
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware/csrf"
)

// checkNoCSRF is Django's.
func checkNoCSRF(p *settled.Project) checks.Messages {
	if hasCSRF(p) {
		return nil
	}
	return checks.Messages{checks.Warningf("security.W003",
		"You don't appear to be using Django's built-in cross-site request forgery protection via the middleware ('%s' is not in your MIDDLEWARE). Enabling the middleware is the safest approach to ensure you don't leave any holes.", csrfName).
		On("MIDDLEWARE").WithHint("add %q to MIDDLEWARE", csrfName)}
}

// checkCookieSecure is Django's.
func checkCookieSecure(s csrf.Settings, _ *settled.Project) checks.Messages {
	if s.CookieSecure {
		return nil
	}
	return checks.Messages{checks.Warningf("security.W016",
		"You have '%s' in your MIDDLEWARE, but you have not set CSRF_COOKIE_SECURE to True. Using a secure-only CSRF cookie makes it more difficult for network traffic sniffers to steal the CSRF token.", csrfName).
		On("CSRF_COOKIE_SECURE").WithHint("set CSRF_COOKIE_SECURE = true")}
}

// checkCookieDomain reports hosts whose answers can't set a cookie for
// CSRF_COOKIE_DOMAIN: browsers drop it, and every form there is refused.
func checkCookieDomain(s csrf.Settings, p *settled.Project) (ms checks.Messages) {
	domain := strings.TrimPrefix(strings.ToLower(s.CookieDomain), ".")
	if domain == "" {
		return nil
	}
	if suffix, _ := publicsuffix.PublicSuffix(domain); suffix == domain && strings.Contains(s.CookieDomain, ".") {
		return checks.Messages{checks.Warningf("csrf.W109",
			"%s in CSRF_COOKIE_DOMAIN is a domain below which anyone can have one: browsers drop the cookie, and every form is refused",
			inQuotes(s.CookieDomain)).On("CSRF_COOKIE_DOMAIN").WithHint("write your own domain, or take the setting out")}
	}
	for i, host := range p.Core().AllowedHosts {
		if host == "*" || isCookieFor(domain, strings.ToLower(host)) {
			continue
		}
		ms = append(ms, checks.Warningf("csrf.W109",
			"Host %s in ALLOWED_HOSTS is not within CSRF_COOKIE_DOMAIN, %s: there, browsers drop the cookie, and every form is refused",
			inQuotes(host), inQuotes(s.CookieDomain)).On("ALLOWED_HOSTS", i).See("CSRF_COOKIE_DOMAIN", "this is the domain of the cookie").
			WithHint("take CSRF_COOKIE_DOMAIN out, so that each host has a cookie of its own, or write a domain that all are below"))
	}
	return ms
}

// isCookieFor says whether an answer of a host, or of one that a pattern admits, can
// set a cookie for the domain (RFC 6265, section 5.1.3).
func isCookieFor(domain, pattern string) bool {
	host := strings.TrimPrefix(pattern, ".")
	return host == domain || strings.HasSuffix(host, "."+domain) || host != pattern && strings.HasSuffix(domain, "."+host)
}
