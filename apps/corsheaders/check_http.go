package corsheaders

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// plainHTTPChecks are about origins without encryption: a warning while one
// develops, an error where a site is deployed.
func (a *App) plainHTTPChecks() []settled.Check {
	reads := []string{origins, regexes, allOrigins, credentials}
	return []settled.Check{
		{IDs: []string{"corsheaders.W104"}, Settings: reads, Develop: true,
			Run: func(*settled.Project) checks.Messages { return a.checkHTTP("corsheaders.W104", checks.Warningf) }},
		{IDs: []string{"corsheaders.E104"}, Settings: reads, Deploy: true,
			Run: func(*settled.Project) checks.Messages { return a.checkHTTP("corsheaders.E104", checks.Errorf) }},
	}
}

func (a *App) checkHTTP(id string, newf func(id, format string, args ...any) checks.Message) (ms checks.Messages) {
	if !a.settings.AllowCredentials {
		return nil
	}
	all := newOriginSet(a.settings.AllowedOrigins)
	for l := range a.listed() {
		if l.scheme != "http" || networkOf(l.host) == browser.Loopback {
			continue
		}
		encrypted := "https://" + l.host
		hint := "serve its pages over HTTPS only and write " + quote(encrypted)
		switch {
		case l.port != "":
			hint = "serve its pages over HTTPS only and list that origin, which has another port"
		case all.has(encrypted):
			hint = "take it out: " + quote(encrypted) + " is listed too"
		}
		ms = append(ms, newf(id, "Origin %s is let in with credentials and not encrypted: "+inBetween, quote(l.origin)).
			On(l.on).WithHint("%s", hint))
	}
	for _, v := range a.verdicts() {
		if v.Bare != "" && !v.everyone {
			ms = append(ms, newf(id, "Regex %s in %s lets in %s with credentials and not encrypted: "+inBetween, quote(v.pattern), regexes, quote(v.Bare)).
				On(v.on).WithHint("serve its pages over HTTPS only and let the regex begin with ^https://"))
		}
	}
	return ms
}

// inBetween is what follows where pages are not encrypted.
const inBetween = "whoever is between a visitor and its pages can write into them and read the answers made for a logged-in user"
