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
func (p *Project) routeMessage(r appRoute, done []appRoute, problem *fault) checks.Message {
	for _, other := range done {
		mux := http.NewServeMux()
		mux.Handle(other.Pattern, other.Handler)
		if add(mux, r) != nil && add(http.NewServeMux(), r) == nil {
			return p.overlap(r, other)
		}
	}
	return checks.Errorf("urls.E103", "the route %v can't be served: %s", r, problem.text).
		On(p.mountOf(r)).WithHint("%s", problem.hint).Of(checks.Unbuildable)
}

// overlap is the message for two routes that match the same requests.
func (p *Project) overlap(r, other appRoute) checks.Message {
	at, there := p.mountOf(r), p.mountOf(other)
	m := checks.Errorf("urls.E101", "the routes %v and %v overlap, and neither is more specific", other, r).
		On(at).Of(checks.Unbuildable)
	switch {
	case r.app == other.app && r.mount == other.mount:
		return m.WithHint("change one of the two patterns")
	case r.app == other.app:
		return m.See(there, "the other entry").WithHint("change one of the two paths")
	}
	return m.See(there, "the other app").WithHint("change one of the two patterns, or serve one of the apps elsewhere with URLS")
}

// mountOf is the setting that brings the route where it is: the one that makes the
// route, the entry of URLS, else that of INSTALLED_APPS.
func (p *Project) mountOf(r appRoute) checks.Path {
	if r.setting != "" {
		return r.setting
	}
	if r.mount != "" {
		return urlsEntry(r.mount)
	}
	return p.listed(r.app)
}
