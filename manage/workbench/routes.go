package workbench

import (
	"net/http"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/places"
)

func (b *bench) routes(w http.ResponseWriter, r *http.Request) {
	var routes []settled.RouteInfo
	for _, route := range b.served.Routes() {
		if route.Place != "" {
			route.Place = places.Short(route.Place)
		}
		routes = append(routes, route)
	}
	show(w, r, live("Routes", "What the apps serve, inside of the middleware, as manage showurls lists it."), "routes", struct {
		look
		Routes []settled.RouteInfo
	}{lookOf(r), routes})
}
