package browser

// A Form is what a browser makes of a URL's origin.
type Form struct {
	// Origin is what it sends as Origin for a page at the URL; empty when it
	// has no page there, and then Bad says why.
	Origin string
	Bad    *BadPart
	// Octal says that the host is an IPv4 address which a browser reads in
	// another way than most people do: 010 is 8.
	Octal bool
}

// A BadPart is a part of a URL that keeps a page from having it.
type BadPart struct {
	Start, End int    // bytes
	Why        string // as in "Origin 'x' has ..."
}

// Canonical is the form of a URL with a scheme and "://". It does what the
// URL standard (https://url.spec.whatwg.org) does to an address of http or
// https, and then refuses what no server can have: host names beyond RFC 1035,
// and port 0. Of other schemes a host is what the browser's maker says it is,
// so that it is left as it is.
func Canonical(url string) Form {
	a := Split(url)
	f := Form{Origin: a.Scheme() + "://"}
	if a.IsWeb() {
		var host string
		host, f.Octal, f.Bad = canonicalHost(a.Host())
		f.Origin += host
	} else {
		f.Origin += a.Host()
		if !isHost(a.Host()) {
			f.Bad = &BadPart{End: len(a.Host()), Why: "a host that no page has"}
		}
	}
	if f.Bad != nil {
		f.Bad.Start, f.Bad.End = f.Bad.Start+a.HostAt, f.Bad.End+a.HostAt
		return Form{Bad: f.Bad}
	}
	port, bad := a.CanonicalPort()
	if bad != "" {
		return Form{Bad: &BadPart{a.PortAt, a.End, bad}}
	}
	f.Origin += port
	return f
}
