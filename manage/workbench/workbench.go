// Package workbench is what manage runserver shows a developer of the site that
// it serves, at /__settled__/: the chain, the apps with their settings, the
// findings of the checks, and the tools that apps bring.
package workbench

import (
	"net/http"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/pages"
)

// Path is where the workbench is.
const Path = "/__settled__/"

// files is where the files of all pages are. No tool can have that name.
const files = "-/"

// Handler is the site's handler, with the workbench beside it when DEBUG is on.
// The workbench is no part of the middleware chain, so that no setting of the
// site, CORS_ALLOW_ALL_ORIGINS say, opens it to others.
func Handler(s *settled.Site) http.Handler {
	if !s.Project().Debug() {
		return s.Handler()
	}
	site := s.Handler()
	b := newBench(s)
	for _, tool := range b.tools {
		if tool.Watch != nil {
			site = tool.Watch(site)
		}
	}
	guarded := guard(b.routes())
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, Path) || r.URL.Path+"/" == Path {
			guarded.ServeHTTP(w, r)
			return
		}
		site.ServeHTTP(w, r)
	})
}

// bench is the workbench of a site.
type bench struct {
	site  *settled.Site
	tools []settled.Tool
}

func newBench(s *settled.Site) *bench {
	b := &bench{site: s}
	for _, info := range s.Project().Apps() {
		if dev, ok := info.App.(settled.Developer); ok {
			b.tools = append(b.tools, dev.Tools(s)...)
		}
	}
	return b
}

// routes are the workbench's pages and the tools.
func (b *bench) routes() http.Handler {
	mux := http.NewServeMux()
	mux.Handle(Path+files, pages.FrameFiles())
	mux.HandleFunc("GET "+Path+"{$}", b.overview)
	for _, tool := range b.tools {
		prefix := Path + tool.Name
		mux.Handle(prefix+"/", http.StripPrefix(prefix, tool.Handler))
	}
	return b.framed(mux)
}

// framed gives the pages of next their surroundings.
func (b *bench) framed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		nav := b.nav()
		for _, item := range nav.Items {
			if strings.HasPrefix(r.URL.Path, item.Path) {
				nav.Here = item.Path // the overview's path is above all others
			}
		}
		next.ServeHTTP(w, r.WithContext(pages.WithNav(r.Context(), nav)))
	})
}

func (b *bench) nav() pages.Nav {
	nav := pages.Nav{Root: Path, File: b.site.Project().File().Name(), Version: settled.Version,
		Items: []pages.NavItem{{Path: Path, Title: "Overview"}}}
	for _, tool := range b.tools {
		nav.Items = append(nav.Items, pages.NavItem{Path: Path + tool.Name + "/", Title: tool.Title})
	}
	return nav
}

func (b *bench) overview(w http.ResponseWriter, r *http.Request) {
	pages.Frame{Title: "Overview"}.ServeHTTP(w, r)
}
