package browser

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// checkAccess is https://fetch.spec.whatwg.org/#concept-cors-check. prefix is
// that of the reasons.
func (f *fetch) checkAccess(x *Exchange, prefix Reason) bool {
	const rule = "https://fetch.spec.whatwg.org/#concept-cors-check"
	value, found := get(x.Header, "Access-Control-Allow-Origin")
	fail := func(reason Reason, format string, args ...any) bool {
		return f.block(Access, prefix+reason, value, rule, format, args...)
	}
	switch {
	case !found:
		return fail(MissingAllowOrigin, "the answer has no Access-Control-Allow-Origin")
	case value == "*" && !f.request.Credentials:
		return f.pass(Access, value, rule, "Access-Control-Allow-Origin is *, which stands for any origin without credentials")
	case value == "*":
		return fail(WildcardOriginNotAllowed, "Access-Control-Allow-Origin is *, which means nothing for a request with credentials")
	case value != f.origin && (len(x.Header["Access-Control-Allow-Origin"]) > 1 || strings.ContainsAny(value, " ,")):
		return fail(MultipleAllowOriginValues, "Access-Control-Allow-Origin has several values, %s, and may have one", quoted(value))
	case value != f.origin && !isOrigin(value):
		return fail(InvalidAllowOriginValue, "Access-Control-Allow-Origin is %s, which is no origin", quoted(value))
	case value != f.origin:
		return fail(AllowOriginMismatch, "Access-Control-Allow-Origin is %s, and the page's origin is %s", quoted(value), quoted(f.origin))
	case !f.request.Credentials:
		return f.pass(Access, value, rule, "Access-Control-Allow-Origin is the page's origin")
	}
	if value, _ = get(x.Header, "Access-Control-Allow-Credentials"); value != "true" {
		return fail(InvalidAllowCredentials,
			"Access-Control-Allow-Credentials is %s, and has to be exactly 'true' for a request with credentials", quoted(value))
	}
	return f.pass(Access, value, rule, "Access-Control-Allow-Origin is the page's origin, and Access-Control-Allow-Credentials is true")
}

// isOrigin says whether a value is at least of the kind that a browser compares.
func isOrigin(value string) bool {
	u, err := url.Parse(value)
	return value == "null" || err == nil && u.Scheme != "" && u.Host != ""
}

// IsForbiddenResponseHeader is https://fetch.spec.whatwg.org/#forbidden-response-header-name:
// no script can read it.
func IsForbiddenResponseHeader(name string) bool {
	return strings.EqualFold(name, "Set-Cookie") || strings.EqualFold(name, "Set-Cookie2")
}

// IsSafelistedResponseHeader says whether scripts can read a header that no
// list names.
func IsSafelistedResponseHeader(name string) bool { return containsFold(always, name) }

// always are https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name.
var always = []string{
	"Cache-Control", "Content-Language", "Content-Length", "Content-Type", "Expires", "Last-Modified", "Pragma",
}

// Readable splits the names of a response's headers into those that a script
// may read and the others.
func Readable(h http.Header, credentials bool) (readable, hidden []string) {
	exposed, ok := list(h, "Access-Control-Expose-Headers")
	if !ok {
		exposed = nil
	}
	all := contains(exposed, "*") && !credentials
	for name := range h {
		if !IsForbiddenResponseHeader(name) && (all || IsSafelistedResponseHeader(name) || containsFold(exposed, name)) {
			readable = append(readable, name)
		} else {
			hidden = append(hidden, name)
		}
	}
	slices.Sort(readable)
	slices.Sort(hidden)
	return readable, hidden
}

func (f *fetch) read(x *Exchange) {
	const rule = "https://fetch.spec.whatwg.org/#concept-filtered-response-cors"
	exposed, _ := get(x.Header, "Access-Control-Expose-Headers")
	if exposed == "" {
		f.pass(Read, exposed, rule, "the script may read the status, the body and these headers: %s", strings.Join(always, ", "))
		return
	}
	f.pass(Read, exposed, rule, "the script may read the status, the body and these headers: %s, and what Access-Control-Expose-Headers names: %s",
		strings.Join(always, ", "), exposed)
}
