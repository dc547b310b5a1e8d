package browser

import (
	"net/http"
	"slices"
	"strings"
)

// JudgeAnswer is what a browser makes of an answer that has come: whether it
// passes the CORS check, and what the script may read. Of the request, Origin and
// Credentials count.
func JudgeAnswer(r Request, status int, h http.Header) *Outcome {
	f := judging(r)
	x := &Exchange{Method: r.Method, URL: r.URL, Status: status, Header: h}
	if f.checkAccess(x, "") {
		f.read(x)
		f.outcome.Allowed = true
	}
	return f.outcome
}

// JudgePreflight is what a browser makes of the answer to a preflight that asked
// for r.Method and for headers of these names. Allowed says that the request may
// follow.
func JudgePreflight(r Request, names []string, status int, h http.Header) *Outcome {
	f := judging(r)
	f.outcome.Allowed = f.judgePreflight(&Exchange{Method: http.MethodOptions, URL: r.URL, Status: status, Header: h}, names)
	return f.outcome
}

func judging(r Request) *fetch {
	return &fetch{request: r, origin: r.Origin, method: r.Method, outcome: &Outcome{}}
}

// addedHeaders are headers of requests that scripts could set and that browsers
// set themselves, so that they are no sign of a preflight: of conditional and
// reloading requests, hints about the client, and what proxies add.
var addedHeaders = []string{
	"accept", "accept-language", "cache-control", "downlink", "dpr", "ect", "if-modified-since", "if-none-match", "if-range", "origin-agent-cluster",
	"pragma", "priority", "purpose", "range", "rtt", "save-data", "upgrade-insecure-requests", "user-agent", "viewport-width", "width",
	"forwarded", "x-real-ip",
}

// AskedFirst says whether a request that a server got is one of those before
// which a browser sends a preflight, as far as it can be seen from there. names
// are the headers that are why.
func AskedFirst(method string, h http.Header) (asked bool, names []string) {
	var headers []Header
	for name, values := range h {
		lower := strings.ToLower(name)
		if IsForbiddenHeader(name) || slices.Contains(addedHeaders, lower) || strings.HasPrefix(lower, "x-forwarded-") {
			continue
		}
		headers = append(headers, Header{name, strings.Join(values, ", ")})
	}
	for _, u := range unsafeHeaders(headers) {
		names = append(names, u.name)
	}
	return names != nil || !IsSafelistedMethod(method), names
}
