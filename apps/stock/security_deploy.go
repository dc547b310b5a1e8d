package stock

import (
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware/security"
)

// A deployment is one of Django's checks for deployments.
type deployment struct {
	id    string
	reads []string
	run   func(security.Settings, *settled.Project) checks.Messages
}

// deployments have Django's conditions, texts and ids (django/core/checks/security/base.py,
// 6.0).
var deployments = []deployment{
	{"security.W001", nil, func(_ security.Settings, p *settled.Project) checks.Messages {
		if isListed(p, securityName) || slices.ContainsFunc(p.Chain(), encrypts) {
			return nil
		}
		return checks.Messages{checks.Warningf("security.W001", "You do not have '%s' in your MIDDLEWARE so the SECURE_HSTS_SECONDS, "+
			"SECURE_CONTENT_TYPE_NOSNIFF, SECURE_REFERRER_POLICY, SECURE_CROSS_ORIGIN_OPENER_POLICY, and SECURE_SSL_REDIRECT settings will have no effect.", securityName).On("MIDDLEWARE")}
	}},
	unless("security.W004", hstsSeconds, func(s security.Settings) bool { return s.HSTSSeconds != 0 },
		"You have not set a value for the SECURE_HSTS_SECONDS setting. If your entire site is served only over SSL, you may want to consider setting a value and enabling HTTP Strict Transport Security. "+
			"Be sure to read the documentation first; enabling HSTS carelessly can cause serious, irreversible problems."),
	unless("security.W005", hstsSubdomains, func(s security.Settings) bool { return s.HSTSSeconds == 0 || s.HSTSIncludeSubdomains },
		"You have not set the SECURE_HSTS_INCLUDE_SUBDOMAINS setting to True. Without this, your site is potentially vulnerable to attack via an insecure connection to a subdomain. "+
			"Only set this to True if you are certain that all subdomains of your domain should be served exclusively via SSL.", hstsSeconds),
	unless("security.W006", nosniff, func(s security.Settings) bool { return s.ContentTypeNosniff },
		"Your SECURE_CONTENT_TYPE_NOSNIFF setting is not set to True, so your pages will not be served with an 'X-Content-Type-Options: nosniff' header. "+
			"You should consider enabling this header to prevent the browser from identifying content types incorrectly."),
	unless("security.W008", sslRedirect, func(s security.Settings) bool { return s.SSLRedirect },
		"Your SECURE_SSL_REDIRECT setting is not set to True. Unless your site should be available over both SSL and non-SSL connections, you may want to either set this setting True "+
			"or configure a load balancer or reverse-proxy server to redirect all connections to HTTPS."),
	unless("security.W021", hstsPreload, func(s security.Settings) bool { return s.HSTSSeconds == 0 || s.HSTSPreload },
		"You have not set the SECURE_HSTS_PRELOAD setting to True. Without this, your site cannot be submitted to the browser preload list.", hstsSeconds),
	unless("security.W022", referrerPolicy, func(s security.Settings) bool {
		policies, err := security.Policies(s.ReferrerPolicy)
		return err != nil || len(policies) > 0
	},
		"You have not set the SECURE_REFERRER_POLICY setting. Without this, your site will not send a Referrer-Policy header. You should consider enabling this header to protect user privacy."),
}

// unless is a check of a setting that has an effect only where the middleware is
// listed.
func unless(id, setting string, fine func(security.Settings) bool, text string, alsoReads ...string) deployment {
	return deployment{id, append([]string{setting}, alsoReads...), func(s security.Settings, p *settled.Project) checks.Messages {
		if !isListed(p, securityName) || fine(s) {
			return nil
		}
		return checks.Messages{checks.Warningf(id, "%s", text).On(checks.Path(setting))}
	}}
}
