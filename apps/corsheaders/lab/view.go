package lab

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/settled-go/settled/apps/corsheaders/explain"
	"github.com/settled-go/settled/internal/browser"
	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/internal/printable"
)

//go:embed *.html
var htmlFiles embed.FS

// templates are parsed when they are first shown.
var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"line":    printable.Line,
		"lines":   func(all []string) string { return printable.Lines(strings.Join(all, "\n")) },
		"noted":   func(v browser.Verdict) bool { return v == browser.Noted },
		"capital": func(s string) string { return strings.ToUpper(s[:min(1, len(s))]) + s[min(1, len(s)):] },
	}).ParseFS(htmlFiles, "*.html"))
})

// A view is what the page shows.
type view struct {
	Site    string // the address at which the page was asked for
	Form    form
	Wrong   *explain.InputError // what is wrong with the form
	Problem string              // what went wrong otherwise
	Report  *explain.Report
	Probe   *probe
	Recent  list
}

// WrongIn says whether a field is what is wrong with the form.
func (v *view) WrongIn(field string) bool { return v.Wrong != nil && v.Wrong.Field == field }

// A list is the recent requests.
type list struct {
	Entries []entry
	Count   uint64
	Since   string
	Tag     string
}

func (l *Lab) view(r *http.Request) *view {
	_ = r.ParseForm() // what can't be read is left out
	return &view{Site: address(r), Form: formOf(r.Form), Recent: l.list()}
}

func (l *Lab) list() list {
	entries, count := l.recent.list()
	return list{entries, count, l.since.Format("15:04:05"), l.tag(count)}
}

func (v *view) serve(w http.ResponseWriter, r *http.Request) {
	var body bytes.Buffer
	if err := templates().ExecuteTemplate(&body, "page", v); err != nil {
		panic(err) // the template and the type belong together
	}
	// With no-referrer, a browser would send null for the Origin of the form.
	w.Header().Set("Referrer-Policy", "same-origin")
	pages.Frame{
		Title: "CORS laboratory", Lead: "May a page of another origin read what this site answers? Predict it, let this browser try it, and see what others have asked.",
		Styles: []string{"lab.css"}, Scripts: []string{"lab.js"}, Body: template.HTML(body.String()),
	}.ServeHTTP(w, r)
}

// showRecent answers with the list alone, for the page's script.
func (l *Lab) showRecent(w http.ResponseWriter, r *http.Request) {
	shown := l.list()
	w.Header().Set("ETag", shown.Tag)
	if r.Header.Get("If-None-Match") == shown.Tag {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	render(w, "recent", shown)
}

// render answers with a part of the page.
func render(w http.ResponseWriter, name string, data any) {
	var body bytes.Buffer
	if err := templates().ExecuteTemplate(&body, name, data); err != nil {
		panic(err) // the template and the type belong together
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(body.Len()))
	_, _ = w.Write(body.Bytes())
}
