package corsheaders

import (
	"fmt"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// The settings of lists of names.
const (
	allowMethods   = "CORS_ALLOW_METHODS"
	allowHeaders   = "CORS_ALLOW_HEADERS"
	exposeHeaders  = "CORS_EXPOSE_HEADERS"
	maxAge         = "CORS_PREFLIGHT_MAX_AGE"
	privateNetwork = "CORS_ALLOW_PRIVATE_NETWORK"
)

// headerChecks are about methods, headers and how long a preflight holds.
func (a *App) headerChecks() []settled.Check {
	rows := []settled.Check{
		{IDs: []string{"corsheaders.E151"}, Settings: []string{allowMethods}},
		{IDs: []string{"corsheaders.E152"}, Settings: []string{allowMethods}, Fixable: true},
		{IDs: []string{"corsheaders.W153"}, Settings: []string{allowHeaders}, Fixable: true},
		{IDs: []string{"corsheaders.E154"}, Settings: []string{allowHeaders}},
		{IDs: []string{"corsheaders.W156", "corsheaders.I156"}, Settings: []string{exposeHeaders}},
		{IDs: []string{"corsheaders.E157"}, Settings: []string{allowHeaders, exposeHeaders}},
		{IDs: []string{"corsheaders.W155"}, Settings: []string{allowMethods, allowHeaders, exposeHeaders, credentials}, Run: a.checkWildcards},
		{IDs: []string{"corsheaders.W158"}, Settings: []string{allowHeaders, trustedOrigins, "MIDDLEWARE"}, Run: a.checkMissingHeaders},
		{IDs: []string{"corsheaders.W161", "corsheaders.I161"}, Settings: []string{maxAge}, Run: a.checkMaxAge},
		{IDs: []string{"corsheaders.W162"}, Settings: []string{privateNetwork}, Run: a.checkPrivateNetwork},
	}
	for i := range rows {
		rows[i].Tags = tags
	}
	return rows
}

// checkWildcards reports each * that does not stand for all that its author may
// think of.
func (a *App) checkWildcards(*settled.Project) (ms checks.Messages) {
	s := a.settings
	for _, list := range []struct {
		setting, what string
		names         []string
	}{
		{allowMethods, "method", s.AllowMethods}, {allowHeaders, "header", s.AllowHeaders}, {exposeHeaders, "header", s.ExposeHeaders},
	} {
		i := slices.Index(list.names, "*")
		on := checks.Path(list.setting).Index(i)
		switch {
		case i < 0:
		case s.AllowCredentials:
			ms = append(ms, checks.Warningf("corsheaders.W155",
				"'*' in %s is but a %s of that name: for requests with credentials, which %s allows, browsers don't read it as all",
				list.setting, list.what, credentials).
				On(on).See(credentials, "credentials are allowed here").WithHint("list the %ss that are meant", list.what))
		case list.setting == allowHeaders && !has(s.AllowHeaders, "authorization"):
			ms = append(ms, checks.Warningf("corsheaders.W155",
				"'*' in %s does not stand for authorization: browsers refuse requests with that header until it is listed by its name", allowHeaders).
				On(on).WithHint("add 'authorization', or list the headers that are meant"))
		}
	}
	return ms
}

// checkMissingHeaders reports a list that was meant to add to the default one,
// and replaces it. What a * is taken for is not missing.
func (a *App) checkMissingHeaders(p *settled.Project) checks.Messages {
	headers := a.settings.AllowHeaders
	if p.File().Origin(allowHeaders) == (checks.Range{}) || slices.Contains(headers, "*") {
		return nil
	}
	wanted := []string{"content-type", "authorization"}
	if token := csrfHeader(p); token != "" {
		wanted = append(wanted, token)
	}
	missing := slices.DeleteFunc(wanted, func(name string) bool { return has(headers, name) })
	if len(missing) == 0 {
		return nil
	}
	return checks.Messages{checks.Warningf("corsheaders.W158",
		"%s replaces the default list and lacks %s: browsers refuse requests %s", allowHeaders, strings.Join(missing, " and "), with(missing)).
		On(allowHeaders).WithHint("add %s, unless no page sends such requests", strings.Join(missing, " and "))}
}

// uses say what people need headers for.
var uses = map[string]string{"content-type": "with a JSON body", "authorization": "with a token or password"}

func with(headers []string) string {
	var parts []string
	for _, name := range headers {
		use, ok := uses[name]
		if !ok {
			use = "that prove with " + name + " not to be forged"
		}
		parts = append(parts, use)
	}
	return strings.Join(parts, ", or ")
}

// checkMaxAge reports a time that no browser takes for what it says. The default
// is django-cors-headers', and nobody's wish.
func (a *App) checkMaxAge(p *settled.Project) checks.Messages {
	seconds := a.settings.PreflightMaxAge
	if seconds <= browser.ChromeMaxAge || p.File().Origin(maxAge) == (checks.Range{}) {
		return nil
	}
	if seconds > browser.FirefoxMaxAge {
		return checks.Messages{checks.Warningf("corsheaders.W161",
			"%s = %d is longer than any browser keeps the answer to a preflight: Firefox keeps it for %s, Chrome and Edge for %s, Safari for %s",
			maxAge, seconds, duration(browser.FirefoxMaxAge), duration(browser.ChromeMaxAge), duration(browser.SafariMaxAge)).
			On(maxAge).WithHint("write %d or less", browser.FirefoxMaxAge)}
	}
	return checks.Messages{checks.Infof("corsheaders.I161",
		"%s = %d holds in Firefox alone: Chrome and Edge keep the answer to a preflight for %s at most, Safari for %s",
		maxAge, seconds, duration(browser.ChromeMaxAge), duration(browser.SafariMaxAge)).
		On(maxAge).WithHint("expect a preflight every 2 hours, or write %d, which Firefox and Chrome keep alike", browser.ChromeMaxAge)}
}

// checkPrivateNetwork reports what no browser asks for any more.
func (a *App) checkPrivateNetwork(*settled.Project) checks.Messages {
	if !a.settings.AllowPrivateNetwork {
		return nil
	}
	return checks.Messages{checks.Warningf("corsheaders.W162",
		"%s does nothing in today's browsers: they have dropped the draft, Private Network Access, and ask the user instead, whom no header answers", privateNetwork).
		On(privateNetwork).WithHint("take it out; Local Network Access is what took its place")}
}

// has says whether a header is in a list, in any case. An entry that is no
// header counts as those that it was meant to be: it is reported as such.
func has(headers []string, name string) bool {
	return slices.ContainsFunc(headers, func(h string) bool {
		return slices.ContainsFunc(namesIn(h), func(n string) bool { return strings.EqualFold(n, name) })
	})
}

func duration(seconds int) string {
	if seconds%3600 == 0 {
		return fmt.Sprintf("%d hours", seconds/3600)
	}
	return fmt.Sprintf("%d minutes", seconds/60)
}
