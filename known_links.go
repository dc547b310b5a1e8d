package settled

import (
	"log/slog"
	"slices"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
)

// A knownLink is a middleware of Django's that a list may name though this
// program does not have it.
type knownLink struct {
	does    string // what it does, with an "s": "keeps ..."
	is      middleware.Kind
	planned bool
	hint    string // instead of the one that all have
}

// knownLinks are Django's own middleware, up to Django 6.0, WhiteNoise's, and
// one that django-cors-headers had. A link of that name, from whatever app, goes
// before. Their kinds are for what is said of the order.
var knownLinks = map[string]knownLink{
	"django.contrib.sessions.middleware.SessionMiddleware":           {does: "keeps data of a visitor from request to request", is: middleware.Varies, planned: true},
	"django.contrib.auth.middleware.AuthenticationMiddleware":        {does: "finds out which user sends a request", planned: true},
	"django.contrib.auth.middleware.LoginRequiredMiddleware":         {does: "sends whoever is not logged in to the login page", is: middleware.Authenticates | middleware.Redirects, planned: true},
	"django.contrib.auth.middleware.RemoteUserMiddleware":            {does: "takes over the user that the web server has found out", is: middleware.LogsIn, planned: true},
	"django.contrib.auth.middleware.PersistentRemoteUserMiddleware":  {does: "takes over the user that the web server has found out", is: middleware.LogsIn, planned: true},
	"django.contrib.messages.middleware.MessageMiddleware":           {does: "keeps notices for the next page", planned: true},
	"django.middleware.cache.UpdateCacheMiddleware":                  {does: "keeps responses in the cache", is: middleware.Caches, planned: true},
	"django.middleware.cache.FetchFromCacheMiddleware":               {does: "answers from the cache", is: middleware.FromCache | middleware.Answers, planned: true},
	"django.middleware.cache.CacheMiddleware":                        {does: "keeps responses in the cache and answers from it", is: middleware.Caches | middleware.Answers, planned: true},
	"django.middleware.locale.LocaleMiddleware":                      {does: "chooses the language of a response", is: middleware.Varies | middleware.Redirects},
	"django.middleware.common.BrokenLinkEmailsMiddleware":            {does: "mails broken links to the managers"},
	"django.contrib.sites.middleware.CurrentSiteMiddleware":          {does: "finds the Site of a request"},
	"django.contrib.flatpages.middleware.FlatpageFallbackMiddleware": {does: "serves pages from the database", is: middleware.LastResort | middleware.Answers},
	"django.contrib.redirects.middleware.RedirectFallbackMiddleware": {does: "redirects by a table of the database", is: middleware.LastResort | middleware.Answers},
	"django.contrib.admindocs.middleware.XViewMiddleware":            {does: "names the view of a request for the documentation of the admin"},

	"django.contrib.auth.middleware.SessionAuthenticationMiddleware": {does: "does nothing in Django either since 1.10", hint: "take the entry out"},
	"corsheaders.middleware.CorsPostCsrfMiddleware": {does: "went round the CSRF check, until django-cors-headers 4.0 took it out",
		hint: "take the entry out; origins that may send forms are in CSRF_TRUSTED_ORIGINS"},
}

// message is about an entry of MIDDLEWARE that is understood, and that nothing
// can be built for. Who wants the site without it silences the message: that is
// a decision, so it is one that the settings can state.
func (k knownLink) message(name string) checks.Message {
	switch {
	case k.hint != "":
		return checks.Errorf("middleware.E008", "%s is known, but Settled does not have it: it %s", name, k.does).WithHint("%s", k.hint)
	case k.planned:
		return checks.Errorf("middleware.E008", "%s is known and planned, but Settled does not have it yet: it %s, and no request will pass through it", name, k.does).
			WithHint("take the entry out for now, or add \"middleware.E008\" to SILENCED_SYSTEM_CHECKS to keep the list as it is and run without it; an app of yours may bring a middleware of this name, too")
	}
	return checks.Errorf("middleware.E008", "%s is known, but Settled does not have it, nor plans to: it %s, and no request will pass through it", name, k.does).
		WithHint("take the entry out, or bring a middleware of this name in an app of yours; to keep the list as it is and run without it, add \"middleware.E008\" to SILENCED_SYSTEM_CHECKS")
}

// warnOfMissing says at every start what a site does without.
func (p *Project) warnOfMissing() {
	for _, name := range p.core.settings.Middleware {
		_, known := knownLinks[name]
		if known && !slices.ContainsFunc(p.chain, func(l middleware.Link) bool { return l.Name == name }) {
			slog.Warn("an entry of MIDDLEWARE is left out: Settled does not have it", "middleware", name)
		}
	}
}
