package workbench

import (
	"embed"
	"html/template"
	"net/http"
	"path"
	"strings"
	"sync"

	"github.com/settled-go/settled/internal/docs"
	"github.com/settled-go/settled/internal/pages"
)

//go:embed *.html workbench.css
var sources embed.FS

// files serves the files of the pages, those of all Frames too.
func files() http.Handler {
	own := pages.Files(sources, map[string]string{"workbench.css": "text/css; charset=utf-8"})
	shared := pages.FrameFiles()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if path.Base(r.URL.Path) == "workbench.css" {
			own.ServeHTTP(w, r)
			return
		}
		shared.ServeHTTP(w, r)
	})
}

// templates are parsed when the first page is shown.
var templates = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{
		"markdown": docs.HTML, "excerpt": newExcerpt, "place": placeOf, "dotted": dotted,
	}).ParseFS(sources, "*.html"))
})

// show answers with a page that is made by the template of that name.
func show(w http.ResponseWriter, r *http.Request, f pages.Frame, name string, data any) {
	var body strings.Builder
	if err := templates().ExecuteTemplate(&body, name+".html", data); err != nil {
		panic(err) // the templates and the data belong together
	}
	f.Styles = []string{Path + "-/workbench.css"}
	f.Body = template.HTML(body.String())
	f.ServeHTTP(w, r)
}

// live is a Frame whose content follows the settings file.
func live(title, lead string) pages.Frame {
	return pages.Frame{Title: title, Lead: lead, Live: Path + "-/state"}
}
