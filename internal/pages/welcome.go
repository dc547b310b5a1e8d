package pages

import (
	_ "embed"
	"html/template"
	"net/http"
	"sync"
)

// Welcome is the page that greets whoever has just started a project: it works,
// and what comes next. It stands inside the middleware chain, where CORS may
// open it to others, so it says nothing of the settings but how many issues
// check finds.
type Welcome struct {
	Version string
	Issues  int // Errors too
	Errors  int
}

//go:embed welcome.html
var welcomeSource string

// welcome is parsed when it is first shown: most programs never do.
var welcome = sync.OnceValue(func() *template.Template { return Parse("welcome", welcomeSource) })

// ServeHTTP answers with the page. It is complete in itself: no script, no
// font, no image, and a policy that would let none in.
func (p Welcome) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	Serve(w, r, http.StatusOK, welcome(), p)
}
