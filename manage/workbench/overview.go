package workbench

import (
	"net/http"
	"slices"

	"github.com/settled-go/settled"
)

// A summary is what the overview says of a site.
type summary struct {
	look
	Onion  *layer
	Core   core
	Left   int // names in MIDDLEWARE that are left out
	Apps   []string
	Routes int
	Tools  []settled.Tool
	// Place is where MIDDLEWARE is written.
	Place string
}

// A core is the middle of the onion.
type core struct {
	Hosts []string // ALLOWED_HOSTS
	Apps  []routed
}

// routed is an app with how many routes it has.
type routed struct {
	App    string
	Routes int
}

func (b *bench) overview(w http.ResponseWriter, r *http.Request) {
	p := b.served
	s := summary{look: lookOf(r), Onion: newOnion(p.Layers()), Tools: b.tools, Routes: len(p.Routes()),
		Place: p.File().Origin("MIDDLEWARE").String()}
	for _, info := range p.Apps() {
		if !info.Builtin {
			s.Apps = append(s.Apps, info.Name)
		}
	}
	for _, l := range p.Layers() {
		if !l.Linked {
			s.Left++
		}
	}
	s.Core = newCore(p)
	s.Onion.hold(&s.Core)
	show(w, r, live("Overview", "The site as it is served now, from the outside in."), "overview", s)
}

func newCore(p *settled.Project) core {
	c := core{Hosts: p.Core().AllowedHosts}
	for _, route := range p.Routes() {
		i := slices.IndexFunc(c.Apps, func(a routed) bool { return a.App == route.App })
		if i < 0 {
			i = len(c.Apps)
			c.Apps = append(c.Apps, routed{App: route.App})
		}
		c.Apps[i].Routes++
	}
	return c
}
