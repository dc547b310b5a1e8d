package settled

import (
	"fmt"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
)

// findCORSNotFirst is the first of the two rules that Settled never bends: what
// stands above the CORS middleware answers without CORS headers.
func findCORSNotFirst(all, _ any) checks.Messages {
	o := all.(order)
	i := o.firstCORS()
	if i <= 0 {
		return nil
	}
	return checks.Messages{o.follow(checks.Errorf("middleware.E001",
		"%s is not first in {name}: %s", o.Links[i].name, consequence(o.Links[:i])).
		On(element(0)).See(checks.Path("MIDDLEWARE").Index(i), "this has to stand there").
		WithHint("move %q to the top of {name}", o.Links[i].name).
		Fix(checks.Edit{Do: checks.Move, Setting: element(i), To: 0}).
		Of(checks.Refused))}
}

// consequences say what goes wrong when a middleware of a kind stands outside
// the CORS middleware, the worst first.
var consequences = []struct {
	kind middleware.Kind
	text string
}{
	{middleware.Redirects, "may redirect a preflight, which browsers refuse (\"Redirect is not allowed for a preflight request\")"},
	{middleware.Authenticates, "answers a preflight with a 401, since browsers send none with credentials"},
	{middleware.CSRF, "refuses requests with a 403 that no script may read"},
	{middleware.HostCheck, "refuses requests with a 400 that no script may read"},
	{middleware.RateLimit, "refuses requests with a 429 that no script may read"},
	{middleware.Timeout, "cuts requests off with a 503 that no script may read"},
	{middleware.Static, "serves files without CORS headers"},
	{middleware.Answers, "answers by itself, without CORS headers"},
}

// consequence names what stands above and what it does to cross-origin
// requests.
func consequence(above []placedLink) string {
	var parts []string
	for _, l := range above {
		parts = append(parts, fmt.Sprintf("%s above it %s", l.name, effect(l.link.Traits.Is)))
	}
	return strings.Join(parts, "; ")
}

func effect(k middleware.Kind) string {
	for _, c := range consequences {
		if k.Has(c.kind) {
			return c.text
		}
	}
	return "can answer, fail or change headers where the CORS headers are missing"
}

// checkCORSMissing reports an installed app that decides about origins and has
// no part in the chain. While an entry of MIDDLEWARE is not understood, it may
// be meant: since the check reads that setting, Project.Check says nothing then.
func checkCORSMissing(p *Project) checks.Messages {
	var ms checks.Messages
	for _, info := range p.apps {
		mp, ok := info.App.(MiddlewareProvider)
		if !ok || info.Builtin {
			continue
		}
		for _, link := range mp.Middleware() {
			if link.Traits.Is.Has(middleware.CORS) && !slices.Contains(p.core.settings.Middleware, link.Name) {
				ms = append(ms, checks.Errorf("middleware.E005",
					"app %q is installed but %s is not in MIDDLEWARE: no CORS header will ever be sent", info.Name, link.Name).
					On(p.listed(info.Name)).WithHint("add %q at the top of MIDDLEWARE", link.Name))
			}
		}
	}
	return ms
}
