package corsheaders

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
)

// everyoneChecks are about CORS_ALLOW_ALL_ORIGINS.
func (a *App) everyoneChecks() []settled.Check {
	return []settled.Check{
		{IDs: []string{"corsheaders.W108"}, Settings: []string{allOrigins}, Deploy: true, Run: a.checkEveryone},
		{IDs: []string{"corsheaders.W111"}, Settings: []string{allOrigins, origins, regexes}, Run: a.checkIdleLists},
	}
}

func (a *App) checkEveryone(p *settled.Project) checks.Messages {
	if !a.settings.AllowAllOrigins {
		return nil
	}
	return checks.Messages{checks.Warningf("corsheaders.W108",
		"%s is true: every website can read what this site answers to its visitors", p.File().Written(allOrigins)).
		On(allOrigins).From("corsheaders.E101", "").
		WithHint("list the origins that are meant in %s; if all answers are public, silence this", p.File().Written(origins))}
}

// checkIdleLists finds lists that look as if they kept someone out.
func (a *App) checkIdleLists(p *settled.Project) (ms checks.Messages) {
	if !a.settings.AllowAllOrigins {
		return nil
	}
	everyone := p.File().Written(allOrigins)
	for _, list := range []struct {
		setting checks.Path
		entries []string
	}{{origins, a.settings.AllowedOrigins}, {regexes, a.settings.AllowedOriginRegexes}} {
		if len(list.entries) > 0 {
			ms = append(ms, checks.Warningf("corsheaders.W111",
				"%s has no effect: %s lets in every origin, also those that are not listed", p.File().Written(list.setting), everyone).
				On(list.setting).See(allOrigins, "this lets in every origin").From("corsheaders.E101", "").
				WithHint("set %s = false, or take the list out", everyone))
		}
	}
	return ms
}
