package csrf

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/settled-go/settled/internal/printable"
)

const (
	whyNoReferer        = "Referer checking failed - no Referer."
	whyMalformedReferer = "Referer checking failed - Referer is malformed."
	whyInsecureReferer  = "Referer checking failed - Referer is insecure while host is secure."
	whyReferer          = "Referer checking failed - %s does not match any trusted origins."
)

// A trusted is CSRF_TRUSTED_ORIGINS, as Django reads it.
type trusted struct {
	exact map[string]bool
	below map[string][]string // by scheme: .domain, and a port perhaps
	hosts []string            // of all of them, for the Referer
}

func readTrusted(origins []string) trusted {
	t := trusted{exact: map[string]bool{}, below: map[string][]string{}}
	for _, origin := range origins {
		scheme, host, ok := splitURL(origin)
		if !ok {
			continue
		}
		host = strings.ToLower(strings.TrimLeft(host, "*"))
		t.hosts = append(t.hosts, host)
		if strings.Contains(origin, "*") {
			t.below[scheme] = append(t.below[scheme], host)
		} else {
			t.exact[origin] = true
		}
	}
	return t
}

// admits says whether the page of an origin may send unsafe requests: one of this
// site, or a trusted one.
func (p *protection) admits(r *http.Request, origin string, secure bool) bool {
	own := "http"
	if secure {
		own = "https"
	}
	scheme, host, found := strings.Cut(origin, "://")
	if !found || !isHost(host) {
		return false
	}
	if scheme == own && host == p.Host(r) || p.trusted.exact[origin] {
		return true
	}
	for _, pattern := range p.trusted.below[scheme] {
		if isSameDomain(host, pattern) {
			return true
		}
	}
	return false
}

// checkReferer is for requests over HTTPS without Origin: whoever can answer for
// http://this.site could have set its cookies, and so know a token.
func (p *protection) checkReferer(r *http.Request) (why string) {
	lines, found := r.Header["Referer"]
	if !found {
		return whyNoReferer
	}
	referer := strings.Join(lines, ",")
	scheme, host, ok := splitURL(referer)
	switch {
	case !ok:
		return whyMalformedReferer
	case scheme != "https":
		return whyInsecureReferer
	case !isHost(host):
		return fmt.Sprintf(whyReferer, printable.Line(referer))
	}
	for _, pattern := range p.trusted.hosts {
		if isSameDomain(host, pattern) {
			return ""
		}
	}
	if p.isOwn(r, host) {
		return ""
	}
	return fmt.Sprintf(whyReferer, printable.Line(referer))
}

// isOwn says whether a Referer's host is the one that the request is for or, with
// CSRF_COOKIE_DOMAIN, one that gets the cookie, at the port that the request came in
// by.
func (p *protection) isOwn(r *http.Request, referer string) bool {
	if p.CookieDomain == "" {
		return referer == strings.ToLower(p.Host(r))
	}
	domain := strings.ToLower(p.CookieDomain)
	if port := p.Port(r); port != "" && port != "443" && port != "80" {
		domain += ":" + port
	}
	return isSameDomain(referer, domain)
}

// isSameDomain says whether a host is the pattern's: ".example.com" is example.com
// and all that is below it, any other only itself.
func isSameDomain(host, pattern string) bool {
	if strings.HasPrefix(pattern, ".") {
		return strings.HasSuffix(host, pattern) || host == pattern[1:]
	}
	return pattern != "" && host == pattern
}

// splitURL is the scheme and the host, with user and port, of a URL; ok is false
// when it has not both. It is as much of Python's urlsplit as matters here.
func splitURL(url string) (scheme, host string, ok bool) {
	scheme, rest, found := strings.Cut(url, "://")
	if !found || scheme == "" || strings.Trim(scheme, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-.") != "" {
		return "", "", false
	}
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return strings.ToLower(scheme), rest, rest != ""
}

// isHost says whether a host, perhaps with a port, is written as browsers write it in
// an Origin or a Referer. What is not is none: evil.com\.example.com.
func isHost(host string) bool {
	if i := strings.LastIndexByte(host, ':'); i > strings.LastIndexByte(host, ']') {
		if port := host[i+1:]; port == "" || strings.Trim(port, "0123456789") != "" {
			return false
		}
		host = host[:i]
	}
	if inner, v6 := strings.CutPrefix(host, "["); v6 {
		inner, closed := strings.CutSuffix(inner, "]")
		return closed && strings.Trim(inner, "0123456789abcdefABCDEF:.") == ""
	}
	for i := range len(host) {
		switch c := host[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', 'A' <= c && c <= 'Z', c == '-', c == '.', c == '_':
		default:
			return false
		}
	}
	return host != ""
}
