package browser

import "strings"

// An Address is a URL with the places of its parts, in bytes.
type Address struct {
	URL                  string
	Start, Colon         int // of the scheme
	UserAt, HostAt       int // HostAt is UserAt when there is no user
	HostEnd, PortAt, End int // PortAt is HostEnd when there is no colon
}

// Split knows where a browser would split the URL, which begins with a scheme
// and "://", perhaps behind blanks.
func Split(url string) Address {
	a := Address{URL: url, Start: len(url) - len(strings.TrimLeft(url, " "))}
	a.Colon = a.Start + strings.Index(url[a.Start:], "://")
	a.UserAt = a.Colon + len("://")
	ends := "/?#"
	if a.IsWeb() {
		ends += `\`
	}
	a.End = len(strings.TrimRight(url, " "))
	if i := strings.IndexAny(url[a.UserAt:], ends); i >= 0 {
		a.End = a.UserAt + i
	}
	a.HostAt = a.UserAt + strings.LastIndexByte(url[a.UserAt:a.End], '@') + 1
	a.HostEnd, a.PortAt = a.End, a.End
	from := a.HostAt
	if strings.HasPrefix(url[from:a.End], "[") {
		from += max(0, strings.IndexByte(url[from:a.End], ']'))
	}
	if i := strings.IndexByte(url[from:a.End], ':'); i >= 0 {
		a.HostEnd, a.PortAt = from+i, from+i
	}
	return a
}

// Alone is the address without what is before and behind the origin.
func (a Address) Alone() string { return a.Scheme() + "://" + a.Host() + a.Port() }

// Scheme is in lower case.
func (a Address) Scheme() string { return strings.ToLower(a.URL[a.Start:a.Colon]) }

// Authority is what is between scheme and path.
func (a Address) Authority() string { return a.URL[a.UserAt:a.End] }

// User is what is written before the host, with its @.
func (a Address) User() string { return a.URL[a.UserAt:a.HostAt] }

// Host is as it is written.
func (a Address) Host() string { return a.URL[a.HostAt:a.HostEnd] }

// Port is what is written behind the host, with its colon.
func (a Address) Port() string { return a.URL[a.PortAt:a.End] }

// Behind is what is written behind the authority, but for blanks at the end.
func (a Address) Behind() string { return strings.TrimRight(a.URL[a.End:], " ") }

// IsWeb says whether pages there are those of websites.
func (a Address) IsWeb() bool { return DefaultPort(a.Scheme()) != "" }

// DefaultPort is the port of a scheme that pages of websites have, else "".
func DefaultPort(scheme string) string {
	switch scheme {
	case "http":
		return "80"
	case "https":
		return "443"
	}
	return ""
}

// CanonicalPort is the port as a browser sends it, with its colon, or what is
// bad about it.
func (a Address) CanonicalPort() (port, bad string) {
	written := strings.TrimPrefix(a.Port(), ":")
	if !isNumber(written) {
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
	case digits == DefaultPort(a.Scheme()):
		return "", ""
	}
	return ":" + digits, ""
}
