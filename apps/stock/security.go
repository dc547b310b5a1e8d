package stock

import (
	"embed"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/security"
	"github.com/settled-go/settled/settings"
)

const securityName = "django.middleware.security.SecurityMiddleware"

// securitySettings are those of the middleware, and what Django had once.
type securitySettings struct {
	security.Settings
	// BrowserXSSFilter was for a filter of browsers that none has any more.
	// Django took it out in 4.0.
	BrowserXSSFilter settings.Removed `toml:"SECURE_BROWSER_XSS_FILTER" check:"security.E136" removed:": browsers have no such filter any more. A Content-Security-Policy does more (SECURE_CSP)"`
}

//go:embed security.go
var securitySource embed.FS

func newSecurity() settled.App {
	return &app[securitySettings]{
		settings: securitySettings{Settings: security.Defaults()},
		name:     securityName,
		traits:   security.Traits,
		docs:     together{security.Docs, securitySource},
		checks:   securityChecks,
		new: func(s securitySettings, p *settled.Project) (middleware.Func, error) {
			s.IsSecure, s.Host, s.CheckHost = settled.IsSecure, settled.Host, p.CheckHost
			return security.New(s.Settings)
		},
	}
}

// Rules are the validate tags of the settings.
func (securitySettings) Rules() []settings.Rule {
	return []settings.Rule{{Tag: "referrer_policy", Find: findNoPolicies}}
}

func findNoPolicies(_, value any) checks.Messages {
	if _, err := security.Policies(value); err == nil {
		return nil
	}
	return checks.Messages{checks.Errorf("settings.E003", "{name} should be a string or a list of strings").
		WithHint("write {name} = \"same-origin\"").Of(checks.Unbuildable)}
}
