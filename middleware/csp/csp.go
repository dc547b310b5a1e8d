// Package csp tells browsers what a page may load and run, as Django's
// ContentSecurityPolicyMiddleware does.
package csp

import (
	"fmt"
	"net/http"

	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// Traits: it sets a header, wherever it stands.
var Traits = middleware.Traits{}

// New makes the middleware, which sets both headers on every response that has none
// of that name. The error names the directive that can't be used.
func New(s Settings) (middleware.Func, error) {
	enforced, err := newPolicy(s.CSP)
	if err != nil {
		return nil, fmt.Errorf("SECURE_CSP.%w", err)
	}
	reported, err := newPolicy(s.ReportOnly)
	if err != nil {
		return nil, fmt.Errorf("SECURE_CSP_REPORT_ONLY.%w", err)
	}
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			e := &exchange{policies: [2]*policy{enforced, reported}}
			wrapped.Serve(next, w, middleware.Note(r, exchangeKey{}, e), e)
		})
	}, nil
}

// Override has the responses of a handler carry another policy than SECURE_CSP:
// Django's csp_override. An empty one is none. It panics if a value of the policy is
// no source, no list of sources and no boolean.
//
//	settled.Path("GET /map", csp.Override(csp.Policy{"img-src": "*"}, a.showMap), "map")
func Override(p Policy, h http.HandlerFunc) http.HandlerFunc { return override(0, p, h) }

// OverrideReportOnly is Override for SECURE_CSP_REPORT_ONLY: Django's
// csp_report_only_override.
func OverrideReportOnly(p Policy, h http.HandlerFunc) http.HandlerFunc { return override(1, p, h) }

func override(which int, p Policy, h http.HandlerFunc) http.HandlerFunc {
	ready, err := newPolicy(p)
	if err != nil {
		panic("csp: " + err.Error())
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if e := exchangeOf(r); e != nil {
			e.mu.Lock()
			e.policies[which] = ready
			e.mu.Unlock()
		}
		h(w, r)
	}
}
