package corsheaders

import (
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
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

	credentials    grant // for whom the settings let in
	always         grant // for all who are let in
	privateNetwork bool

	// Values of headers, joined once.
	expose, methods, headers string
	maxAge                   string // empty: not sent
}

func newPolicy(s Settings, gates []Gate) (*policy, error) {
	p := &policy{
		everyone:       s.AllowAllOrigins,
		listed:         newOriginSet(s.AllowedOrigins),
		gates:          gates,
		privateNetwork: s.AllowPrivateNetwork,
		expose:         strings.Join(s.ExposeHeaders, ", "),
		methods:        strings.Join(s.AllowMethods, ", "),
		headers:        strings.Join(s.AllowHeaders, ", "),
	}
	if s.AllowCredentials {
		p.credentials = withCredentials
	}
	if len(s.ExposeHeaders) > 0 {
		p.always = withExposed
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
// Access-Control-Allow-Origin, if that is granted.
func (p *policy) judge(r *http.Request) (g grant, origin string) {
	bySettings := p.paths.has(r.URL.Path)
	if !bySettings && !p.opens(r) {
		return 0, ""
	}
	g, origin = p.admit(r, bySettings)
	if g == 0 {
		return enabled, ""
	}
	g |= enabled | p.always
	if r.Method == http.MethodOptions {
		g |= withLists
	}
	if p.privateNetwork && asksForPrivateNetwork(r) {
		g |= withPrivateNetwork
	}
	return g, origin
}

// admit decides about the request's origin. A gate is asked last, and not
// again if it was what let the path in. Credentials are only for whom the
// settings alone let in.
func (p *policy) admit(r *http.Request, bySettings bool) (g grant, origin string) {
	lines := r.Header["Origin"]
	if p.everyone {
		if slices.ContainsFunc(lines, isNotEmpty) {
			return admitted, "*"
		}
		return 0, ""
	}
	switch {
	case len(lines) != 1 || len(lines[0]) > maxOrigin:
		return 0, ""
	case p.isAllowed(lines[0]):
		if bySettings {
			return admitted | p.credentials, lines[0]
		}
		return admitted, lines[0]
	case len(p.gates) > 0 && isSerialised(lines[0]) && (!bySettings || p.opens(r)):
		return admitted, lines[0]
	}
	return 0, ""
}

// maxOrigin is how many bytes of an Origin are compared with anything. A host
// name has 253 at most (RFC 1035, section 2.3.4); what is far longer comes from
// no browser and would only keep the regexes busy.
const maxOrigin = 8 << 10

// isAllowed says whether the settings let an origin in.
func (p *policy) isAllowed(origin string) bool {
	return p.listed.has(origin) || len(p.regexes) > 0 && isSerialised(origin) && p.matches(origin)
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
		if ask(gate, r) {
			return true
		}
	}
	return false
}

// ask takes a gate that panics to say no: nothing stands between it and the
// client that could put CORS headers on the error.
func ask(gate Gate, r *http.Request) (allowed bool) {
	defer func() {
		if value := recover(); value != nil {
			slog.ErrorContext(r.Context(), "a corsheaders.Gate panicked, which counts as no",
				"gate", fmt.Sprintf("%T", gate), "panic", fmt.Sprint(value), "stack", string(debug.Stack()))
			allowed = false
		}
	}()
	return gate.AllowCORS(r)
}

func isNotEmpty(s string) bool { return s != "" }

func asksForPrivateNetwork(r *http.Request) bool {
	lines := r.Header["Access-Control-Request-Private-Network"]
	return len(lines) == 1 && lines[0] == "true"
}
