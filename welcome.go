package settled

import (
	"net/http"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/pages"
)

// welcome adds a page at / that says that all is well, unless a route is there.
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

// welcomePage has nothing of the settings: it is inside the chain, and CORS may
// let other origins read it.
func (p *Project) welcomePage() pages.Welcome {
	kept, _ := p.Silence(p.Check(Selection{}))
	return pages.Welcome{Version: Version, Errors: len(kept.AtLeast(checks.Error)), Issues: len(kept)}
}
