package corsheaders

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/settled-go/settled/internal/pyre"
)

// A policy is settings made ready for requests. It is immutable and safe for
// concurrent use.
type policy struct {
	paths    pathSet
	everyone bool
	listed   originSet
	regexes  []*pyre.Pattern
	gates    []Gate

	credentials    bool
	privateNetwork bool
	exposes        bool // sends the next, empty or not
	// Values of headers, joined once.
	expose, methods, headers string
	maxAge                   string // empty: not sent
}

func newPolicy(s Settings, gates []Gate) (*policy, error) {
	p := &policy{
		everyone:       s.AllowAllOrigins,
		listed:         newOriginSet(s.AllowedOrigins),
		gates:          gates,
		credentials:    s.AllowCredentials && !s.AllowAllOrigins,
		privateNetwork: s.AllowPrivateNetwork,
		exposes:        len(s.ExposeHeaders) > 0,
		expose:         strings.Join(s.ExposeHeaders, ", "),
		methods:        strings.Join(s.AllowMethods, ", "),
		headers:        strings.Join(s.AllowHeaders, ", "),
	}
	if s.PreflightMaxAge != 0 {
		p.maxAge = strconv.Itoa(s.PreflightMaxAge)
	}
	var err error
	if p.paths, err = newPathSet(s.URLsRegex); err != nil {
		return nil, err
	}
	for _, pattern := range s.AllowedOriginRegexes {
		re, err := pyre.Compile(pattern)
		if err != nil {
			return nil, err
		}
		p.regexes = append(p.regexes, re)
	}
	return p, nil
}

// judge decides about a request. origin is the value of
// Access-Control-Allow-Origin, if g has it. The gates are asked last, and at
// most once.
func (p *policy) judge(r *http.Request) (g grant, origin string) {
	bySettings := p.paths.has(r.URL.Path)
	if !bySettings && !p.opens(r) {
		return 0, ""
	}
	origin, g = p.admit(r, bySettings)
	if g.has(admitted) && r.Method == http.MethodOptions {
		g |= lists
	}
	if g.has(admitted) && p.privateNetwork && asksForPrivateNetwork(r) {
		g |= privateNetwork
	}
	return g | enabled, origin
}

// admit decides about the request's origin. Credentials are for those only
// whom the settings alone let in.
func (p *policy) admit(r *http.Request, bySettings bool) (origin string, g grant) {
	lines := r.Header["Origin"]
	switch {
	case p.everyone:
		if slices.ContainsFunc(lines, isNotEmpty) {
			return "*", admitted
		}
	case len(lines) != 1:
	case p.lists(lines[0]):
		if p.credentials && bySettings {
			return lines[0], admitted | credentials
		}
		return lines[0], admitted
	case len(p.gates) > 0 && isSerialised(lines[0]) && (!bySettings || p.opens(r)):
		return lines[0], admitted
	}
	return "", 0
}

// lists says whether the settings let an origin in.
func (p *policy) lists(origin string) bool {
	if p.listed.has(origin) {
		return true
	}
	return len(p.regexes) > 0 && isSerialised(origin) && p.matches(origin)
}

func (p *policy) matches(origin string) bool {
	for _, re := range p.regexes {
		if re.Match(origin) {
			return true
		}
	}
	return false
}

// opens asks the gates.
func (p *policy) opens(r *http.Request) bool {
	for _, gate := range p.gates {
		if gate.AllowCORS(r) {
			return true
		}
	}
	return false
}

func isNotEmpty(s string) bool { return s != "" }

func asksForPrivateNetwork(r *http.Request) bool {
	lines := r.Header["Access-Control-Request-Private-Network"]
	return len(lines) == 1 && lines[0] == "true"
}
