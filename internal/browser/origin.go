package browser

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"

	"golang.org/x/net/idna"
)

// ParseOrigin takes what a person writes for a page's origin, or the address of
// a page, and returns what the browser sends for it: lower case, without path,
// user or default port, international names in ASCII. A page from a file or
// from a data: URL sends null.
func ParseOrigin(text string) (string, error) {
	text = strings.TrimSpace(text)
	lower := strings.ToLower(text)
	switch {
	case lower == "null", strings.HasPrefix(lower, "file:"), strings.HasPrefix(lower, "data:"):
		return "null", nil
	case !strings.Contains(text, "://"):
		return "", fmt.Errorf("an origin begins with a scheme, as in https://%s", text)
	}
	u, err := url.Parse(text)
	if err != nil {
		return "", errors.New("it is no URL")
	}
	if u.Hostname() == "" {
		return "", errors.New("it has no host")
	}
	if !isHTTP(u) { // what an app or an extension sends
		return u.Scheme + "://" + strings.ToLower(u.Host), nil
	}
	return originOf(u)
}

// originOf is https://html.spec.whatwg.org/#ascii-serialisation-of-an-origin of
// an http or https URL.
func originOf(u *url.URL) (string, error) {
	host, err := canonicalHost(u.Hostname())
	if err != nil {
		return "", err
	}
	if port := strings.TrimLeft(u.Port(), "0"); port != "" && port != defaultPort(u.Scheme) {
		host += ":" + port
	}
	return u.Scheme + "://" + host, nil
}

func canonicalHost(host string) (string, error) {
	if addr, err := netip.ParseAddr(host); err == nil {
		if addr.Is6() {
			return "[" + addr.String() + "]", nil
		}
		return addr.String(), nil
	}
	ascii, err := idna.New(idna.MapForLookup(), idna.Transitional(false), idna.StrictDomainName(false)).ToASCII(host)
	if err != nil || ascii == "" {
		return "", fmt.Errorf("%q is no host name", host)
	}
	return ascii, nil
}

func defaultPort(scheme string) string {
	switch scheme {
	case "http":
		return "80"
	case "https":
		return "443"
	}
	return ""
}

func isHTTP(u *url.URL) bool { return u.Scheme == "http" || u.Scheme == "https" }

// isTrustworthy is https://www.w3.org/TR/secure-contexts/#is-origin-trustworthy.
func isTrustworthy(u *url.URL) bool { return u.Scheme == "https" || SpaceOf(u.Hostname()) == Loopback }
