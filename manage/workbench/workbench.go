// Package workbench is what manage runserver shows a developer of the site that
// it serves, at /__settled__/: the chain, the apps with their settings, the
// findings of the checks, and the tools that apps bring.
package workbench

import (
	"context"
	"net/http"
	"strings"
	"sync"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/pages"
)

// Path is where the workbench is.
const Path = "/__settled__/"

// Handler is the site's handler, with the workbench beside it when DEBUG is on.
// The workbench is no part of the middleware chain, so that no setting of the
// site, CORS_ALLOW_ALL_ORIGINS say, opens it to others.
func Handler(s *settled.Site) http.Handler {
	if !s.Project().Debug() {
		return s.Handler()
	}
	b := &bench{site: s, served: s.Project(), tools: toolsOf(s)}
	site := s.Handler()
	for _, tool := range b.tools {
		if tool.Watch != nil {
			site = tool.Watch(site)
		}
	}
	guarded := guard(s.Guarded(b.handler()))
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
	site   *settled.Site
	served *settled.Project
	tools  []settled.Tool
}

// page is a page of the workbench's own.
type page struct {
	path, title string // the path below Path
	show        func(*bench, http.ResponseWriter, *http.Request)
}

// own are those in the navigation, before the tools.
var own = []page{
	{"", "Overview", (*bench).overview},
	{"checks/", "Checks", (*bench).checks},
	{"apps/", "Apps and settings", (*bench).apps},
	{"routes/", "Routes", (*bench).routes},
}

func (b *bench) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc(Path, b.notFound)
	mux.Handle(Path+"-/", files())
	mux.HandleFunc("GET "+Path+"-/state", b.state)
	for _, p := range own {
		mux.HandleFunc("GET "+Path+p.path+"{$}", func(w http.ResponseWriter, r *http.Request) { p.show(b, w, r) })
	}
	mux.HandleFunc("GET "+Path+"checks/{id}", b.explain)
	for _, tool := range b.tools {
		prefix := Path + tool.Name
		mux.Handle(prefix+"/", http.StripPrefix(prefix, tool.Handler))
	}
	return b.framed(mux)
}

type lookKey struct{}

// framed gives the pages of next their surroundings, and what all of them ask for
// once.
func (b *bench) framed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		look := sync.OnceValue(b.look)
		ctx := context.WithValue(r.Context(), lookKey{}, look)
		ctx = pages.WithNav(ctx, func() pages.Nav { return b.nav(r.URL.Path, look()) })
		next.ServeHTTP(w, r.WithContext(ctx))
	})
}

// lookOf is what the request sees of the project.
func lookOf(r *http.Request) look { return r.Context().Value(lookKey{}).(func() look)() }

func (b *bench) nav(path string, l look) pages.Nav {
	nav := pages.Nav{Root: Path, File: b.served.File().Name(), Version: settled.Version}
	for _, p := range own {
		nav.Items = append(nav.Items, pages.NavItem{Path: Path + p.path, Title: p.title})
	}
	nav.Items[1].Note, nav.Items[1].About, nav.Items[1].Tone = l.Now.count()
	for _, tool := range b.tools {
		nav.Items = append(nav.Items, pages.NavItem{Path: Path + tool.Name + "/", Title: tool.Title})
	}
	for _, item := range nav.Items {
		if path == item.Path || item.Path != Path && strings.HasPrefix(path, item.Path) {
			nav.Here = item.Path
		}
	}
	return nav
}

func (b *bench) notFound(w http.ResponseWriter, r *http.Request) {
	pages.Frame{Title: "Nothing is here", Lead: "The workbench has no page " + r.URL.Path + ".", Status: http.StatusNotFound}.ServeHTTP(w, r)
}
