// Package common does what Django's CommonMiddleware does: it refuses user agents,
// has the host checked, and redirects to the host with www and to the path with a
// slash at its end.
package common

import (
	"fmt"
	"maps"
	"net/http"
	"strings"

	"github.com/settled-go/settled/internal/hosts"
	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// Traits: it redirects, and looks at the host itself before.
var Traits = middleware.Traits{Is: middleware.Redirects | middleware.HostCheck | middleware.Answers | middleware.SetsLength}

// New makes the middleware. The error names a regex that can't be used.
func New(s Settings) (middleware.Func, error) {
	c := &common{Settings: withDefaults(s)}
	for _, pattern := range s.DisallowedUserAgents {
		re, err := pyre.CompileSearch(pattern)
		if err != nil {
			return nil, fmt.Errorf("DISALLOWED_USER_AGENTS: %w", err)
		}
		c.agents = append(c.agents, re)
	}
	return c.wrap, nil
}

func withDefaults(s Settings) Settings {
	if s.CheckHost == nil {
		s.CheckHost = func(next http.Handler) http.Handler { return next }
	}
	if s.Resolves == nil {
		s.Resolves = func(*http.Request, string) (middleware.Mark, bool) { return 0, false }
	}
	if s.Host == nil {
		s.Host = func(r *http.Request) string { return r.Host }
	}
	if s.IsSecure == nil {
		s.IsSecure = func(r *http.Request) bool { return r.TLS != nil }
	}
	if s.Forbid == nil {
		s.Forbid = func(w http.ResponseWriter, r *http.Request, _ string) { pages.ShortForbidden.ServeHTTP(w, r) }
	}
	return s
}

type common struct {
	Settings
	agents []*pyre.Pattern
}

// wrap is the middleware, in Django's order: user agent, host, redirect.
func (c *common) wrap(next http.Handler) http.Handler {
	bare := &slashes{common: c}
	edited := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		e := bare
		if outer := w.Header(); len(outer) > 0 && c.mayLackSlash(r) {
			e = &slashes{c, maps.Clone(outer)}
		}
		wrapped.Serve(next, w, r, e)
	})
	checked := c.CheckHost(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c.PrependWWW && c.redirectToWWW(w, r) {
			return
		}
		wrapped.Hold(edited, w, r, length{})
	}))
	if len(c.agents) == 0 {
		return checked
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c.isDisallowed(r.UserAgent()) {
			c.Forbid(w, r, "Forbidden user agent")
			return
		}
		checked.ServeHTTP(w, r)
	})
}

func (c *common) isDisallowed(agent string) bool {
	for _, re := range c.agents {
		if agent != "" && re.Match(agent) {
			return true
		}
	}
	return false
}

// redirectToWWW also appends a slash where that is to be, so that there is one
// redirect.
func (c *common) redirectToWWW(w http.ResponseWriter, r *http.Request) bool {
	host := c.Host(r)
	if _, valid := hosts.Domain(host); !valid || strings.HasPrefix(host, "www.") || !strings.HasPrefix(r.URL.Path, "/") {
		return false
	}
	path := fullPath(r, "")
	if _, found := c.Resolves(r, r.URL.Path); !found && c.lacksSlash(r) {
		path = c.withSlash(r)
	}
	scheme := "http://www."
	if c.IsSecure(r) {
		scheme = "https://www."
	}
	setRedirect(w.Header(), scheme+host+path)
	w.WriteHeader(http.StatusMovedPermanently)
	return true
}

// slashes is the wrapped.Editor of a request.
type slashes struct {
	*common
	outer http.Header // what layers further out have set before the request came here
}

// EditHeader is for wrapped.Editor: a path that is not found is looked for with a
// slash at its end. The redirect is a response of its own, as in Django: what the
// page and the layers further in have set goes with the page.
func (s *slashes) EditHeader(h http.Header, r *http.Request, status int) int {
	if status != http.StatusNotFound || !s.lacksSlash(r) {
		return status
	}
	target := s.withSlash(r)
	clear(h)
	maps.Copy(h, s.outer)
	setRedirect(h, target)
	return http.StatusMovedPermanently
}

// setRedirect sets the headers of Django's HttpResponsePermanentRedirect.
func setRedirect(h http.Header, target string) {
	h["Location"] = []string{target}
	h["Content-Type"] = []string{"text/html; charset=utf-8"}
	h["Content-Length"] = []string{"0"}
}
