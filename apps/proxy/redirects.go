package proxy

import (
	"net/http"
	"net/url"
	"strings"
)

// redirects maps the redirects of the server behind back to paths of this site: the
// server does not know under which one it is, where that is rewritten, and calls itself
// by its own name, where it is asked by that. nil does nothing.
type redirects struct {
	path    string          // of the route
	prefix  string          // of the server, in its place: the base path and what is rewritten
	named   bool            // the server is asked by another name than the client's
	origins map[string]bool // of the servers
}

func newRedirects(s Route) *redirects {
	named := s.Host != "" && s.Host != hostClient
	prefix, same := serverPrefix(s)
	if !same || prefix == s.Path && !named {
		return nil
	}
	b := &redirects{path: s.Path, prefix: prefix, named: named, origins: map[string]bool{}}
	for _, server := range s.servers() {
		if u, err := url.Parse(server); err == nil && u.Host != "" {
			b.origins[u.Host] = true
		}
	}
	if named && s.Host != hostUpstream {
		b.origins[s.Host] = true
	}
	return b
}

// serverPrefix is what the servers have in the place of the route's path, if that is
// the same for all.
func serverPrefix(s Route) (prefix string, same bool) {
	path := s.Path
	if s.Rewrite != "" {
		path = s.Rewrite
	}
	for i, server := range s.servers() {
		u, err := url.Parse(server)
		if err != nil {
			return "", false
		}
		full := path
		if u.Scheme != "unix" {
			full = strings.TrimSuffix(u.EscapedPath(), "/") + path
		}
		if i > 0 && full != prefix {
			return "", false
		}
		prefix = full
	}
	return prefix, true
}

// mapBack changes Location and Content-Location.
func (b *redirects) mapBack(res *http.Response) {
	if b == nil {
		return
	}
	for _, name := range []string{"Location", "Content-Location"} {
		if target := res.Header.Get(name); target != "" {
			res.Header.Set(name, b.target(target))
		}
	}
}

// target is one target. What leads elsewhere stays.
func (b *redirects) target(target string) string {
	u, err := url.Parse(target)
	if err != nil {
		return target
	}
	rest := target
	if u.Host != "" {
		if !b.named || !b.origins[u.Host] || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
			return target
		}
		_, rest, _ = strings.Cut(target, "//")
		i := strings.IndexAny(rest, "/?#")
		if i < 0 || rest[i] != '/' {
			return target
		}
		rest = rest[i:]
	}
	below, ok := strings.CutPrefix(rest, b.prefix)
	if !ok || strings.HasPrefix(rest, "//") {
		return target
	}
	return b.path + below
}
