package settled

import (
	"slices"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/middleware"
)

// A Layer is an entry of MIDDLEWARE, for people.
type Layer struct {
	Name string
	// App is the app that brings the middleware, and Traits what it does.
	App    string
	Traits middleware.Traits
	// Linked is false for a name that nothing stands behind: the chain leaves
	// it out.
	Linked bool
	// At is where the entry is written.
	At checks.Range
}

// Layers are the entries of MIDDLEWARE, outermost first, those that the Chain
// leaves out too.
func (p *Project) Layers() []Layer {
	owners := map[string]string{}
	for _, info := range p.apps {
		if app, ok := info.App.(MiddlewareProvider); ok {
			for _, link := range app.Middleware() {
				owners[link.Name] = info.Name
			}
		}
	}
	var layers []Layer
	for i, name := range p.core.settings.Middleware {
		layer := Layer{Name: name, App: owners[name], At: p.file.Origin(checks.Path("MIDDLEWARE").Index(i))}
		j := slices.IndexFunc(p.chain, func(l middleware.Link) bool { return l.Name == name })
		if layer.Linked = j >= 0; layer.Linked {
			layer.Traits = p.chain[j].Traits
		}
		layers = append(layers, layer)
	}
	return layers
}
