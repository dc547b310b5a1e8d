package workbench

import (
	"net/http"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/pages"
)

func (b *bench) checks(w http.ResponseWriter, r *http.Request) {
	l := lookOf(r)
	l.AtChecks = true
	show(w, r, live("Checks", "The settings file as it stands on disk, read and checked anew: this page follows when you save it."), "checks", l)
}

// An explanation is the page of a check id.
type explanation struct {
	settled.Page
	Found checks.Messages // of this id, now
}

func (b *bench) explain(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	page, ok := b.served.Page(id)
	if !ok {
		pages.Frame{Title: "No such check", Lead: "No check of this program has the id " + id + ".", Status: http.StatusNotFound}.ServeHTTP(w, r)
		return
	}
	e := explanation{Page: page}
	l := lookOf(r)
	for _, g := range append(l.Now.Groups, l.Deploy.Groups...) {
		for _, m := range append(checks.Messages{g.Message}, g.Follows...) {
			if m.ID == id && !holds(e.Found, m) {
				e.Found = append(e.Found, m)
			}
		}
	}
	show(w, r, live(page.ID, page.Title), "explain", e)
}

func holds(ms checks.Messages, m checks.Message) bool {
	for _, other := range ms {
		if checks.Compare(m, other) == 0 {
			return true
		}
	}
	return false
}
