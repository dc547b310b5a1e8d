package explain

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/middleware"
)

// cookies says whether cookies would travel: those whose SameSite a setting has, and
// others, of which it is what follows from each value.
func (s *site) cookies(q question, o *browser.Outcome) []string {
	if o.Step(browser.Scope) == nil { // nothing was sent
		return nil
	}
	if !q.Credentials {
		return []string{`Cookies: none are sent. Across origins they are with credentials: "include" alone.`}
	}
	to, err := url.Parse(q.URL)
	if err != nil || o.Step(browser.Send) == nil {
		return nil
	}
	target := to.Scheme + "://" + to.Host
	page, _ := url.Parse(q.Origin)
	if browser.IsSameSite(q.Origin, target) {
		return []string{fmt.Sprintf("Cookies: they travel. %s and %s are the same site, %s, whatever SameSite says.", q.Origin, target, browser.Site(to.Hostname()))}
	}
	lines := []string{fmt.Sprintf("Cookies: %s and %s are different sites%s, so that a cookie with SameSite=Lax stays behind, and that is the default of SESSION_COOKIE_SAMESITE in Django and of browsers.",
		q.Origin, target, why(page, to))}
	if to.Scheme != "https" && browser.SpaceOf(to.Hostname()) != browser.Loopback {
		lines = append(lines, "  Only SameSite=None travels, and only if it is Secure, for which the site has to be at https://.")
	} else {
		lines = append(lines, "  Only SameSite=None with Secure travels.")
	}
	lines = append(lines, s.ownCookies()...)
	return append(lines, "  Even then it is a third-party cookie: Safari blocks it, Firefox keeps it apart for each site, and so does Chrome where its user chose that. A subdomain of the page's own site, or a token in a header, works everywhere.")
}

// ownCookies says what becomes of the project's cookies when another site's page asks.
func (s *site) ownCookies() (lines []string) {
	for _, c := range []struct{ what, prefix string }{{"session", "SESSION_COOKIE_"}, {"CSRF", "CSRF_COOKIE_"}} {
		sameSite, owned := settled.Value[string](s.project, c.prefix+"SAMESITE")
		if !owned || c.what == "CSRF" && !s.refusesForged() {
			continue
		}
		place := s.place(checks.Path(c.prefix + "SAMESITE"))
		switch {
		case !strings.EqualFold(sameSite, "None"):
			lines = append(lines, fmt.Sprintf("  The %s cookie stays behind, by %s.", c.what, place))
		case !value[bool](s.project, c.prefix+"SECURE"):
			lines = append(lines, fmt.Sprintf("  Browsers refuse the %s cookie: it is None, by %s, and %sSECURE is false.", c.what, place, c.prefix))
		default:
			lines = append(lines, fmt.Sprintf("  The %s cookie travels, by %s.", c.what, place))
		}
	}
	return lines
}

// refusesForged says whether the project has a CSRF cookie.
func (s *site) refusesForged() bool {
	return slices.ContainsFunc(s.project.Chain(), func(l middleware.Link) bool { return l.Traits.Is.Has(middleware.CSRF) })
}

// why says what makes two hosts different sites where that is a surprise.
func why(page, to *url.URL) string {
	switch {
	case page == nil || page.Host == "":
		return ""
	case browser.Site(page.Hostname()) == browser.Site(to.Hostname()):
		return " since their schemes differ"
	case browser.SpaceOf(page.Hostname()) == browser.Loopback && browser.SpaceOf(to.Hostname()) == browser.Loopback:
		return ", though both are this machine: use the same name for both"
	}
	return ""
}
