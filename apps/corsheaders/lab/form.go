package lab

import (
	"cmp"
	"net/http"
	"net/url"
	"strings"

	"github.com/settled-go/settled/apps/corsheaders/explain"
	"github.com/settled-go/settled/internal/browser"
)

// A form is what stands in the fields of the page.
type form struct {
	Origin, Path, Method string
	Headers              string // one a line, NAME: VALUE
	Credentials          string // a credentials mode of fetch
	From                 string // the host that the browser tries from, or null
}

// tryFrom are the origins that this machine can give a page.
var tryFrom = []string{"127.0.0.1", "localhost", "null"}

// modes are the credentials modes, the default first.
var modes = []string{"same-origin", "include", "omit"}

func formOf(values url.Values) form {
	f := form{
		Origin: strings.TrimSpace(values.Get("origin")), Path: cmp.Or(strings.TrimSpace(values.Get("path")), "/"),
		Method: cmp.Or(strings.TrimSpace(values.Get("method")), http.MethodGet), Headers: values.Get("headers"),
		Credentials: oneOf(modes, values.Get("credentials")), From: oneOf(tryFrom, values.Get("from")),
	}
	return f
}

// oneOf is the value, or the first of those that it can have.
func oneOf(all []string, value string) string {
	for _, known := range all {
		if value == known {
			return value
		}
	}
	return all[0]
}

// lines are the headers, those that are not empty.
func (f form) lines() (all []string) {
	for line := range strings.Lines(f.Headers) {
		if line = strings.TrimSpace(line); line != "" {
			all = append(all, line)
		}
	}
	return all
}

// question is what is to be explained about the site at an address.
func (f form) question(address string) explain.Question {
	return explain.Question{
		Origin: f.Origin, Method: f.Method, Path: f.Path, Host: address,
		Headers: f.lines(), Credentials: f.Credentials == "include",
	}
}

// A request is what the script of the other page gives to fetch.
type request struct {
	URL         string      `json:"url"`
	Method      string      `json:"method"`
	Headers     [][2]string `json:"headers"`
	Credentials string      `json:"credentials"`
}

// request is for the same as question, of a path of the site.
func (f form) request(address string) request {
	r := request{URL: address + f.Path, Method: f.Method, Headers: [][2]string{}, Credentials: f.Credentials}
	for _, line := range f.lines() {
		name, value, _ := strings.Cut(line, ":")
		r.Headers = append(r.Headers, [2]string{strings.TrimSpace(name), strings.TrimSpace(value)})
	}
	return r
}

// asks says whether the origin in the form is the one that really asks.
func (f form) asks(origin string) bool {
	meant, err := browser.ParseOrigin(f.Origin)
	return f.Origin == "" || err == nil && meant == origin
}
