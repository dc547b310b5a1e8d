package browser

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

const preflightRule = "https://fetch.spec.whatwg.org/#cors-preflight-fetch-0"

// needsPreflight is the part of https://fetch.spec.whatwg.org/#http-fetch that
// decides whether the server is asked first.
func (f *fetch) needsPreflight() bool {
	const rule = "https://fetch.spec.whatwg.org/#http-fetch"
	var why []string
	if !IsSafelistedMethod(f.method) {
		why = append(why, fmt.Sprintf("the method %s is none of GET, HEAD and POST", f.method))
	}
	for _, h := range unsafeHeaders(f.headers) {
		why = append(why, fmt.Sprintf("the header %s: %s", h.name, h.why))
	}
	if f.request.Preflight {
		why = append(why, "the script asks for one, as by listening to the progress of an upload")
	}
	if why == nil {
		f.note(Preflight, rule, "a simple request: it is sent at once, and only reading the answer has to be allowed")
		return false
	}
	f.outcome.add(Step{Kind: Preflight, Verdict: Noted, Rule: rule, Details: why,
		Text: "preflighted: the server is asked first, and the request is sent only if it agrees"})
	return true
}

// preflight is https://fetch.spec.whatwg.org/#cors-preflight-fetch-0.
func (f *fetch) preflight() bool {
	x := f.exchange(http.MethodOptions, f.preflightHeaders())
	f.outcome.add(Step{Kind: Ask, Verdict: Noted, Exchange: x, Rule: preflightRule, Text: "the browser asks"})
	if x.Err != nil {
		return f.block(Status, NoAnswer, "", preflightRule, "there is no answer: %v", x.Err)
	}
	return f.judgePreflight(x, f.unsafeNames())
}

// judgePreflight is about an answer to a preflight that asked for some headers.
func (f *fetch) judgePreflight(x *Exchange, names []string) bool {
	switch {
	case isRedirect(x.Status):
		return f.block(Status, PreflightDisallowedRedirect, strconv.Itoa(x.Status), preflightRule,
			"the answer is a redirect (%d), which a preflight may not have", x.Status)
	case !f.checkAccess(x, preflight):
		return false
	case x.Status < 200 || x.Status > 299:
		return f.block(Status, PreflightInvalidStatus, strconv.Itoa(x.Status), preflightRule,
			"the status of the answer is %d, and has to be one of 200 to 299", x.Status)
	}
	f.pass(Status, strconv.Itoa(x.Status), preflightRule, "the status of the answer is %d", x.Status)
	return f.checkMethods(x) && f.checkLists(x, names)
}

// preflightHeaders is the header as all browsers send it.
func (f *fetch) preflightHeaders() []Header {
	headers := f.withOrigin([]Header{{"Accept", "*/*"}, {"Access-Control-Request-Method", f.method}})
	if names := f.unsafeNames(); names != nil {
		headers = append(headers, Header{"Access-Control-Request-Headers", strings.Join(names, ",")})
	}
	return headers
}

func (f *fetch) unsafeNames() (names []string) {
	for _, h := range unsafeHeaders(f.headers) {
		names = append(names, h.name)
	}
	return names
}

func (f *fetch) checkMethods(x *Exchange) bool {
	methods, ok := list(x.Header, "Access-Control-Allow-Methods")
	value, _ := get(x.Header, "Access-Control-Allow-Methods")
	switch {
	case !ok:
		return f.block(Methods, InvalidAllowMethods, value, preflightRule, "Access-Control-Allow-Methods is no list of methods: %s", quoted(value))
	case contains(methods, f.method):
		return f.pass(Methods, f.method, preflightRule, "the method %s is in Access-Control-Allow-Methods", f.method)
	case IsSafelistedMethod(f.method):
		return f.pass(Methods, f.method, preflightRule, "the method %s is always allowed", f.method)
	case contains(methods, "*") && !f.request.Credentials:
		return f.pass(Methods, f.method, preflightRule, "the method %s is allowed by * in Access-Control-Allow-Methods", f.method)
	case contains(methods, "*"):
		return f.block(Methods, MethodDisallowed, f.method, preflightRule,
			"the method %s is not in Access-Control-Allow-Methods, where * means nothing with credentials", f.method)
	}
	return f.block(Methods, MethodDisallowed, f.method, preflightRule, "the method %s is not in Access-Control-Allow-Methods", f.method)
}

// checkLists judges the headers that were asked for, and how long the answer is
// kept.
func (f *fetch) checkLists(x *Exchange, asked []string) bool {
	names, ok := list(x.Header, "Access-Control-Allow-Headers")
	if !ok {
		value, _ := get(x.Header, "Access-Control-Allow-Headers")
		return f.block(Headers, InvalidAllowHeaders, value, preflightRule, "Access-Control-Allow-Headers is no list of headers: %s", quoted(value))
	}
	for _, name := range asked {
		if !f.checkHeader(name, names) {
			return false
		}
	}
	f.maxAge(x)
	return true
}

func (f *fetch) checkHeader(name string, names []string) bool {
	switch wild := contains(names, "*"); {
	case containsFold(names, name):
		return f.pass(Headers, name, preflightRule, "the header %s is in Access-Control-Allow-Headers", name)
	case wild && name == "authorization":
		return f.outcome.add(Step{Kind: Headers, Verdict: Blocked, Reason: HeaderDisallowed, Subject: name, Rule: preflightRule,
			Text:    "the header authorization is not in Access-Control-Allow-Headers, where * does not stand for it",
			Details: []string{"Chrome and Safari still let it pass, against the standard; Chrome warns in the console that this ends"}})
	case wild && f.request.Credentials:
		return f.block(Headers, HeaderDisallowed, name, preflightRule,
			"the header %s is not in Access-Control-Allow-Headers, where * means nothing with credentials", name)
	case wild:
		return f.pass(Headers, name, preflightRule, "the header %s is allowed by * in Access-Control-Allow-Headers", name)
	}
	return f.block(Headers, HeaderDisallowed, name, preflightRule, "the header %s is not in Access-Control-Allow-Headers", name)
}

// For how many seconds at most browsers keep the answer to a preflight.
const (
	ChromeMaxAge  = 7200
	FirefoxMaxAge = 86400
	SafariMaxAge  = 600
)

func (f *fetch) maxAge(x *Exchange) {
	const rule = "https://fetch.spec.whatwg.org/#http-access-control-max-age"
	value, found := get(x.Header, "Access-Control-Max-Age")
	seconds, err := strconv.Atoi(value)
	if !found || err != nil || seconds < 0 {
		f.note(MaxAge, rule, "browsers keep the answer for 5 seconds, since it has no Access-Control-Max-Age that is a number")
		return
	}
	f.note(MaxAge, rule, "browsers keep the answer for this many seconds: Chrome %d, Firefox %d, Safari %d",
		min(seconds, ChromeMaxAge), min(seconds, FirefoxMaxAge), min(seconds, SafariMaxAge))
}

func contains(all []string, s string) bool { return slices.Contains(all, s) }

func containsFold(all []string, s string) bool {
	return slices.ContainsFunc(all, func(a string) bool { return strings.EqualFold(a, s) })
}
