package corsheaders

import (
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// The settings that say with which requests browsers send a cookie. They belong to
// whatever app sets the cookie.
const (
	csrfSameSite    = "CSRF_COOKIE_SAMESITE"
	sessionSameSite = "SESSION_COOKIE_SAMESITE"
)

// cookieCheck leaves a setting out that no app has yet.
func (a *App) cookieCheck() settled.Check {
	return settled.Check{
		IDs: []string{"corsheaders.W171"}, Tags: tags,
		Settings: []string{origins, credentials, allOrigins, csrfSameSite, "ALLOWED_HOSTS", "MIDDLEWARE"}, Run: a.checkCookies,
	}
}

// checkCookies reports origins that may send cookies, and whose pages have none to
// send: to browsers this is another site.
func (a *App) checkCookies(p *settled.Project) (ms checks.Messages) {
	kept, hosts := keptBack(p), p.Core().AllowedHosts
	if !a.settings.AllowCredentials || len(kept) == 0 || len(hosts) == 0 || slices.Contains(hosts, "*") {
		return nil // or it is not known which site this is
	}
	for l := range a.listed() {
		if !l.isWeb() || slices.ContainsFunc(hosts, func(host string) bool { return isSameSite(l.host, host) }) {
			continue
		}
		m := checks.Warningf("corsheaders.W171",
			"Origin %s in %s may send cookies, and is of another site than all in ALLOWED_HOSTS: by %s, browsers keep the cookie back",
			quote(l.origin), origins, strings.Join(kept, " and ")).On(l.on).
			WithHint("serve its pages from a host below %s, or set %s = \"None\", and Secure, for which the site has to be at https://",
				quote(browser.Site(strings.TrimPrefix(hosts[0], "."))), strings.Join(kept, " and "))
		for _, setting := range kept {
			m = m.See(checks.Path(setting), "this keeps the cookie back")
		}
		ms = append(ms, m)
	}
	return ms
}

// keptBack are the settings of cookies that browsers send with no request of another
// site's scripts: all but those that are None, since browsers take Lax where nothing
// is said.
func keptBack(p *settled.Project) (kept []string) {
	for _, setting := range []string{sessionSameSite, csrfSameSite} {
		value, owned := settled.Value[string](p, setting)
		if owned && !strings.EqualFold(value, "None") && (setting != csrfSameSite || csrfHeader(p) != "") {
			kept = append(kept, setting)
		}
	}
	return kept
}

// isSameSite compares a host with an entry of ALLOWED_HOSTS. Of this site only the
// hosts are known, and not the scheme, which counts too.
func isSameSite(host, allowed string) bool {
	return browser.Site(strings.Trim(host, "[]")) == browser.Site(strings.Trim(strings.TrimPrefix(allowed, "."), "[]"))
}
