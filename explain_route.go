package settled

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/internal/places"
	"github.com/settled-go/settled/internal/wrapped"
)

// unmatched answers a request that no route matches; h is what http.ServeMux would
// answer with.
func unmatched(w http.ResponseWriter, r *http.Request, h http.Handler) {
	if _, none := h.(slashless); none {
		noRoute(w, r)
		return
	}
	allow, done := pages.Redirect(w, r, h)
	switch {
	case done:
	case allow == "":
		noRoute(w, r)
	default:
		noMethod(w, r, allow)
	}
}

// noRoute answers 404, and logs that unless a layer outside makes a redirect of it.
func noRoute(w http.ResponseWriter, r *http.Request) {
	explain(w, r, pages.ShortNotFound, func(s *Site, c candour) pages.Explanation {
		e := s.explainRoutes(r, c)
		e.Short, e.Title = pages.ShortNotFound, "Page not found (404)"
		e.Why = fmt.Sprintf("No route matches the path %q.", r.URL.Path)
		e.Advice = s.nearAdvice(r)
		return e
	})
	if !wrapped.IsReplaced(w) {
		warn(r, "Not Found")
	}
}

// noMethod answers 405. Without DEBUG that has no body.
func noMethod(w http.ResponseWriter, r *http.Request, allow string) {
	warn(r, fmt.Sprintf("Method Not Allowed (%s)", r.Method))
	if s, ok := siteFrom(r.Context()); !ok || s.candour(r) == silent {
		pages.NotAllowed(w, allow)
		return
	}
	w.Header().Set("Allow", allow)
	explain(w, r, pages.ShortNotAllowed, func(s *Site, c candour) pages.Explanation {
		e := s.explainRoutes(r, c)
		e.Short, e.Title = pages.ShortNotAllowed, "Method not allowed (405)"
		e.Why = fmt.Sprintf("The path %q has no route for %s. It has some for: %s.", r.URL.Path, r.Method, allow)
		return e
	})
}

// explainRoutes is what pages about missing routes share.
func (s *Site) explainRoutes(r *http.Request, c candour) pages.Explanation {
	return pages.Explanation{
		Facts:       s.requestFacts(r),
		Routes:      s.tried(r, c),
		RoutesTitle: fmt.Sprintf("Using the routes of %s, Settled tried these patterns, in this order:", s.fileName()),
	}
}

// tried are the routes by app, those that came close with a note.
func (s *Site) tried(r *http.Request, c candour) []pages.RouteGroup {
	var groups []pages.RouteGroup
	for _, route := range s.project.routes() {
		last := len(groups) - 1
		if last < 0 || groups[last].App != route.app || groups[last].Mount != route.mount {
			groups = append(groups, pages.RouteGroup{App: route.app, Mount: route.mount})
			last++
		}
		method, pattern := splitPattern(route.Pattern)
		shown := pages.TriedRoute{Method: method, Pattern: pattern, Name: route.Name, Note: closeness(pattern, r.URL.Path)}
		if c == frank && route.place != "" {
			shown.Place = places.Short(route.place)
		}
		groups[last].Routes = append(groups[last].Routes, shown)
	}
	return groups
}

// closeness says how close a pattern without a method comes to a path.
func closeness(pattern, path string) string {
	switch would := fit(pattern, path); {
	case would == path:
		return "matches, with another method"
	case would == path+"/":
		return "matches with a slash at the end"
	case would+"/" == path:
		return "matches without the slash at the end"
	}
	return ""
}

// fit is the path that a pattern matches when its wildcards are filled with what path
// has in their place.
func fit(pattern, path string) string {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	for i, part := range want {
		given, last := "", i == len(want)-1
		if i < len(have) {
			given = have[i]
		}
		switch {
		case part == "{$}":
			want[i] = ""
		case last && (part == "" || strings.HasSuffix(part, "...}")):
			want[i] = strings.Join(have[min(i, len(have)):], "/")
		case strings.HasPrefix(part, "{") && given != "":
			want[i] = given
		}
	}
	return strings.Join(want, "/")
}

// link is a path as a reference, which stays on this site; "" when it would not.
func link(path string) string {
	if !strings.HasPrefix(path, "/") || len(path) > 1 && strings.ContainsRune(`/\`, rune(path[1])) {
		return ""
	}
	return (&url.URL{Path: path}).EscapedPath()
}
