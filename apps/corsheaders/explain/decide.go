package explain

import (
	"net/url"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/hosts"
	"github.com/settled-go/settled/middleware"
)

// decider is the setting that a step hangs on, and where it is written; "" when
// none has a say.
func (s *site) decider(q question, step browser.Step) string {
	if step.Kind == browser.Access && step.Verdict == browser.Passed && s.isByGate(q) {
		return strings.Join(quoteAll(s.gates), ", ") + ", which lets it in at run time"
	}
	setting := s.settingOf(q, step)
	if setting == "" {
		return ""
	}
	return s.place(setting)
}

func (s *site) settingOf(q question, step browser.Step) checks.Path {
	switch step.Kind {
	case browser.Access:
		return s.accessSetting(q, step)
	case browser.Methods:
		return element("CORS_ALLOW_METHODS", slices.Index(s.methods, step.Subject))
	case browser.Headers:
		return element("CORS_ALLOW_HEADERS", slices.IndexFunc(s.headers, func(h string) bool { return strings.EqualFold(h, step.Subject) }))
	case browser.MaxAge:
		return "CORS_PREFLIGHT_MAX_AGE"
	case browser.Read:
		return "CORS_EXPOSE_HEADERS"
	}
	return ""
}

func element(name string, i int) checks.Path {
	if i < 0 {
		return checks.Path(name)
	}
	return checks.Path(name).Index(i)
}

// accessSetting is what decides about the origin of a request.
func (s *site) accessSetting(q question, step browser.Step) checks.Path {
	if !s.hasMiddleware() {
		return "MIDDLEWARE"
	}
	if !s.covers(q.URL) {
		return "CORS_URLS_REGEX"
	}
	if step.Reason.Plain() == browser.InvalidAllowCredentials {
		return "CORS_ALLOW_CREDENTIALS"
	}
	setting, _ := s.decides(q.Origin)
	return setting
}

// isByGate says whether only a gate can have let a request in.
func (s *site) isByGate(q question) bool {
	_, admitted := s.decides(q.Origin)
	return s.runs && len(s.gates) > 0 && !(admitted && s.covers(q.URL))
}

// hasMiddleware says whether the settings have an effect at all.
func (s *site) hasMiddleware() bool {
	return slices.ContainsFunc(s.project.Chain(), func(l middleware.Link) bool { return l.Traits.Is.Has(middleware.CORS) })
}

// hostProblem says that the site does not answer for the host of an address.
func (s *site) hostProblem(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	core := s.project.Core()
	allowed := core.AllowedHosts
	if core.Debug && len(allowed) == 0 {
		allowed = hosts.Debug()
	}
	domain, ok := hosts.Domain(u.Host)
	if ok && hosts.Allowed(domain, allowed) {
		return ""
	}
	return "Host: the site answers 400 to requests for " + quote(u.Host) + ", which is not in " + s.place("ALLOWED_HOSTS") +
		". Its preflights are answered all the same."
}
