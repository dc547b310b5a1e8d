package csrf

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/settled-go/settled/internal/printable"
)

// A verdict is what is wrong with a request; nothing in the zero verdict.
type verdict struct {
	why      string
	tooLarge bool
}

// The reasons of Django, whose order is that of judge.
const (
	whyOrigin    = "Origin checking failed - %s does not match any trusted origins."
	whyFetchSite = "Origin checking failed - the browser says that the request is %s (Sec-Fetch-Site)."
	whyNoCookie  = "CSRF cookie not set."
	whyCookie    = "CSRF cookie %s."
	whyNoToken   = "CSRF token missing."
	whyToken     = "CSRF token from %s %s."
)

// judge is Django's check of an unsafe request, and one thing more: what says that it
// comes from another site is refused though it has no Origin.
func (p *protection) judge(r *http.Request) verdict {
	origins := r.Header["Origin"]
	switch secure := p.IsSecure(r); {
	case len(origins) > 0:
		origin := strings.Join(origins, ",")
		if !p.admits(r, origin, secure) {
			return verdict{why: fmt.Sprintf(whyOrigin, printable.Line(origin))}
		}
		if p.headersDo {
			return verdict{}
		}
	case p.fetch.Check(r) != nil:
		return verdict{why: fmt.Sprintf(whyFetchSite, printable.Line(r.Header.Get("Sec-Fetch-Site")))}
	case p.headersDo && isNotForged(r):
		return verdict{}
	case secure:
		if why := p.checkReferer(r); why != "" || p.headersDo {
			return verdict{why: why}
		}
	}
	return p.checkToken(r)
}

// isNotForged judges a request without Origin that does not say to be of another site:
// either a browser says that it is of this one, or nothing is in it that a browser
// adds by itself, so that who sends it has all that it needs anyway.
func isNotForged(r *http.Request) bool {
	return r.Header.Get("Sec-Fetch-Site") != "" || len(r.Header["Cookie"]) == 0
}

// checkToken compares the token of the request with the cookie.
func (p *protection) checkToken(r *http.Request) verdict {
	cookie, found := lastCookie(r.Header["Cookie"], p.CookieName)
	if !found {
		return verdict{why: whyNoCookie}
	}
	kept, bad := parse(cookie)
	if bad != "" {
		return verdict{why: fmt.Sprintf(whyCookie, bad)}
	}
	text, from, v := p.sentToken(r, kept)
	if text == nil {
		return v
	}
	sent, bad := parse(*text)
	if bad == "" && !sent.is(kept) {
		bad = "incorrect"
	}
	if bad != "" {
		return verdict{why: fmt.Sprintf(whyToken, from, bad)}
	}
	return verdict{}
}

// sentToken is the token of the request and where it stands; nil with a verdict when
// there is none.
func (p *protection) sentToken(r *http.Request, kept secret) (text *string, from string, v verdict) {
	inHeader, hasHeader := r.Header[p.header]
	header := strings.Join(inHeader, ",")
	if r.Method == http.MethodPost {
		// A right token in the header spares reading a form with files.
		right := func() bool {
			sent, bad := parse(header)
			return bad == "" && sent.is(kept)
		}
		field, tooLarge := formField(r, right)
		if tooLarge {
			return nil, "", verdict{why: whyTooLarge, tooLarge: true}
		}
		if field != "" {
			return &field, "POST", verdict{}
		}
	}
	if !hasHeader {
		return nil, "", verdict{why: whyNoToken}
	}
	return &header, "the '" + p.header + "' HTTP header", verdict{}
}
