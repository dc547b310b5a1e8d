package stock

import (
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/csrf"
	"github.com/settled-go/settled/settings"
)

const csrfName = "django.middleware.csrf.CsrfViewMiddleware"

// csrfSettings are the middleware's, with the rules for a settings file.
type csrfSettings struct{ csrf.Settings }

func newCSRF() settled.App {
	return &app[csrfSettings]{
		settings: csrfSettings{csrf.Defaults()},
		name:     csrfName,
		traits:   csrf.Traits,
		docs:     csrf.Docs,
		checks:   csrfChecks,
		new: func(s csrfSettings, _ *settled.Project) (middleware.Func, error) {
			s.Failed, s.TooLarge = settled.CSRFFailed, settled.BadRequest
			s.IsSecure, s.Host, s.Port = settled.IsSecure, settled.Host, settled.Port
			return csrf.New(s.Settings)
		},
	}
}

// Rules are the validate tags of the settings.
func (csrfSettings) Rules() []settings.Rule {
	return []settings.Rule{
		{Tag: "trusted_origins", Find: findTrustedOrigins, Pattern: `^[^:/?#]+://[^/?#]+$`},
		{Tag: "cookie_name", Find: findCookieName},
		{Tag: "cookie_domain", Find: findCookieDomain},
		{Tag: "cookie_path", Find: findCookiePath},
		{Tag: "same_site", Find: findSameSite},
		{Tag: "header_name", Find: findHeaderName},
		{Tag: "no_sessions", Find: findSessions},
		{Tag: "failure_view", Find: findFailureView},
	}
}

// csrfChecks are those of the rules, and those that look at the whole project.
func csrfChecks(a *app[csrfSettings]) []settled.Check {
	name, domain, path, secure := "CSRF_COOKIE_NAME", "CSRF_COOKIE_DOMAIN", "CSRF_COOKIE_PATH", "CSRF_COOKIE_SECURE"
	sameSite, trusted, list := "CSRF_COOKIE_SAMESITE", []string{"CSRF_TRUSTED_ORIGINS"}, "MIDDLEWARE"
	rows := []settled.Check{
		{IDs: []string{"4_0.E001", "csrf.E102", "csrf.E103"}, Settings: trusted},
		{IDs: []string{"csrf.E101"}, Settings: trusted, Fixable: true},
		{IDs: []string{"csrf.E104"}, Settings: []string{"CSRF_USE_SESSIONS"}, Class: checks.Unbuildable},
		{IDs: []string{"csrf.E105"}, Settings: []string{sameSite}, Class: checks.Unbuildable},
		{IDs: []string{"csrf.E106"}, Settings: []string{name, domain, path}, Class: checks.Unbuildable},
		{IDs: []string{"csrf.E107"}, Settings: []string{name, domain, path, secure}},
		{IDs: []string{"csrf.E108"}, Settings: []string{"CSRF_HEADER_NAME"}, Class: checks.Unbuildable},
		{IDs: []string{"security.E102"}, Settings: []string{"CSRF_FAILURE_VIEW"}},
		{IDs: []string{"security.E103"}, Settings: []string{sameSite, secure}},
		{IDs: []string{"csrf.W109"}, Settings: []string{domain, "ALLOWED_HOSTS", list}, Run: onCSRF(a, checkCookieDomain)},
		{IDs: []string{"security.W003"}, Settings: []string{list}, Deploy: true, Run: checkNoCSRF},
		{IDs: []string{"security.W016"}, Settings: []string{secure, list}, Deploy: true, Run: onCSRF(a, checkCookieSecure)},
	}
	for i := range rows {
		rows[i].Tags = []string{"security"}
	}
	return rows
}

// hasCSRF says whether a middleware of the project refuses forged requests.
func hasCSRF(p *settled.Project) bool {
	return slices.ContainsFunc(p.Chain(), func(l middleware.Link) bool { return l.Traits.Is.Has(middleware.CSRF) })
}

func usesCSRF(p *settled.Project) bool {
	return slices.ContainsFunc(p.Chain(), func(l middleware.Link) bool { return l.Name == csrfName })
}

// onCSRF is a check of the settings in a project whose MIDDLEWARE has the link.
func onCSRF(a *app[csrfSettings], check func(csrf.Settings, *settled.Project) checks.Messages) func(*settled.Project) checks.Messages {
	return func(p *settled.Project) checks.Messages {
		if !usesCSRF(p) {
			return nil
		}
		return check(a.settings.Settings, p)
	}
}
