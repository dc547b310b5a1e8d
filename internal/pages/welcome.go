package pages

import (
	_ "embed"
	"html/template"
	"net/http"
	"sync"

	"github.com/settled-go/settled/checks"
)

// Welcome is what the welcome page shows of a project.
type Welcome struct {
	Version  string
	File     string
	Apps     []string
	Links    []WelcomeLink
	Messages checks.Messages
	Silenced int
}

// WelcomeLink is a middleware in the order of the chain.
type WelcomeLink struct{ Name, Traits string }

//go:embed welcome.html
var welcomeSource string

// welcome is parsed when it is first shown: most programs never do.
var welcome = sync.OnceValue(func() *template.Template { return Parse("welcome", welcomeSource) })

// ServeHTTP answers with the page. It is complete in itself: no script, no
// font, no image, and a policy that would let none in.
func (p Welcome) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	Serve(w, http.StatusOK, welcome(), p)
}
