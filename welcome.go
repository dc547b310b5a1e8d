package settled

import (
	"net/http"

	"github.com/settled-go/settled/internal/pages"
)

// welcome adds a page at / that shows the project, unless a route is there.
func (p *Project) welcome(mux *http.ServeMux) {
	for _, method := range []string{http.MethodGet, http.MethodPost, http.MethodOptions} {
		r, err := http.NewRequest(method, "http://localhost/", nil)
		if err != nil {
			return
		}
		if _, pattern := mux.Handler(r); pattern != "" {
			return
		}
	}
	page := func(w http.ResponseWriter, r *http.Request) { p.welcomePage().ServeHTTP(w, r) }
	_ = add(mux, appRoute{Route: Path("GET /{$}", page, "welcome")})
}

func (p *Project) welcomePage() pages.Welcome {
	page := pages.Welcome{Version: Version, File: p.file.Name()}
	for _, info := range p.apps {
		page.Apps = append(page.Apps, info.Name)
	}
	for _, l := range p.chain {
		page.Links = append(page.Links, pages.WelcomeLink{Name: l.Name, Traits: l.Traits.Is.String()})
	}
	kept, silenced := p.Silence(p.Check(Selection{}))
	page.Messages, page.Silenced = kept, len(silenced)
	return page
}
