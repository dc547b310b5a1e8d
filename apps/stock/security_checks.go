package stock

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/nearest"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/security"
)

// The settings that several checks read.
const (
	hstsSeconds    = "SECURE_HSTS_SECONDS"
	hstsSubdomains = "SECURE_HSTS_INCLUDE_SUBDOMAINS"
	hstsPreload    = "SECURE_HSTS_PRELOAD"
	nosniff        = "SECURE_CONTENT_TYPE_NOSNIFF"
	referrerPolicy = "SECURE_REFERRER_POLICY"
	openerPolicy   = "SECURE_CROSS_ORIGIN_OPENER_POLICY"
	sslRedirect    = "SECURE_SSL_REDIRECT"
	sslHost        = "SECURE_SSL_HOST"
	redirectExempt = "SECURE_REDIRECT_EXEMPT"
)

// isListed says whether MIDDLEWARE has an entry.
func isListed(p *settled.Project, name string) bool {
	return slices.Contains(p.Core().Middleware, name)
}

// securityChecks are Django's, and others about the same settings.
func securityChecks(a *app[securitySettings]) []settled.Check {
	finds := func(id string, run func(s security.Settings, p *settled.Project) checks.Messages, reads ...string) settled.Check {
		return settled.Check{IDs: []string{id}, Tags: []string{"security"}, Settings: reads,
			Run: func(p *settled.Project) checks.Messages { return run(a.settings.Settings, p) }}
	}
	all := []settled.Check{
		finds("security.E023", checkReferrerPolicy, referrerPolicy),
		finds("security.E024", checkOpenerPolicy, openerPolicy),
		finds("security.W131", checkHSTSWithoutSeconds, hstsSeconds, hstsSubdomains, hstsPreload),
		finds("security.W132", checkPreload, hstsSeconds, hstsSubdomains, hstsPreload),
		finds("security.W133", checkExemptSlash, redirectExempt),
		finds("security.E134", checkSSLHost, sslHost),
		{IDs: []string{"security.E135"}, Tags: []string{"security"}, Settings: []string{redirectExempt}, Class: checks.Unbuildable,
			Run: func(*settled.Project) checks.Messages {
				return badRegexes("security.E135", redirectExempt, a.settings.RedirectExempt)
			}},
		{IDs: []string{"security.E136"}, Tags: []string{"security"}, Settings: []string{"SECURE_BROWSER_XSS_FILTER"}},
	}
	for _, d := range deployments {
		row := finds(d.id, d.run, append([]string{"MIDDLEWARE"}, d.reads...)...)
		row.Deploy = true
		all = append(all, row)
	}
	return all
}

// referrerPolicies and openerPolicies are what browsers know (W3C Referrer Policy,
// section 3; HTML, section 7.1.3). Django's hint lacks the last of the latter.
var (
	referrerPolicies = []string{"no-referrer", "no-referrer-when-downgrade", "origin", "origin-when-cross-origin",
		"same-origin", "strict-origin", "strict-origin-when-cross-origin", "unsafe-url"}
	openerPolicies = []string{"same-origin", "same-origin-allow-popups", "unsafe-none", "noopener-allow-popups"}
)

func checkReferrerPolicy(s security.Settings, _ *settled.Project) checks.Messages {
	policies, _ := security.Policies(s.ReferrerPolicy)
	for i, policy := range policies {
		if slices.Contains(referrerPolicies, policy) {
			continue
		}
		m := checks.Errorf("security.E023", "You have set the SECURE_REFERRER_POLICY setting to an invalid value.").
			WithHint("%sValid values are: %s.", didYouMean(policy, referrerPolicies), strings.Join(referrerPolicies, ", ")).On(referrerPolicy)
		if _, isText := s.ReferrerPolicy.(string); !isText {
			m = m.On(referrerPolicy, i)
		}
		return checks.Messages{m}
	}
	return nil
}

func checkOpenerPolicy(s security.Settings, _ *settled.Project) checks.Messages {
	policy, _, _ := strings.Cut(s.CrossOriginOpenerPolicy, ";") // parameters may follow
	if policy = strings.TrimSpace(policy); s.CrossOriginOpenerPolicy == "" || slices.Contains(openerPolicies, policy) {
		return nil
	}
	return checks.Messages{checks.Errorf("security.E024", "You have set the SECURE_CROSS_ORIGIN_OPENER_POLICY setting to an invalid value.").
		WithHint("%sValid values are: %s.", didYouMean(policy, openerPolicies), strings.Join(openerPolicies[:3], ", ")).On(openerPolicy)}
}

func didYouMean(word string, words []string) string {
	if near := nearest.Name(word, words); near != "" {
		return fmt.Sprintf("did you mean %q? ", near)
	}
	return ""
}

func checkHSTSWithoutSeconds(s security.Settings, _ *settled.Project) (ms checks.Messages) {
	for _, flag := range []struct {
		name string
		on   bool
	}{{hstsSubdomains, s.HSTSIncludeSubdomains}, {hstsPreload, s.HSTSPreload}} {
		if flag.on && s.HSTSSeconds == 0 {
			ms = append(ms, checks.Warningf("security.W131", "%s has no effect, since SECURE_HSTS_SECONDS is 0: no Strict-Transport-Security header is sent", flag.name).
				On(checks.Path(flag.name)).WithHint("set SECURE_HSTS_SECONDS, to 3600 at first, or take %s out", flag.name))
		}
	}
	return ms
}

// preloadSeconds is the least that the preload list of browsers takes
// (hstspreload.org, "Submission Requirements").
const preloadSeconds = 31536000

func checkPreload(s security.Settings, _ *settled.Project) checks.Messages {
	if !s.HSTSPreload || s.HSTSSeconds == 0 {
		return nil
	}
	m := checks.Warningf("security.W132", "").On(hstsPreload)
	switch {
	case s.HSTSSeconds < preloadSeconds:
		m.Text = fmt.Sprintf("SECURE_HSTS_PRELOAD asks for the preload list of browsers, which refuses %d seconds: it takes a year and more", s.HSTSSeconds)
		m = m.See(hstsSeconds, "this has to be %d at least", preloadSeconds).
			WithHint("take SECURE_HSTS_PRELOAD out until the site has served only HTTPS for a while, then set SECURE_HSTS_SECONDS = %d", preloadSeconds)
	case !s.HSTSIncludeSubdomains:
		m.Text = "SECURE_HSTS_PRELOAD asks for the preload list of browsers, which refuses hosts without includeSubDomains"
		m = m.WithHint("set SECURE_HSTS_INCLUDE_SUBDOMAINS = true, if all subdomains are served over HTTPS alone, or take SECURE_HSTS_PRELOAD out")
	default:
		return nil
	}
	return checks.Messages{m}
}

// checkExemptSlash finds what can never match: the path comes without its slash.
func checkExemptSlash(s security.Settings, _ *settled.Project) (ms checks.Messages) {
	for i, pattern := range s.RedirectExempt {
		if rest, begins := strings.CutPrefix(pattern, "^/"); begins && !strings.ContainsAny(pattern, "|?*{") {
			ms = append(ms, checks.Warningf("security.W133", "Regex '%s' in SECURE_REDIRECT_EXEMPT matches no path: it is compared with the path without its first slash", printable.Line(pattern)).
				On(redirectExempt, i).WithHint("write '^%s'", printable.Line(rest)))
		}
	}
	return ms
}

func checkSSLHost(s security.Settings, _ *settled.Project) checks.Messages {
	u, err := url.Parse("https://" + s.SSLHost + "/")
	if s.SSLHost == "" || err == nil && u.Host == s.SSLHost && u.Hostname() != "" {
		return nil
	}
	m := checks.Errorf("security.E134", "'%s' in SECURE_SSL_HOST is not a host: requests would be sent to https://%s/, which leads nowhere",
		printable.Line(s.SSLHost), printable.Line(s.SSLHost)).On(sslHost)
	if u, err := url.Parse(s.SSLHost); err == nil && u.Host != "" {
		return checks.Messages{m.WithHint("write %q", u.Host)}
	}
	return checks.Messages{m.WithHint("write a host, with a port if need be: \"www.example.com\"")}
}

// encrypts says whether another link than Django's sends requests to HTTPS.
func encrypts(l middleware.Link) bool {
	return l.Name != securityName && l.Traits.Is.Has(middleware.HTTPS)
}
