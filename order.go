package settled

import (
	"fmt"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settings"
)

// order is MIDDLEWARE with its names resolved. The rules about it are validator
// rules, and they look at traits alone, so that third-party middleware is
// covered too.
type order struct {
	Links []placedLink `toml:"MIDDLEWARE" validate:"once,cors_first"`
}

// placedLink is an entry of MIDDLEWARE; resolved says that link is known.
type placedLink struct {
	name     string
	link     middleware.Link
	resolved bool
}

func (l placedLink) isCORS() bool { return l.resolved && l.link.Traits.Is.Has(middleware.CORS) }

func (o order) has(name string) bool { return o.index(name) >= 0 }

// index is where a name is listed first, or -1.
func (o order) index(name string) int {
	for i, l := range o.Links {
		if l.name == name {
			return i
		}
	}
	return -1
}

// firstCORS is where the first CORS middleware is listed, or -1.
func (o order) firstCORS() int {
	for i, l := range o.Links {
		if l.isCORS() {
			return i
		}
	}
	return -1
}

// Rules are the validate tags of order's own.
func (order) Rules() []settings.Rule {
	return []settings.Rule{
		{Tag: "once", Find: findTwice},
		{Tag: "cors_first", Find: findCORSNotFirst},
	}
}

// element is the path of an entry, relative to MIDDLEWARE.
func element(i int) checks.Path { return checks.Path("").Index(i) }

// findTwice reports entries that stand twice, and CORS middleware beside other
// CORS middleware.
func findTwice(all, _ any) checks.Messages {
	o, ms := all.(order), checks.Messages(nil)
	first := o.firstCORS()
	for i, l := range o.Links {
		j := o.index(l.name)
		switch {
		case j < i && l.isCORS():
			ms = append(ms, twice(l.name, i, j).Of(checks.Refused))
		case j < i && l.resolved:
			ms = append(ms, twice(l.name, i, j).Of(checks.Unbuildable))
		case l.isCORS() && first < i:
			ms = append(ms, checks.Errorf("middleware.E007",
				"%s and %s both decide which origins may read a response: a browser refuses an answer with two decisions, or the looser one wins",
				o.Links[first].name, l.name).On(element(i)).
				See(checks.Path("MIDDLEWARE").Index(first), "the other one").
				WithHint("keep one of the two").Of(checks.Refused))
		}
	}
	return ms
}

func twice(name string, i, j int) checks.Message {
	return checks.Errorf("middleware.E003", "%s is listed twice in {name}: a request would pass through it two times", name).
		On(element(i)).See(checks.Path("MIDDLEWARE").Index(j), "listed here first").
		WithHint("take this entry out")
}

// findCORSNotFirst is the first of the two rules that Settled never bends: what
// stands above the CORS middleware answers without CORS headers.
func findCORSNotFirst(all, _ any) checks.Messages {
	o := all.(order)
	i := o.firstCORS()
	if i <= 0 {
		return nil
	}
	return checks.Messages{checks.Errorf("middleware.E001",
		"%s is not first in {name}: %s", o.Links[i].name, consequence(o.Links[:i])).
		On(element(0)).See(checks.Path("MIDDLEWARE").Index(i), "this has to stand there").
		WithHint("move %q to the top of {name}", o.Links[i].name).Of(checks.Refused)}
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
// be meant, so nothing is said.
func checkCORSMissing(p *Project) checks.Messages {
	var ms checks.Messages
	for _, info := range p.apps {
		mp, ok := info.App.(MiddlewareProvider)
		if !ok || info.Builtin || !p.resolved {
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
