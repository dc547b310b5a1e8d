package common

import (
	"embed"
	"net/http"

	"github.com/settled-go/settled/middleware"
)

// Settings are Django's. The functions say what the site knows; each may be nil.
type Settings struct {
	// AppendSlash redirects a request for a path without a slash at the end that
	// is not found, when there is a route for the path with a slash. While DEBUG
	// is on, a request with a body is an error instead: the redirect would lose
	// it. Default: true.
	AppendSlash bool `toml:"APPEND_SLASH" wrong:"APPEND_SLASHES"`
	// PrependWWW redirects to the same URL with "www." before its host. Default:
	// false.
	PrependWWW bool `toml:"PREPEND_WWW"`
	// DisallowedUserAgents are regular expressions, searched for in the
	// User-Agent of a request: one that has a match is answered 403. They are
	// Python's. Default: none.
	DisallowedUserAgents []string `toml:"DISALLOWED_USER_AGENTS" wrong:"DISALLOWED_USER_AGENT BLOCKED_USER_AGENTS"`

	// Debug panics for a request with a body whose path lacks a slash, so that a
	// developer sees the form to mend.
	Debug bool `toml:"-"`
	// CheckHost refuses requests for hosts that are not the site's own. Without
	// it, any host is taken as it is.
	CheckHost middleware.Func `toml:"-"`
	// Resolves says whether there is a route for a path, and its marks. Without
	// it there is none, and no slash is appended.
	Resolves func(r *http.Request, path string) (marks middleware.Mark, ok bool) `toml:"-"`
	// Host is the host that a request is for; without it, r.Host.
	Host func(*http.Request) string `toml:"-"`
	// IsSecure says whether a request came over HTTPS; without it, whether r.TLS is
	// set.
	IsSecure func(*http.Request) bool `toml:"-"`
	// Forbid answers 403 for a reason; without it, with a short page.
	Forbid func(w http.ResponseWriter, r *http.Request, why string) `toml:"-"`
}

// Defaults are Django's.
func Defaults() Settings { return Settings{AppendSlash: true, DisallowedUserAgents: []string{}} }

// Docs explain the settings and checks, for settled.Documenter.
//
//go:embed settings.go checks.md
var Docs embed.FS
