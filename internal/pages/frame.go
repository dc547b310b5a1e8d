package pages

import (
	"bytes"
	"context"
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"sync"
)

// FramePolicy is the Content-Security-Policy of the workbench: its own files and
// nothing else. A tool that needs more adds to it, "; frame-src ..." say, and
// sets the header itself.
const FramePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; " +
	"base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// A Frame is a page of the workbench. It gives the page its head, its navigation
// and its foot, so that what a tool shows looks at home.
type Frame struct {
	// Title is the page's heading of level 1: those in Body begin at level 2.
	Title string
	// Lead says below the title, in a sentence, what the page is for; it may
	// be empty.
	Lead string
	// Styles and Scripts are further files of the page, as URLs relative to it.
	// Nothing can be written into the page itself: the policy forbids it.
	Styles, Scripts []string
	// Live is a URL whose answer changes when the page has something new to show;
	// the page then takes its content from the server again. Empty for a page
	// that stays as it is.
	Live string
	// Body is what html/template made.
	Body template.HTML
	// Status is the response's; 0 is 200.
	Status int
}

// A Nav is what all pages of a workbench have around them.
type Nav struct {
	Root    string // the workbench's own path, with a slash at the end
	Here    string // the path of the item that this page belongs to
	File    string // the settings file
	Version string
	Items   []NavItem
}

// A NavItem is a page that the navigation leads to.
type NavItem struct {
	Path, Title string
	Note        string // a word beside the title, such as a count
	About       string // what the note means, for who can't see the page
	Tone        string // "bad", "warn" or "good", as the note is
}

type navKey struct{}

// WithNav gives the Frames of a request what they need to know of the workbench
// around them. They ask for it when they are shown.
func WithNav(ctx context.Context, nav func() Nav) context.Context {
	return context.WithValue(ctx, navKey{}, nav)
}

//go:embed frame.html frame.css frame.js icon.svg
var frameFiles embed.FS

// frame is parsed when it is first shown: most programs never do.
var frame = sync.OnceValue(func() *template.Template {
	return template.Must(template.ParseFS(frameFiles, "frame.html"))
})

// FrameFiles serves what all Frames need: the style, a script and the icon.
func FrameFiles() http.Handler {
	return Files(frameFiles, map[string]string{
		"frame.css": "text/css; charset=utf-8", "frame.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml",
	})
}

// Files serves files by their names, each with the type that stands beside its
// name: what the system thinks of ".js" does not matter.
func Files(from fs.FS, types map[string]string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Base(r.URL.Path)
		contentType, known := types[name]
		data, err := fs.ReadFile(from, name)
		if !known || err != nil {
			NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", contentType)
		w.Header().Set("Content-Length", strconv.Itoa(len(data)))
		_, _ = w.Write(data)
	})
}

// ServeHTTP answers with the page. Outside of a workbench it has no navigation.
func (f Frame) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var nav Nav
	if ask, ok := r.Context().Value(navKey{}).(func() Nav); ok {
		nav = ask()
	}
	var body bytes.Buffer
	err := frame().ExecuteTemplate(&body, "frame.html", struct {
		Frame
		Nav Nav
	}{f, nav})
	if err != nil {
		panic(err) // the template and the type belong together
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	if f.Status != 0 {
		w.WriteHeader(f.Status)
	}
	_, _ = w.Write(body.Bytes())
}
