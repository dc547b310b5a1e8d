package settled

import (
	"fmt"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
)

// A kindRule says what has to stand outside what: a middleware that is outer,
// outside one that is any of inner. Most are Django's, from its page "Middleware
// ordering":
// https://docs.djangoproject.com/en/stable/ref/middleware/#middleware-ordering
type kindRule struct {
	outer, inner middleware.Kind
	// outerNot and innerNot take out those that are any of them.
	outerNot, innerNot middleware.Kind
	// harm is what goes wrong otherwise: %[1]s is the outer one, %[2]s the
	// inner.
	harm string
}

var kindRules = []kindRule{
	{outer: middleware.Compresses, inner: middleware.ChangesBody,
		harm: "%[1]s compresses the body before %[2]s changes it, which breaks it"},
	{outer: middleware.Compresses, inner: middleware.Conditional,
		harm: "%[2]s makes the ETag of compressed bytes, which are not the same for every browser"},
	{outer: middleware.Conditional, inner: middleware.ChangesBody,
		harm: "%[1]s makes the ETag before %[2]s changes the body, so that browsers keep an outdated one"},
	{outer: middleware.SetsLength, inner: middleware.ChangesBody,
		harm: "%[1]s says how long the body is before %[2]s changes it, so that browsers get a broken response"},
	{outer: middleware.Caches, inner: middleware.Varies,
		harm: "%[1]s keeps responses before %[2]s says in Vary for whom they are, and hands them to others"},
	{outer: middleware.Varies, inner: middleware.FromCache,
		harm: "%[2]s looks for a kept response before %[1]s has found out for whom, and may take another visitor's"},
	{outer: middleware.CSRF, inner: middleware.LogsIn,
		harm: "%[2]s logs users in where %[1]s can't change their token yet, so that one from before the login stays good"},
	{outer: middleware.HTTPS, inner: middleware.Redirects | middleware.Static | middleware.Authenticates | middleware.CSRF | middleware.LogsIn,
		harm: "%[2]s deals with requests in the clear that %[1]s would send to HTTPS"},
	// What redirects to HTTPS comes first, and looks at the host itself.
	{outer: middleware.HostCheck, inner: middleware.Redirects, outerNot: middleware.Redirects, innerNot: middleware.HostCheck | middleware.HTTPS,
		harm: "%[2]s redirects to a host that %[1]s has not looked at yet"},
	// WhiteNoise's advice is to stand above all but the redirect to HTTPS.
	{outer: middleware.Static, inner: middleware.Compresses,
		harm: "%[2]s compresses the files of %[1]s anew for each request"},
	{outer: middleware.Static, inner: middleware.Timeout,
		harm: "%[2]s cuts off long downloads of the files of %[1]s"},
	{outer: middleware.Static, inner: middleware.Varies, innerNot: middleware.Compresses,
		harm: "%[2]s has caches keep each file of %[1]s many times, as if it were not the same for all"},
	// Settled's own.
	{outer: middleware.Identifies, inner: middleware.Logs,
		harm: "%[2]s writes its lines without the id that %[1]s gives a request"},
	{outer: middleware.FindsClient, inner: middleware.Logs | middleware.RateLimit | middleware.Authenticates,
		harm: "%[2]s takes the proxy for the client that %[1]s finds"},
	{outer: middleware.Logs, inner: middleware.Timeout, innerNot: middleware.Logs,
		harm: "%[1]s writes down what the handler answered and not the 503 that %[2]s sends"},
	{outer: middleware.Logs, inner: middleware.Answers | middleware.Redirects, innerNot: middleware.Static | middleware.Timeout,
		harm: "%[1]s never hears of the requests that %[2]s answers"},
}

// wants says whether the rule has a outside b.
func (r kindRule) wants(a, b middleware.Kind) bool {
	return a.Has(r.outer) && a&r.outerNot == 0 && b&r.inner != 0 && b&r.innerNot == 0
}

// rulesFor are the rules that have a stand outside b; none when b has to stand
// outside a as well, or sees what a finds from anywhere.
func rulesFor(a, b placedLink) (rules []kindRule) {
	contrary := slices.Contains(a.link.Traits.After, b.name) || wantsOutside(b.link.Traits.Is, a.link.Traits.Is)
	if contrary || slices.Contains(b.link.Traits.Sees, a.name) || a.isCORS() || b.isCORS() {
		return nil
	}
	for _, r := range kindRules {
		if r.wants(a.link.Traits.Is, b.link.Traits.Is) {
			rules = append(rules, r)
		}
	}
	return rules
}

func wantsOutside(a, b middleware.Kind) bool {
	return slices.ContainsFunc(kindRules, func(r kindRule) bool { return r.wants(a, b) })
}

// findInsideOut reports each entry that should stand further out.
func findInsideOut(all, _ any) (ms checks.Messages) {
	o := all.(order)
	for j, outer := range o.Links {
		if o.index(outer.name) < j {
			continue // it stands twice, and is judged once
		}
		var harms []string
		first := -1
		for i, inner := range o.Links[:j] {
			for _, r := range rulesFor(outer, inner) {
				harms = append(harms, fmt.Sprintf(r.harm, outer.name, inner.name))
				if first < 0 {
					first = i
				}
			}
		}
		if first < 0 {
			continue
		}
		ms = append(ms, o.follow(checks.Warningf("middleware.W001", "%s stands too low in {name}: %s", outer.name, strings.Join(harms, "; ")).
			On(element(j)).See(checks.Path("MIDDLEWARE").Index(first), "it has to stand above this one").
			WithHint("move %q above %q", outer.name, o.Links[first].name)))
	}
	return ms
}
