package browser

import (
	"net/http"
	"net/url"
	"strings"
)

// hop is one request to one address, with its preflight; a redirect makes
// another. redirects is how many there have been.
func (f *fetch) hop(redirects int) bool {
	if f.needsPreflight() && !f.preflight() {
		return false
	}
	x := f.exchange(f.method, f.withOrigin(f.headers))
	f.outcome.add(Step{Kind: Send, Verdict: Noted, Exchange: x, Rule: "https://fetch.spec.whatwg.org/#http-fetch",
		Text: "the browser sends the request"})
	if x.Err != nil {
		return f.block(Access, NoAnswer, "", "https://fetch.spec.whatwg.org/#concept-network-error", "there is no answer: %v", x.Err)
	}
	if !f.checkAccess(x, "") {
		return false
	}
	if isRedirect(x.Status) && x.Header.Get("Location") != "" {
		return f.redirect(x, redirects+1)
	}
	f.read(x)
	return true
}

// exchange sends a request.
func (f *fetch) exchange(method string, headers []Header) *Exchange {
	x := &Exchange{Method: method, URL: f.url.String(), Asked: headers}
	req, err := http.NewRequestWithContext(f.ctx, method, x.URL, http.NoBody)
	if err != nil {
		x.Err = err
		return x
	}
	for _, h := range headers {
		req.Header.Add(h.Name, h.Value)
	}
	res, err := f.send(req)
	if err != nil {
		x.Err = err
		return x
	}
	if res.Body != nil {
		_ = res.Body.Close()
	}
	x.Status, x.Header = res.StatusCode, res.Header
	return x
}

// withOrigin is the headers behind the Origin, which the browser adds.
func (f *fetch) withOrigin(headers []Header) []Header {
	return append([]Header{{"Origin", f.origin}}, headers...)
}

func isRedirect(status int) bool {
	switch status {
	case 301, 302, 303, 307, 308:
		return true
	}
	return false
}

// redirect is https://fetch.spec.whatwg.org/#http-redirect-fetch.
func (f *fetch) redirect(x *Exchange, count int) bool {
	const rule = "https://fetch.spec.whatwg.org/#http-redirect-fetch"
	to, err := f.url.Parse(x.Header.Get("Location"))
	switch {
	case err != nil || !isHTTP(to) || to.Host == "":
		return f.block(Redirect, CorsDisabledScheme, x.Header.Get("Location"), rule, "the answer redirects to what is no http or https address")
	case to.User != nil:
		return f.block(Redirect, RedirectContainsCredentials, to.Redacted(), rule,
			"the answer redirects to an address with a user and a password, which is not allowed across origins")
	case count > maxRedirects:
		return f.block(Redirect, TooManyRedirects, "", rule, "the answer redirects for the %dth time", count)
	}
	from, _ := canonicalise(f.url)
	target, err := canonicalise(to)
	if err != nil {
		return f.block(Redirect, CorsDisabledScheme, to.Host, rule, "the answer redirects to what is no http or https address")
	}
	f.rewrite(x.Status)
	if target != from {
		f.dropAuthorization()
		if f.origin != from {
			f.origin = "null"
		}
	}
	f.url = withoutFragment(to)
	f.note(Redirect, rule, "the answer redirects to %s, which has to pass all of this too, for the origin %s", f.url.Scheme+"://"+f.url.Host+f.url.EscapedPath(), f.origin)
	return f.checkNetwork() && f.hop(count)
}

func withoutFragment(u *url.URL) *url.URL {
	u.Fragment = ""
	return u
}

// rewrite makes a GET of the request where the status asks for it.
func (f *fetch) rewrite(status int) {
	if status == 303 && f.method != "GET" && f.method != "HEAD" || status < 303 && f.method == "POST" {
		f.method = http.MethodGet
		f.headers = without(f.headers, "content-encoding", "content-language", "content-location", "content-type")
	}
}

func (f *fetch) dropAuthorization() { f.headers = without(f.headers, "authorization") }

// without is the headers but for some, named in lower case.
func without(headers []Header, names ...string) (rest []Header) {
	for _, h := range headers {
		if !contains(names, strings.ToLower(h.Name)) {
			rest = append(rest, h)
		}
	}
	return rest
}
