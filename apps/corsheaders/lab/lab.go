package lab

import (
	"crypto/rand"
	"embed"
	"errors"
	"net/http"
	"time"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/corsheaders/explain"
	"github.com/settled-go/settled/internal/pages"
)

// A Lab is the laboratory of one site. Close it with the site.
type Lab struct {
	explainer *explain.Explainer
	recent    recent
	port      port
	id        string // no other laboratory has it
	since     time.Time
}

// New is the laboratory of the site that the explainer explains.
func New(e *explain.Explainer) *Lab {
	return &Lab{explainer: e, id: rand.Text(), since: time.Now()}
}

// Close closes the second port, if it is open, and returns when nothing runs.
func (l *Lab) Close() error {
	l.port.close()
	return nil
}

// Tool is the laboratory as a page of the workbench.
func (l *Lab) Tool() settled.Tool {
	return settled.Tool{Name: "cors", Title: "CORS laboratory", Handler: l.routes(), Watch: l.watch}
}

//go:embed lab.css lab.js
var files embed.FS

func (l *Lab) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", l.predict)
	mux.HandleFunc("POST /try", l.try)
	mux.HandleFunc("POST /compare", l.compare)
	mux.HandleFunc("GET /recent", l.showRecent)
	mux.Handle("GET /{file}", pages.Files(files, map[string]string{
		"lab.css": "text/css; charset=utf-8", "lab.js": "text/javascript; charset=utf-8",
	}))
	return mux
}

// predict shows the form, and what a browser makes of what stands in it.
func (l *Lab) predict(w http.ResponseWriter, r *http.Request) {
	v := l.view(r)
	if r.URL.Query().Has("origin") {
		v.explain(l, r)
	}
	v.serve(w, r)
}

// explain fills in the report, or what is wrong with the form.
func (v *view) explain(l *Lab, r *http.Request) {
	var err error
	v.Report, err = l.explainer.Explain(r.Context(), v.Form.question(address(r)))
	v.fail(err)
}

func (v *view) fail(err error) {
	var wrong *explain.InputError
	switch {
	case errors.As(err, &wrong):
		v.Wrong = wrong
	case err != nil:
		v.Problem = err.Error()
	}
}
