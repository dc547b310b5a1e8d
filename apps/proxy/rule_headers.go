package proxy

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// findBadHeaders looks at the headers that a route sets.
func findBadHeaders(r Route, at checks.Path) (ms checks.Messages) {
	for _, name := range slices.Sorted(maps.Keys(r.RequestHeaders)) {
		ms = append(ms, findBadHeader(name, r.RequestHeaders[name].Value(), at.Key("request_headers").Key(name), ownRequestHeaders)...)
	}
	for _, name := range slices.Sorted(maps.Keys(r.ResponseHeaders)) {
		ms = append(ms, findBadHeader(name, r.ResponseHeaders[name], at.Key("response_headers").Key(name), ownResponseHeaders)...)
	}
	return ms
}

// Headers that can't be set, and who says what they are.
var (
	perConnection = map[string]string{
		"Connection": "it is about one connection", "Keep-Alive": "it is about one connection", "Proxy-Connection": "it is about one connection",
		"Te": "it is about one connection", "Trailer": "it is about one connection", "Transfer-Encoding": "it is about one connection",
		"Upgrade": "it is about one connection", "Content-Length": "the body has the length that it has",
	}
	ownRequestHeaders = both(perConnection, map[string]string{
		"Host": "the route's host says what it is", "Via": "this site tells loops by it",
	})
	ownResponseHeaders = perConnection
)

func both(a, b map[string]string) map[string]string {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

func findBadHeader(name, value string, on checks.Path, own map[string]string) checks.Messages {
	canonical := http.CanonicalHeaderKey(name)
	switch {
	case !isToken(name):
		return checks.Messages{checks.Errorf("proxy.E109", "%q is no name of a header", settings.HideText(name)).On(on).
			WithHint("write letters, digits and hyphens: X-Served-By")}
	case own[canonical] != "":
		return checks.Messages{checks.Errorf("proxy.E109", "the header %s can't be set: %s", canonical, own[canonical]).On(on).
			WithHint("take the entry out")}
	case strings.HasPrefix(canonical, "Access-Control-Allow-") || strings.HasPrefix(canonical, "Access-Control-Expose-") || canonical == "Access-Control-Max-Age":
		return checks.Messages{checks.Errorf("proxy.E109", "the header %s is for the CORS middleware to set", canonical).On(on).
			WithHint("take the entry out, and say with CORS_ALLOWED_ORIGINS who may read responses")}
	case strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f }):
		return checks.Messages{checks.Errorf("proxy.E109", "the value of the header %s holds a control character", canonical).On(on).
			WithHint("write it on one line")}
	}
	return nil
}

func isToken(s string) bool {
	for i := range len(s) {
		if !isTokenByte(s[i]) {
			return false
		}
	}
	return s != ""
}
