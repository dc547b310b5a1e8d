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
			res.Header.Set(name, b.target(target, res.Request))
		}
	}
}

// target is one target, as the client of r has to see it. What leads elsewhere stays.
func (b *redirects) target(target string, r *http.Request) string {
	u, err := url.Parse(target)
	if err != nil {
		return target
	}
	origin, path := "", target
	if u.Host != "" {
		if !b.isServer(u, r) {
			return target
		}
		after := strings.Index(target, "//") + 2
		i := strings.IndexByte(target[after:], '/')
		if i < 0 {
			return target
		}
		origin, path = target[:after+i], target[after+i:]
	}
	below, ok := strings.CutPrefix(path, b.prefix)
	if !ok {
		return target
	}
	if b.named && origin != "" {
		origin = ofSite(u.Scheme, r)
	}
	mapped := origin + b.path + below
	if strings.HasPrefix(mapped, "//") && origin == "" {
		return target // it would lead to another host
	}
	return mapped
}

// isServer says whether a target is on the server that was asked.
func (b *redirects) isServer(u *url.URL, r *http.Request) bool {
	if u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" {
		return false
	}
	return u.Host == r.Host || b.named && b.origins[u.Host]
}

// ofSite is what stands before a path of this site: nothing, unless the server wants
// another scheme than the client has.
func ofSite(scheme string, r *http.Request) string {
	if scheme == "" || scheme == r.Header.Get("X-Forwarded-Proto") {
		return ""
	}
	return scheme + "://" + r.Header.Get("X-Forwarded-Host")
}
