package corsheaders

import (
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/pyre"
)

// localChecks are about origins that are not on the internet.
func (a *App) localChecks() []settled.Check {
	return []settled.Check{
		{IDs: []string{"corsheaders.W106"}, Settings: []string{origins, regexes, allOrigins}, Deploy: true, Run: a.checkLocal},
		{IDs: []string{"corsheaders.I110"}, Settings: []string{origins, allOrigins, regexes}, Run: a.checkHalfLocal},
	}
}

// checkLocal finds what is left of a developer's settings.
func (a *App) checkLocal(p *settled.Project) (ms checks.Messages) {
	inApp, inside := a.isForApps(), isPrivate(p.Core().AllowedHosts)
	for l := range a.listed() {
		if !l.isWeb() || inApp && l.port == "" && isLocalhost(l.host) {
			continue // Android's pages of an app have no other origin
		}
		if where := whereLocal(l.host, inside); where != "" {
			ms = append(ms, checks.Warningf("corsheaders.W106", "Origin %s is %s can read the answers", quote(l.origin), where).
				On(l.on).WithHint(localHint))
		}
	}
	for _, v := range a.verdicts() {
		for _, host := range v.tails() {
			where, origin := whereLocal(host, inside), v.admits(host)
			if where == "" || origin == "" {
				continue
			}
			ms = append(ms, checks.Warningf("corsheaders.W106", "Regex %s in %s lets in %s, which is %s can read the answers",
				quote(v.pattern), regexes, quote(origin), where).On(v.on).WithHint(localHint))
			break
		}
	}
	return ms
}

const localHint = "take it out here, and list it in a settings file for development that has this one in EXTENDS"

// admits is an origin that the regex lets in of pages at a host, as programs for
// development serve them; "" if it lets in none.
func (v verdict) admits(host string) string {
	re, err := pyre.Compile(v.pattern)
	if err != nil {
		return ""
	}
	for _, port := range []string{"", ":3000", ":5173", ":8000", ":8080"} {
		for _, scheme := range []string{"http://", "https://"} {
			if origin := scheme + host + port; re.Match(origin) {
				return origin
			}
		}
	}
	return ""
}

// whereLocal says where a host is that is not on the internet, and who can be
// behind it; "" for all others, and for those of the network that the site is
// inside of.
func whereLocal(host string, inside bool) string {
	switch space := networkOf(host); {
	case space == browser.Loopback:
		return "on each visitor's own machine: whatever serves pages there"
	case space == browser.Local && !inside:
		return "in a private network: whatever has that name or address in a visitor's network"
	}
	return ""
}

func isLocalhost(host string) bool {
	return host == "localhost" || strings.HasSuffix(host, ".localhost")
}

// isPrivate says whether a site is one of a private network itself, by the
// hosts that it answers for. Pages of that network are then whom it is for.
func isPrivate(allowed []string) bool {
	private := false
	for _, host := range allowed {
		name, _ := strings.CutPrefix(strings.ToLower(host), ".")
		switch {
		case host == "*" || networkOf(name) == browser.Public:
			return false
		case networkOf(name) == browser.Local:
			private = true
		}
	}
	return private
}

// The names of this machine that people use for the same page.
var localNames = map[string]string{"localhost": "127.0.0.1", "127.0.0.1": "localhost"}

// maxAsked is how often the regexes are asked about the other name, so that a
// long list takes no longer than its length.
const maxAsked = 10_000

// checkHalfLocal finds pages that work under one name and not under the other.
func (a *App) checkHalfLocal(*settled.Project) (ms checks.Messages) {
	all, asked := newOriginSet(a.settings.AllowedOrigins), 0
	patterns, inApp := a.patterns(), a.isForApps()
	for l := range a.listed() {
		other, ok := localNames[l.host]
		if !ok || !l.isWeb() || l.port == "" && inApp {
			continue
		}
		twin := l.with(other)
		if asked += len(patterns); all.has(twin) || asked > maxAsked || matchesAny(patterns, twin) {
			continue
		}
		ms = append(ms, checks.Infof("corsheaders.I110",
			"Origin %s is let in, and %s is not: the same page, opened under that name, gets no answer", quote(l.origin), quote(twin)).
			On(l.on).WithHint("add %s", quote(twin)).From("corsheaders.W106", l.on))
	}
	return ms
}

// isForApps says whether pages inside of mobile apps are let in. On Android
// those are at https://localhost, and never at 127.0.0.1.
func (a *App) isForApps() bool {
	for l := range a.listed() {
		if l.origin != "null" && !l.isWeb() {
			return true
		}
	}
	return false
}

// patterns are the regexes that can be used.
func (a *App) patterns() (patterns []*pyre.Pattern) {
	for _, regex := range a.settings.AllowedOriginRegexes {
		if re, err := pyre.Compile(regex); err == nil {
			patterns = append(patterns, re)
		}
	}
	return patterns
}

func matchesAny(patterns []*pyre.Pattern, origin string) bool {
	for _, re := range patterns {
		if re.Match(origin) {
			return true
		}
	}
	return false
}
