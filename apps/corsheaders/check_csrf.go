package corsheaders

import (
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
)

// trustedOrigins is a setting of whatever app brings a CSRF middleware.
const trustedOrigins = "CSRF_TRUSTED_ORIGINS"

// csrfChecks are about what else keeps an origin from sending forms.
func (a *App) csrfChecks() []settled.Check {
	return []settled.Check{a.cookieCheck(), {
		IDs: []string{"corsheaders.W172"}, Tags: tags,
		Settings: []string{origins, credentials, allowMethods, trustedOrigins, "MIDDLEWARE"}, Run: a.checkTrusted,
	}}
}

// csrfTrusts is CSRF_TRUSTED_ORIGINS. ok is false when nothing in the project
// judges by it.
func csrfTrusts(p *settled.Project) (trusted []string, ok bool) {
	refuses := slices.ContainsFunc(p.Chain(), func(l middleware.Link) bool { return l.Traits.Is.Has(middleware.CSRF) })
	trusted, owned := settled.Value[[]string](p, trustedOrigins)
	return trusted, refuses && owned
}

// csrfHeader is the header that a script proves with that its request is not
// forged, as CSRF_HEADER_NAME has it, or "" when nothing asks for it.
func csrfHeader(p *settled.Project) string {
	if _, ok := csrfTrusts(p); !ok {
		return ""
	}
	if name, _ := settled.Value[string](p, "CSRF_HEADER_NAME"); strings.HasPrefix(name, "HTTP_") {
		return strings.ToLower(strings.ReplaceAll(strings.TrimPrefix(name, "HTTP_"), "_", "-"))
	}
	return "x-csrftoken"
}

// checkTrusted reports origins whose requests CORS lets in, and the CSRF
// middleware refuses.
func (a *App) checkTrusted(p *settled.Project) (ms checks.Messages) {
	trusted, ok := csrfTrusts(p)
	unsafe := slices.DeleteFunc(slices.Clone(a.settings.AllowMethods), isSafe)
	if !ok || !a.settings.AllowCredentials || len(unsafe) == 0 {
		return nil
	}
	t := newTrust(trusted)
	for i, origin := range a.settings.AllowedOrigins {
		if !isSerialised(origin) || !isWeb(origin) || t.has(origin) {
			continue
		}
		ms = append(ms, checks.Warningf("corsheaders.W172",
			"Origin %s in %s may send %s requests with cookies, but is not in %s: the CSRF check answers them 403",
			quote(origin), origins, strings.Join(unsafe, ", "), trustedOrigins).
			On(origins, i).WithHint("add %s to %s", quote(origin), trustedOrigins))
	}
	return ms
}

// isSafe holds for the methods that Django's CSRF check lets pass.
func isSafe(method string) bool {
	return slices.Contains([]string{"GET", "HEAD", "OPTIONS", "TRACE"}, strings.ToUpper(method))
}

func isWeb(origin string) bool {
	return strings.HasPrefix(origin, "http://") || strings.HasPrefix(origin, "https://")
}

// A trust is CSRF_TRUSTED_ORIGINS, as Django reads it: origins, and with a * all
// that is below a domain.
type trust struct {
	exact map[string]bool
	below []string // scheme://.domain, and a port perhaps
}

func newTrust(trusted []string) trust {
	t := trust{exact: map[string]bool{}}
	for _, origin := range trusted {
		if strings.Contains(origin, "*") {
			t.below = append(t.below, strings.ReplaceAll(origin, "*", ""))
		} else {
			t.exact[origin] = true
		}
	}
	return t
}

func (t trust) has(origin string) bool {
	scheme, host, _ := strings.Cut(origin, "://")
	return t.exact[origin] || slices.ContainsFunc(t.below, func(pattern string) bool {
		itsScheme, domain, _ := strings.Cut(pattern, "://")
		return scheme == itsScheme && strings.HasPrefix(domain, ".") && (strings.HasSuffix(host, domain) || host == domain[1:])
	})
}
