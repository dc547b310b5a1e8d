package settled

import (
	"maps"
	"net/http"
	"net/url"
	"slices"

	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/internal/places"
	"github.com/settled-go/settled/internal/shown"
	"github.com/settled-go/settled/settings"
)

// requestFacts are the lines that every page has about the request.
func (s *Site) requestFacts(r *http.Request) []pages.Fact {
	return []pages.Fact{{Name: "Request method", Value: r.Method}, {Name: "Request URL", Value: shownURL(r)}}
}

func shownURL(r *http.Request) string {
	scheme := "http://"
	if r.TLS != nil {
		scheme = "https://"
	}
	full := scheme + r.Host + r.URL.EscapedPath()
	if r.URL.RawQuery != "" {
		full += "?" + shown.Query(r.URL.RawQuery)
	}
	return full
}

// raisedBy says which route's handler answered, if one did.
func (s *Site) raisedBy(r *http.Request, c candour) []pages.Fact {
	route, ok := s.routeOf(r)
	if !ok {
		return nil
	}
	facts := []pages.Fact{{Name: "Route", Value: route.Pattern}, {Name: "App", Value: route.app}}
	if route.Name != "" {
		facts[0].Value += " (" + route.Name + ")"
	}
	if c == frank && route.place != "" {
		facts = append(facts, pages.Fact{Name: "Route written in", Value: places.Short(route.place)})
	}
	return facts
}

func (s *Site) routeOf(r *http.Request) (appRoute, bool) {
	for _, route := range s.project.routes() {
		if r.Pattern != "" && route.Pattern == r.Pattern {
			return route, true
		}
	}
	return appRoute{}, false
}

// requestTables are what a client sent, without secrets: values of cookies and of
// forms are never shown.
func requestTables(r *http.Request) []pages.Table {
	query, _ := url.ParseQuery(r.URL.RawQuery)
	return []pages.Table{
		{Title: "Headers", Facts: append([]pages.Fact{{Name: "Host", Value: r.Host}}, headers(r.Header)...)},
		{Title: "Query", Facts: queryFacts(query), Empty: "No query."},
		{Title: "Cookies", Facts: cookieFacts(r), Empty: "No cookies."},
		{Title: "Form", Facts: formFacts(r), Empty: "The handler read no form."},
	}
}

func headers(h http.Header) []pages.Fact {
	return headerFacts(&http.Request{Header: h}, slices.Sorted(maps.Keys(h))...)
}

// headerFacts are some headers of a request, those that it has.
func headerFacts(r *http.Request, names ...string) []pages.Fact {
	var facts []pages.Fact
	for _, name := range names {
		for _, value := range r.Header[name] {
			facts = append(facts, pages.Fact{Name: name, Value: shown.Header(name, value)})
		}
	}
	return facts
}

func queryFacts(query url.Values) []pages.Fact {
	var facts []pages.Fact
	for _, name := range slices.Sorted(maps.Keys(query)) {
		for _, value := range query[name] {
			if shown.IsHidden(name) {
				value = shown.Stars
			}
			facts = append(facts, pages.Fact{Name: name, Value: settings.HideText(value)})
		}
	}
	return facts
}

func cookieFacts(r *http.Request) []pages.Fact {
	var facts []pages.Fact
	for _, cookie := range r.Cookies() {
		facts = append(facts, pages.Fact{Name: cookie.Name, Value: shown.Stars})
	}
	return facts
}

// formFacts are the names in a form that the handler has read.
func formFacts(r *http.Request) []pages.Fact {
	names := map[string]string{}
	for name := range r.PostForm {
		names[name] = shown.Stars
	}
	if r.MultipartForm != nil {
		for name := range r.MultipartForm.Value {
			names[name] = shown.Stars
		}
		for name := range r.MultipartForm.File {
			names[name] = "a file"
		}
	}
	var facts []pages.Fact
	for _, name := range slices.Sorted(maps.Keys(names)) {
		facts = append(facts, pages.Fact{Name: name, Value: names[name]})
	}
	return facts
}
