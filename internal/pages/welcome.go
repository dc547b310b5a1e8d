package pages

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"strconv"
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
var welcome = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("welcome").Parse(welcomeSource))
})

// ServeHTTP answers with the page. It is complete in itself: no script, no
// font, no image, and a policy that would let none in.
func (p Welcome) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var body bytes.Buffer
	if err := welcome().Execute(&body, p); err != nil {
		panic(err) // the template and the type belong together
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Length", strconv.Itoa(body.Len()))
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	_, _ = w.Write(body.Bytes())
}
