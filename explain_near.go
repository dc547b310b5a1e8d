package settled

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/settled-go/settled/internal/nearest"
	"github.com/settled-go/settled/internal/pages"
)

// nearAdvice says where the request may have been meant to go.
func (s *Site) nearAdvice(r *http.Request) []pages.Advice {
	routes := s.project.routes()
	if len(routes) == 0 {
		return []pages.Advice{{Text: "No app has a route yet. An app serves requests when it is in INSTALLED_APPS and has a method Routes. To make one: go run ./manage startapp polls"}}
	}
	path := r.URL.Path
	var fits []string
	for _, route := range routes {
		_, pattern := splitPattern(route.Pattern)
		would := fit(pattern, path)
		if would == path+"/" || would+"/" == path {
			return []pages.Advice{{Text: fmt.Sprintf("A route of %s matches but for the slash at the end:", route.app), Link: link(would)}}
		}
		if would != "/" && !strings.Contains(would, "{") {
			fits = append(fits, would)
		}
	}
	if near := nearest.Name(path, fits); near != "" {
		return []pages.Advice{{Text: "Did you mean:", Link: link(near)}}
	}
	if below := mountedBelow(routes, path); below.Link != "" {
		return []pages.Advice{below}
	}
	return nil
}

// mountedBelow looks for a route that would match if its app were at the root.
func mountedBelow(routes []appRoute, path string) pages.Advice {
	for _, route := range routes {
		mount := strings.TrimSuffix(route.mount, "/")
		_, pattern := splitPattern(route.Pattern)
		if mount == "" || strings.Contains(mount, "{") {
			continue
		}
		if would := mount + path; fit(pattern, would) == would && path != "/" {
			return pages.Advice{Text: fmt.Sprintf("The app %s is mounted at %s, by URLS. Did you mean:", route.app, route.mount), Link: link(would)}
		}
	}
	return pages.Advice{}
}
