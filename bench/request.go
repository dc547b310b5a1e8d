package bench

import (
	"net/http"
	"net/url"
	"strings"
)

// A Request is a row of the matrix.
type Request struct {
	Name      string // "actual/allowed"
	Preflight bool
	Admitted  bool // the policy lets it in
	Method    string
	Header    map[string]string
}

// Short is the part of the name that follows actual or preflight.
func (r Request) Short() string {
	_, short, _ := strings.Cut(r.Name, "/")
	return short
}

// Requests are the rows of the matrix for a list of origins. The one that is
// allowed stands in the middle of the list.
func Requests(origins []string) []Request {
	allowed, stranger := origins[len(origins)/2], Stranger()
	return []Request{
		{Name: "actual/allowed", Admitted: true, Method: "GET", Header: from(allowed)},
		{Name: "actual/denied", Method: "GET", Header: from(stranger)},
		{Name: "actual/no-origin", Method: "GET", Header: map[string]string{}},
		preflight("preflight/allowed", allowed, "authorization,content-type", true),
		preflight("preflight/denied", stranger, "authorization,content-type", false),
		preflight("preflight/hostile", allowed, hostile, false),
	}
}

// hostile is as much as a server that takes 64 KiB of header lets through: what
// is allowed, in the order that browsers send it, and then what is not.
var hostile = strings.Join(Headers(), ",") + strings.Repeat(",x", 30_000)

func from(origin string) map[string]string {
	return map[string]string{"Origin": origin}
}

func preflight(name, origin, headers string, admitted bool) Request {
	return Request{Name: name, Preflight: true, Admitted: admitted, Method: "OPTIONS", Header: map[string]string{
		"Origin":                         origin,
		"Access-Control-Request-Method":  "PUT",
		"Access-Control-Request-Headers": headers,
	}}
}

// HTTP is the request as a server hands it to a handler.
func (r Request) HTTP() *http.Request {
	header := http.Header{
		"Accept":     {"*/*"},
		"User-Agent": {"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"},
	}
	for name, value := range r.Header {
		header.Set(name, value)
	}
	return &http.Request{
		Method: r.Method, URL: &url.URL{Path: "/api/items/"}, RequestURI: "/api/items/",
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Host: "api.example.net", Header: header,
	}
}
