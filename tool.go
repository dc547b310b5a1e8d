package settled

import (
	"html/template"
	"net/http"

	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/middleware"
)

// A ToolPage answers with a page of a Tool that has the workbench around it: its
// head, its navigation, its style.
//
// The workbench's Content-Security-Policy lets a page load what comes from its own
// origin, and nothing that is written into it: styles and scripts are files that
// the Tool serves. A Tool that needs more sets that header itself.
type ToolPage struct {
	// Title is the page's heading of level 1: those in Body begin at level 2.
	Title string
	// Lead says below the title, in a sentence, what the page is for; it may
	// be empty.
	Lead string
	// Styles and Scripts are further files of the page, as URLs relative to it.
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

// ServeHTTP answers with the page.
func (p ToolPage) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	pages.Frame(p).ServeHTTP(w, r)
}

// Guarded is a handler beside the site, such as the workbench with its tools, that
// fails as handlers of the site do: what it panics with is logged without secrets and
// answered with a page. Its requests know the site, as those of Reverse must.
func (s *Site) Guarded(h http.Handler) http.Handler {
	guarded, err := middleware.Chain(nil).Wrap(h, answerPanic)
	if err != nil {
		panic(err) // it would be about a link
	}
	return s.carry(guarded)
}
