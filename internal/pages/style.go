package pages

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Style is the stylesheet of the pages that stand alone: that of the workbench, so
// that they look alike, and what they have beside it. A page has it as
// <style>{{style}}</style>, and nothing else of style: the policy of Serve admits
// this text alone, and no style attribute.
var Style = frameStyle + ownStyle

//go:embed frame.css
var frameStyle string

//go:embed style.css
var ownStyle string

// Parse makes the template of a page. What it has beside the language's own: style,
// the stylesheet, and icon, the address of the icon. The source belongs to the program, so a
// fault in it is a panic.
func Parse(name, source string) *template.Template {
	return template.Must(template.New(name).Funcs(template.FuncMap{
		"style": func() template.CSS { return template.CSS(Style) },
		"icon": func() template.URL {
			return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString([]byte(icon)))
		},
	}).Parse(source))
}

// icon is the workbench's, in the page itself: browsers would ask the site for one.
//
//go:embed icon.svg
var icon string

// styleHash is how a policy names the stylesheet.
var styleHash = sync.OnceValue(func() string {
	sum := sha256.Sum256([]byte(Style))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
})

// Policy is the Content-Security-Policy of a page that is complete in itself. Each of
// more is a directive that stands instead of the one of its name, or beside all:
// "form-action 'self'".
func Policy(more ...string) string {
	directives := []string{"default-src 'none'", "img-src data:", "style-src " + styleHash(), "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"}
	for _, d := range more {
		name, _, _ := strings.Cut(d, " ")
		i := slices.IndexFunc(directives, func(old string) bool { return strings.HasPrefix(old, name+" ") })
		if i < 0 {
			directives = append(directives, d)
		} else {
			directives[i] = d
		}
	}
	return strings.Join(directives, "; ")
}

// Serve answers with a page: of the template page, filled with data, under the Policy
// with more. Nothing keeps it, guesses its type or frames it. It panics when the
// template and the data do not belong together; nothing has been written then.
func Serve(w http.ResponseWriter, r *http.Request, status int, page *template.Template, data any, more ...string) {
	body := fill(page, data)
	protect(w.Header(), more...)
	send(w, r, status, "text/html; charset=utf-8", body)
}

// fill panics when the template and the data do not belong together.
func fill(page *template.Template, data any) []byte {
	var body bytes.Buffer
	if err := page.Execute(&body, data); err != nil {
		panic(err)
	}
	return body.Bytes()
}

// protect sets the headers of what is for one developer's eyes.
func protect(h http.Header, more ...string) {
	h.Set("Content-Security-Policy", Policy(more...))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}
