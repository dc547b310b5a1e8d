package stock

import (
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/common"
)

func newCommon() settled.App {
	return &app[common.Settings]{
		settings: common.Defaults(),
		name:     "django.middleware.common.CommonMiddleware",
		traits:   common.Traits,
		docs:     common.Docs,
		checks:   commonChecks,
		new: func(s common.Settings, p *settled.Project) (middleware.Func, error) {
			s.Debug = p.Debug()
			s.CheckHost, s.Resolves = p.CheckHost, settled.Resolves
			s.Host, s.IsSecure = settled.Host, settled.IsSecure
			s.Forbid = settled.PermissionDenied
			return common.New(s)
		},
	}
}

func commonChecks(a *app[common.Settings]) []settled.Check {
	const agents = "DISALLOWED_USER_AGENTS"
	return []settled.Check{{
		IDs: []string{"common.E001"}, Tags: []string{"middleware"}, Class: checks.Unbuildable, Settings: []string{agents},
		Run: func(*settled.Project) checks.Messages {
			return badRegexes("common.E001", agents, a.settings.DisallowedUserAgents)
		},
	}}
}
