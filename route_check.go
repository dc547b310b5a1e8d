package settled

import (
	"net/http"

	"github.com/settled-go/settled/checks"
)

// checkRoutes reports routes that can't be served together.
func checkRoutes(p *Project) checks.Messages {
	_, ms := p.mux()
	return ms
}

// routeMessage finds out whether the route is in another's way or wrong by
// itself.
func (p *Project) routeMessage(r appRoute, done []appRoute, problem string) checks.Message {
	for _, other := range done {
		mux := http.NewServeMux()
		mux.Handle(other.Pattern, other.Handler)
		if add(mux, r) != "" && add(http.NewServeMux(), r) == "" {
			return checks.Errorf("urls.E101", "the routes %v and %v overlap, and neither is more specific", other, r).
				On(p.listed(r.app)).See(p.listed(other.app), "the other app").
				WithHint("change one of the two patterns, or serve one of the apps elsewhere with URLS").Of(checks.Unbuildable)
		}
	}
	return checks.Errorf("urls.E103", "the route %v can't be served: %s", r, problem).
		On(p.listed(r.app)).
		WithHint("write the pattern as \"[METHOD ]/path\", as http.ServeMux takes it").Of(checks.Unbuildable)
}
