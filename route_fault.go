package settled

import (
	"fmt"
	"net/http"
	"path"
	"slices"
	"strings"
)

// fault is why a route can't be served, and what to do.
type fault struct{ text, hint string }

// fault finds what is wrong with a route by itself, nil for nothing that can be
// known without ServeMux: it takes hosts, and paths and methods of which no request
// gets there.
func (r appRoute) fault() *fault {
	method, rest := splitPattern(r.Pattern)
	host, _, hasSlash := strings.Cut(rest, "/")
	switch {
	case r.Handler == nil:
		return &fault{"the handler is nil", "give it a function"}
	case rest == "":
		return &fault{"the path is empty", fmt.Sprintf("write %q for the path of the app itself", withMethod(method, "/{$}"))}
	case host != "" && hasSlash && strings.ContainsAny(host, ".:"):
		return &fault{fmt.Sprintf("it is for the host %q alone", host), "leave the host out; for which hosts a site answers is for ALLOWED_HOSTS to say"}
	case host != "":
		return &fault{"the path does not begin with a slash", fmt.Sprintf("write %q", withMethod(method, "/"+rest))}
	case isNormalized(method):
		return &fault{"methods are case-sensitive, and clients send upper-case ones", fmt.Sprintf("write %q", withMethod(strings.ToUpper(method), rest))}
	case rest != cleanPath(rest) && method != http.MethodConnect:
		return &fault{"requests have no empty parts, no \".\" and no \"..\" in their paths", fmt.Sprintf("write %q", withMethod(method, cleanPath(rest)))}
	}
	return r.sharedWildcard(rest)
}

// sharedWildcard finds a wildcard of the mount in the route's own path.
func (r appRoute) sharedWildcard(path string) *fault {
	own := path[len(strings.TrimSuffix(r.mount, "/")):]
	for _, outer := range parseForm(r.mount).gaps {
		if slices.ContainsFunc(parseForm(own).gaps, func(g gap) bool { return g.name == outer.name }) {
			return &fault{fmt.Sprintf("its wildcard {%s} is in the path that URLS has for the app, too", outer.name), "give the one in URLS another name"}
		}
	}
	return nil
}

func withMethod(method, path string) string {
	if method == "" {
		return path
	}
	return method + " " + path
}

// isNormalized says whether a method is one that browsers write in upper case,
// and is not.
func isNormalized(method string) bool {
	upper := strings.ToUpper(method)
	return upper != method && slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut,
		http.MethodDelete, http.MethodOptions}, upper)
}

// cleanPath is what ServeMux looks for when a request has the path p.
func cleanPath(p string) string {
	clean := path.Clean(p)
	if strings.HasSuffix(p, "/") && clean != "/" {
		clean += "/"
	}
	return clean
}
