// Package workbench is what manage runserver shows a developer of the site that
// it serves, at /__settled__/: the chain, the apps with their settings, the
// findings of the checks, and the tools that apps bring.
package workbench

import (
	"net/http"
	"strings"

	"github.com/settled-go/settled"
)

// Path is where the workbench is.
const Path = "/__settled__/"

// Handler is the site's handler, with the workbench beside it when DEBUG is on.
// The workbench is no part of the middleware chain, so that no setting of the
// site, CORS_ALLOW_ALL_ORIGINS say, opens it to others.
func Handler(s *settled.Site) http.Handler {
	site := s.Handler()
	if !s.Project().Debug() {
		return site
	}
	bench := http.NewServeMux()
	for _, info := range s.Project().Apps() {
		dev, ok := info.App.(settled.Developer)
		if !ok {
			continue
		}
		for _, tool := range dev.Tools(s) {
			prefix := Path + tool.Name
			bench.Handle(prefix+"/", http.StripPrefix(prefix, tool.Handler))
			if tool.Watch != nil {
				site = tool.Watch(site)
			}
		}
	}
	guarded := guard(bench)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, Path) {
			guarded.ServeHTTP(w, r)
			return
		}
		site.ServeHTTP(w, r)
	})
}
