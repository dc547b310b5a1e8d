package browser

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Sender sends a request without following redirects.
type Sender func(*http.Request) (*http.Response, error)

// maxRedirects is https://fetch.spec.whatwg.org/#http-redirect-fetch.
const maxRedirects = 20

// Do does what a browser does with the request, up to the point where it is
// blocked. It sends no cookies and no body. An answer's body is closed unread.
func Do(ctx context.Context, r Request, send Sender) *Outcome {
	f := &fetch{ctx: ctx, send: send, request: r, origin: r.Origin, outcome: &Outcome{}}
	if f.prepare() && f.start() {
		f.outcome.Allowed = true
	}
	return f.outcome
}

// A fetch is a request on its way.
type fetch struct {
	ctx     context.Context
	send    Sender
	request Request
	url     *url.URL
	method  string
	headers []Header // those that the browser does not drop
	origin  string   // null once a redirect has tainted it
	// cross is true when a request has left its origin.
	cross   bool
	outcome *Outcome
}

// prepare is what happens before the request is made.
func (f *fetch) prepare() bool {
	u, err := url.Parse(f.request.URL)
	if err != nil || u.Host == "" {
		return f.block(Script, BadRequest, f.request.URL, "https://fetch.spec.whatwg.org/#dom-request",
			"the URL is no address of a server: fetch throws and sends nothing")
	}
	if u.User != nil {
		return f.block(Script, BadRequest, u.Host, "https://fetch.spec.whatwg.org/#dom-request",
			"the URL has a user's name in it: fetch throws and sends nothing")
	}
	f.url = u
	f.url.Fragment = ""
	return f.checkScheme() && f.checkMethod() && f.checkHeaders()
}

func (f *fetch) checkScheme() bool {
	if isHTTP(f.url) {
		return true
	}
	return f.block(Script, CorsDisabledScheme, f.url.Scheme, "https://fetch.spec.whatwg.org/#scheme-fetch",
		"the scheme is %s: only http and https take part in CORS", quoted(f.url.Scheme))
}

func (f *fetch) checkMethod() bool {
	const rule = "https://fetch.spec.whatwg.org/#concept-method-normalize"
	asked := f.request.Method
	if asked == "" {
		asked = http.MethodGet
	}
	f.method = NormalizeMethod(asked)
	switch {
	case !IsToken(asked):
		return f.block(Script, BadRequest, asked, rule, "%s is no method: fetch throws and sends nothing", quoted(asked))
	case IsForbiddenMethod(asked):
		return f.block(Script, BadRequest, asked, "https://fetch.spec.whatwg.org/#forbidden-method",
			"a script may not use the method %s: fetch throws and sends nothing", asked)
	case f.method != asked:
		f.note(Script, rule, "the method %s is sent as %s", asked, f.method)
	case asked != strings.ToUpper(asked):
		f.note(Script, rule, "the method %s is sent as it is: browsers turn only DELETE, GET, HEAD, OPTIONS, POST and PUT into upper case", asked)
	}
	return true
}

func (f *fetch) checkHeaders() bool {
	for _, h := range f.request.Headers {
		h.Value = strings.Trim(h.Value, " \t\r\n")
		switch {
		case !IsToken(h.Name):
			return f.block(Script, BadRequest, h.Name, "https://fetch.spec.whatwg.org/#header-name",
				"%s is no name of a header: fetch throws and sends nothing", quoted(h.Name))
		case strings.ContainsAny(h.Value, "\x00\r\n"):
			return f.block(Script, BadRequest, h.Name, "https://fetch.spec.whatwg.org/#header-value",
				"the value of the header %s has a line break: fetch throws and sends nothing", h.Name)
		case isForbidden(h):
			f.note(Script, "https://fetch.spec.whatwg.org/#forbidden-request-header",
				"the browser drops the header %s, which scripts may not set, and goes on without it", h.Name)
		default:
			f.headers = append(f.headers, h)
		}
	}
	return true
}

// start decides which of the fetches it is.
func (f *fetch) start() bool {
	origin, err := canonicalise(f.url)
	if err != nil {
		return f.block(Script, BadRequest, f.url.Host, "https://url.spec.whatwg.org/#host-parsing", "%v: fetch throws and sends nothing", err)
	}
	const rule = "https://fetch.spec.whatwg.org/#concept-main-fetch"
	if origin == f.origin && !f.cross {
		f.outcome.SameOrigin = true
		f.note(Scope, rule, "the page and the address have the same origin, %s: CORS has nothing to do with it", origin)
		return true
	}
	f.cross, f.outcome.SameOrigin = true, false
	f.note(Scope, rule, "the page's origin is %s and the address's is %s: CORS decides, since they have %s", f.origin, origin, difference(f.origin, origin))
	return f.checkNetwork() && f.hop(0)
}

// difference says in which part two origins differ.
func difference(page, address string) string {
	a, errA := url.Parse(page)
	b, errB := url.Parse(address)
	switch {
	case errA != nil || errB != nil || a.Host == "":
		return "nothing in common"
	case a.Hostname() != b.Hostname():
		return "different hosts"
	case a.Scheme != b.Scheme:
		return "different schemes"
	}
	return "different ports"
}

// checkNetwork is about addresses and schemes that CORS can do nothing for.
func (f *fetch) checkNetwork() bool {
	page, err := url.Parse(f.origin)
	if err != nil || page.Host == "" {
		return true
	}
	space := SpaceOf(f.url.Hostname())
	mixed := page.Scheme == "https" && !isTrustworthy(f.url)
	switch {
	case mixed && space == Public:
		return f.block(Network, MixedContent, f.url.String(), "https://www.w3.org/TR/mixed-content/#should-block-fetch",
			"a page of https:// may not call http://: it is mixed content, and is blocked before CORS is looked at")
	case space != Public && SpaceOf(page.Hostname()) == Public:
		f.note(Network, "https://wicg.github.io/local-network-access/",
			"the address is in the %s network and the page is not: Chrome asks the user for permission first, and no header can replace that", space)
	case mixed:
		f.note(Network, "https://www.w3.org/TR/mixed-content/#should-block-fetch",
			"a page of https:// calls http://: browsers block that as mixed content, unless Chrome's user lets the page use the local network")
	}
	return true
}

func (f *fetch) note(kind Kind, rule, format string, args ...any) {
	f.outcome.add(Step{Kind: kind, Verdict: Noted, Rule: rule, Text: fmt.Sprintf(format, args...)})
}

func (f *fetch) pass(kind Kind, subject, rule, format string, args ...any) bool {
	return f.outcome.add(Step{Kind: kind, Verdict: Passed, Subject: subject, Rule: rule, Text: fmt.Sprintf(format, args...)})
}

func (f *fetch) block(kind Kind, reason Reason, subject, rule, format string, args ...any) bool {
	return f.outcome.add(Step{Kind: kind, Verdict: Blocked, Reason: reason, Subject: subject, Rule: rule, Text: fmt.Sprintf(format, args...)})
}
