package corsheaders

import (
	"strings"
)

// A form is what a browser makes of a URL's origin.
type form struct {
	// origin is what it sends as Origin for a page at the URL; empty when it
	// has no page there, and then bad says why.
	origin string
	bad    *badPart
	// octal says that the host is an IPv4 address which a browser reads in
	// another way than most people do: 010 is 8.
	octal bool
}

// A badPart is a part of a URL that keeps a page from having it.
type badPart struct {
	start, end int    // bytes
	why        string // as in "Origin 'x' has ..."
}

// canonical is the form of a URL with a scheme and a host. It does what the
// URL standard (https://url.spec.whatwg.org) does to an address of http or
// https, and then refuses what no server can have: host names beyond RFC 1035,
// and port 0. Of other schemes a host is what the browser's maker says it is,
// so that it is left as it is.
func canonical(url string) form {
	p := splitAddress(url)
	f := form{origin: p.scheme() + "://"}
	if p.isWeb() {
		var host string
		host, f.octal, f.bad = canonicalHost(p.host())
		f.origin += host
	} else {
		f.origin += p.host()
		if !isSerialised("x://" + p.host()) {
			f.bad = &badPart{end: len(p.host()), why: "a host that no page has"}
		}
	}
	if f.bad != nil {
		f.bad.start, f.bad.end = f.bad.start+p.hostAt, f.bad.end+p.hostAt
		return form{bad: f.bad}
	}
	port, bad := p.canonicalPort()
	if bad != "" {
		return form{bad: &badPart{p.portAt, p.end, bad}}
	}
	f.origin += port
	return f
}

// An address is a URL with the places of its parts.
type address struct {
	url                  string
	start, colon         int // of the scheme
	userAt, hostAt       int // hostAt is userAt when there is no user
	hostEnd, portAt, end int // portAt is hostEnd when there is no colon
}

// splitAddress knows where a browser would split the URL, which begins with a
// scheme and "://", perhaps behind blanks.
func splitAddress(url string) address {
	a := address{url: url, start: len(url) - len(strings.TrimLeft(url, " "))}
	a.colon = a.start + strings.Index(url[a.start:], "://")
	a.userAt = a.colon + len("://")
	ends := "/?#"
	if a.isWeb() {
		ends += `\`
	}
	a.end = len(strings.TrimRight(url, " "))
	if i := strings.IndexAny(url[a.userAt:], ends); i >= 0 {
		a.end = a.userAt + i
	}
	a.hostAt = a.userAt + strings.LastIndexByte(url[a.userAt:a.end], '@') + 1
	a.hostEnd, a.portAt = a.end, a.end
	from := a.hostAt
	if strings.HasPrefix(url[from:a.end], "[") {
		from += max(0, strings.IndexByte(url[from:a.end], ']'))
	}
	if i := strings.IndexByte(url[from:a.end], ':'); i >= 0 {
		a.hostEnd, a.portAt = from+i, from+i
	}
	return a
}

// alone is the address without what is before and behind the origin.
func (a address) alone() string { return a.scheme() + "://" + a.host() + a.port() }

func (a address) scheme() string { return strings.ToLower(a.url[a.start:a.colon]) }
func (a address) host() string   { return a.url[a.hostAt:a.hostEnd] }

// port is what is written behind the host, with its colon.
func (a address) port() string { return a.url[a.portAt:a.end] }

// behind is what is written behind the authority, but for blanks at the end.
func (a address) behind() string { return strings.TrimRight(a.url[a.end:], " ") }

func (a address) isWeb() bool { return defaultPort(a.scheme()) != "" }

// defaultPort is the port of a scheme that pages of websites have, else "".
func defaultPort(scheme string) string {
	switch scheme {
	case "http":
		return "80"
	case "https":
		return "443"
	}
	return ""
}

// canonicalPort is the port as a browser sends it, with its colon, or what is
// bad about it.
func (a address) canonicalPort() (port, bad string) {
	written := strings.TrimPrefix(a.port(), ":")
	if span(written, inPort) != len(written) {
		return "", "a port that is no number"
	}
	digits := strings.TrimLeft(written, "0")
	switch {
	case written == "":
		return "", ""
	case digits == "":
		return "", "the port 0, which no server has"
	case len(digits) > 5 || len(digits) == 5 && digits > "65535":
		return "", "a port above 65535, the highest there is"
	case digits == defaultPort(a.scheme()):
		return "", ""
	}
	return ":" + digits, ""
}
