package settled_test

import (
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"regexp"
	"regexp/syntax"
	"slices"
	"strconv"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/settledtest"
)

// A guard is a middleware that answers by itself for one path.
type guard struct {
	name, path string
	is         middleware.Kind
	answer     http.HandlerFunc
}

func (guard) Settings() any { return nil }

func (g guard) Middleware() []middleware.Link {
	wrap := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, g.path) {
				g.answer(w, r)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
	return []middleware.Link{{Name: g.name + ".Middleware", Traits: middleware.Traits{Is: g.is},
		New: func() (middleware.Func, error) { return wrap, nil }}}
}

// trustPages are pages, one of which fails.
type trustPages struct{}

func (trustPages) Settings() any { return nil }

func (trustPages) Routes() []settled.Route {
	ok := func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "ok") }
	fail := func(http.ResponseWriter, *http.Request) { panic("no luck") }
	return []settled.Route{settled.Path("/api/ok/", ok, ""), settled.Path("/ok/", ok, ""), settled.Path("/api/panic/", fail, "")}
}

// guarded are the apps of the generated projects.
func guarded() *settled.Registry {
	var r settled.Registry
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) { http.Error(w, http.StatusText(code), code) }
	}
	apps := settledtest.Apps{
		"corsheaders": func() settled.App { return corsheaders.NewApp() },
		"views":       func() settled.App { return trustPages{} },
	}
	for name, new := range apps {
		r.Register(name, new)
	}
	for _, g := range []guard{
		{"redirects", "/moved/", middleware.Redirects, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/ok/", http.StatusMovedPermanently) }},
		{"refuses", "/private/", middleware.Authenticates, status(http.StatusUnauthorized)},
		{"slow", "/slow/", middleware.Timeout, status(http.StatusServiceUnavailable)},
		{"breaks", "/broken/", middleware.ChangesBody, func(http.ResponseWriter, *http.Request) { panic("broken") }},
	} {
		r.RegisterBuiltin(g.name, func() settled.App { return g })
	}
	return &r
}

// paths end in all ways that a request can.
var paths = []string{"/api/ok/", "/ok/", "/api/none/", "/api/panic/", "/api/moved/", "/api/private/", "/api/slow/", "/api/broken/"}

// covers says whether CORS_URLS_REGEX, as Django reads it, lets a path have
// CORS.
func (p *plan) covers(path string) bool {
	return regexp.MustCompile(`\A(?:` + p.urls + `)`).MatchString(path)
}

// ask sends a request as a page of an origin does, or asks for the permission
// to send it.
func ask(h http.Handler, path, origin, host string, preflight ...string) http.Header {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if len(preflight) > 0 {
		r = httptest.NewRequest(http.MethodOptions, path, nil)
		r.Header.Set("Access-Control-Request-Method", preflight[0])
		if len(preflight) > 1 {
			r.Header.Set("Access-Control-Request-Headers", strings.Join(preflight[1:], ","))
		}
	}
	r.Host = host
	r.Header.Set("Origin", origin)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w.Header()
}

// lets says whether the answer may be read by the page that sent origin.
func lets(h http.Header, origin string) bool {
	allowed := h.Values("Access-Control-Allow-Origin")
	return len(allowed) == 1 && (allowed[0] == origin || allowed[0] == "*" && h.Get("Access-Control-Allow-Credentials") == "")
}

// names says whether a header that is a list has a name, as a browser reads it.
func names(list, name string, fold bool) bool {
	return slices.ContainsFunc(strings.Split(list, ","), func(s string) bool {
		s = strings.TrimSpace(s)
		return s == name || fold && strings.EqualFold(s, name)
	})
}

// lookAlikes are origins that are not that of a host, and pass for it in one
// way or another.
func lookAlikes(host string) []string {
	hosts := []string{
		"evil" + host, "evil-" + host, host + ".evil.org", host + "evil.org", host + "-evil.org", "evil.org", "a.evil.org", host + "x", host + ".co",
		host + ".evil.com", "x" + host, host + "com", "evil.com", "evil.vercel.app", "evil.github.io", "evil.co.uk", "evil.app.github.dev", "evil.ngrok-free.app",
		"www" + host, "wwwx" + host, "app-" + host,
	}
	for i := range host {
		if host[i] == '.' {
			hosts = append(hosts, host[:i]+"x"+host[i+1:], host[:i]+"-"+host[i+1:], "a."+host[:i]+"x"+host[i+1:], host[:i]+".evil"+host[i:], host[:i]+".org")
		}
	}
	var origins []string
	for _, h := range hosts {
		for _, scheme := range []string{"https://", "http://"} {
			for _, port := range []string{"", ":3000", ":8443", ":1"} {
				origins = append(origins, scheme+h+port)
			}
		}
	}
	return append(origins, "null", "file://", "file://"+host, "https://"+host+"@evil.org", "https://evil.org/"+host, "https://evil.org#"+host,
		"https://evil.org?"+host, "https://evil.org\\@"+host, "chrome-extension://abcdefghijklmnopabcdefghijklmnop", "", "https://", "*",
		"https://evil.org, https://"+host, "https://"+host+" https://evil.org", "https://evil.org%00."+host[:1])
}

// isStranger says whether an origin is one that a stranger's page can have: it
// is null, or its host is neither one of own nor below one.
func isStranger(origin string, own []string) bool {
	if origin == "null" {
		return true
	}
	host, ok := webHost(origin)
	if !ok {
		return false
	}
	if addr, err := netip.ParseAddr(host); err == nil && (addr.IsPrivate() || addr.IsLoopback()) {
		return false
	}
	return !slices.ContainsFunc(own, func(name string) bool { return host == name || strings.HasSuffix(host, "."+name) })
}

var hostName = regexp.MustCompile(`^([a-z0-9_]([a-z0-9_-]*[a-z0-9_])?\.)+[a-z]([a-z0-9-]*[a-z0-9])?$`)

// webHost is the host of an origin that a browser can send for a web page.
func webHost(origin string) (host string, ok bool) {
	scheme, rest, _ := strings.Cut(origin, "://")
	standard := map[string]string{"http": "80", "https": "443"}[scheme]
	host = rest
	if strings.Contains(rest, ":") {
		var port string
		var err error
		if host, port, err = net.SplitHostPort(rest); err != nil {
			return "", false
		}
		n, err := strconv.ParseUint(port, 10, 16)
		if err != nil || n == 0 || port[0] == '0' || port == standard {
			return "", false
		}
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return host, standard != "" && addr.Is4()
	}
	return host, standard != "" && len(host) < 254 && hostName.MatchString(host) && !strings.Contains(host, "xn--")
}

// samples are texts that a pattern matches, or begins to: its own words, with
// what a stranger would choose where it leaves a choice.
func samples(pattern string, r *rand.Rand, n int) []string {
	tree, err := syntax.Parse(strings.ReplaceAll(pattern, `\Z`, `\z`), syntax.Perl)
	if err != nil {
		return nil
	}
	var texts []string
	for range n {
		text := sample(tree, r)
		texts = append(texts, text, text+".evil.org", text+"evil.org", text+":8443", "https://"+text, "https://evil"+text, "https://evil.org"+text)
	}
	return texts
}

func sample(re *syntax.Regexp, r *rand.Rand) string {
	var b strings.Builder
	times := func(least, most int) {
		for range least + r.IntN(most-least+1) {
			b.WriteString(sample(re.Sub[0], r))
		}
	}
	switch re.Op {
	case syntax.OpLiteral:
		b.WriteString(string(re.Rune))
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		b.WriteString([]string{"x", "a.", "-", ".evil.", "e", "evil.org", ":", "/"}[r.IntN(8)])
	case syntax.OpCharClass:
		const wanted = "aex7-._mo:"
		var in []rune
		for _, c := range wanted {
			for i := 0; i+1 < len(re.Rune); i += 2 {
				if re.Rune[i] <= c && c <= re.Rune[i+1] {
					in = append(in, c)
				}
			}
		}
		if len(in) > 0 {
			b.WriteRune(in[r.IntN(len(in))])
		} else if len(re.Rune) > 0 {
			b.WriteRune(re.Rune[0])
		}
	case syntax.OpCapture:
		times(1, 1)
	case syntax.OpStar:
		times(0, 4)
	case syntax.OpPlus:
		times(1, 4)
	case syntax.OpQuest:
		times(0, 1)
	case syntax.OpRepeat:
		times(re.Min, max(re.Min, min(re.Max, re.Min+2)))
	case syntax.OpAlternate:
		b.WriteString(sample(re.Sub[r.IntN(len(re.Sub))], r))
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			b.WriteString(sample(sub, r))
		}
	}
	return b.String()
}
