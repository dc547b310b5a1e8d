package proxy

import (
	"net/http"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/requestid"
)

// setHeaders sets the route's own headers, and takes out what a client sends in place
// of them: also X_User, which WSGI, and CGI in general, take for X-User.
func (rt *route) setHeaders(h http.Header) {
	if len(rt.settings.RequestHeaders) == 0 {
		return
	}
	for name := range h {
		if strings.IndexByte(name, '_') >= 0 && rt.owns(name) {
			delete(h, name)
		}
	}
	for name, value := range rt.settings.RequestHeaders {
		if text := value.Value(); text != "" {
			h.Set(name, text)
			continue
		}
		h.Del(name)
	}
}

// owns says whether a header is one that the route sets or takes out, by whichever
// spelling.
func (rt *route) owns(name string) bool {
	for own := range rt.settings.RequestHeaders {
		if hyphened(own) == hyphened(name) {
			return true
		}
	}
	return false
}

func hyphened(name string) string {
	return http.CanonicalHeaderKey(strings.ReplaceAll(name, "_", "-"))
}

// believed is the header that says that a request was secure, where it counts from
// TRUSTED_PROXIES only; "" for none.
func believed(c settled.Core) string {
	if len(c.TrustedProxies) == 0 || len(c.SecureProxySSLHeader) == 0 {
		return ""
	}
	return hyphened(strings.TrimPrefix(c.SecureProxySSLHeader[0], "HTTP_"))
}

// passTrailers has the trailers of a request pass that it has announced. Some servers
// take them for headers, so that no stranger's claim may be among them, and nothing that
// the route sets itself.
func (rt *route) passTrailers(in, out *http.Request) {
	response, ok := in.Context().Value(responseKey{}).(*response)
	if !ok || len(out.Trailer) == 0 {
		return
	}
	for name := range out.Trailer {
		if plain := hyphened(name); isClaim(plain) || plain == rt.believed || plain == "Via" || plain == "Proxy" || rt.owns(name) {
			delete(out.Trailer, name)
		}
	}
	response.body.from, response.body.to = in.Trailer, out.Trailer
}

// keepID keeps the id that this site has given a request: httputil.ReverseProxy takes
// out what Connection names, and that is for the client to say.
func keepID(in, out *http.Request) {
	id := requestid.From(in.Context())
	if id == "" || in.Header["Connection"] == nil {
		return
	}
	for name, values := range in.Header {
		if len(values) == 1 && values[0] == id {
			out.Header[name] = values
		}
	}
}
