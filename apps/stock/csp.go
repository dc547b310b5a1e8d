package stock

import (
	"maps"
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/csp"
	"github.com/settled-go/settled/settings"
)

const (
	cspName       = "django.middleware.csp.ContentSecurityPolicyMiddleware"
	cspEnforced   = "SECURE_CSP"
	cspReportOnly = "SECURE_CSP_REPORT_ONLY"
)

// cspSettings are those of the middleware, with the rules for them.
type cspSettings struct{ csp.Settings }

func newCSP() settled.App {
	return &app[cspSettings]{
		settings: cspSettings{csp.Defaults()},
		name:     cspName,
		traits:   csp.Traits,
		docs:     csp.Docs,
		checks:   cspChecks,
		new:      func(s cspSettings, _ *settled.Project) (middleware.Func, error) { return csp.New(s.Settings) },
	}
}

// Rules are the validate tags of the settings.
func (cspSettings) Rules() []settings.Rule {
	return []settings.Rule{{Tag: "policy", Find: findNoSources}}
}

// findNoSources finds directives whose value is none.
func findNoSources(_, value any) (ms checks.Messages) {
	policy := value.(csp.Policy)
	for _, name := range slices.Sorted(maps.Keys(policy)) {
		if _, _, err := csp.Sources(policy[name]); err != nil {
			ms = append(ms, checks.Errorf("settings.E003", "%s in {name} should be a source, a list of sources, or true", name).
				On(checks.Path("").Key(name)).WithHint("write %s = [\"'self'\"]", name).Of(checks.Unbuildable))
		}
	}
	return ms
}

// policyHas says whether SECURE_CSP has a directive, in a project with this app.
func policyHas(p *settled.Project, directive string) bool {
	policy, _ := settled.Value[csp.Policy](p, cspEnforced)
	_, sent, err := csp.Sources(policy[directive])
	return sent && err == nil
}
