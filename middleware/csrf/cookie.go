package csrf

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// lastCookie is the value of a cookie, the last one where there are several, as
// Python reads it. But only blanks and tabs are taken off a name: browsers keep other
// hosts from setting __Host-csrftoken, and not from setting that with a no-break space
// before it.
func lastCookie(lines []string, name string) (value string, found bool) {
	for _, line := range lines {
		for more := true; more; {
			var one string
			one, line, more = strings.Cut(line, ";")
			if key, v, hasValue := strings.Cut(one, "="); hasValue && strings.Trim(key, " \t") == name {
				value, found = strings.Trim(v, " \t"), true
			}
		}
	}
	if len(value) >= 2 && value[0] == '"' && value[len(value)-1] == '"' {
		value = value[1 : len(value)-1]
	}
	return value, found
}

// attributes are what a cookie has before its expiry date and behind it, in the order
// in which Python writes them.
type attributes struct{ before, behind string }

func (s Settings) attributes() attributes {
	var b strings.Builder
	if s.CookieHTTPOnly {
		b.WriteString("; HttpOnly")
	}
	b.WriteString("; Max-Age=" + strconv.Itoa(s.CookieAge))
	if s.CookiePath != "" {
		b.WriteString("; Path=" + s.CookiePath)
	}
	if s.CookieSameSite != "" {
		b.WriteString("; SameSite=" + s.CookieSameSite)
	}
	if s.CookieSecure {
		b.WriteString("; Secure")
	}
	a := attributes{behind: b.String()}
	if s.CookieDomain != "" {
		a.before = "; Domain=" + s.CookieDomain
	}
	return a
}

// setCookie is the line of Set-Cookie.
func (p *protection) setCookie(s secret) string {
	expires := time.Now().UTC().Add(time.Duration(p.CookieAge) * time.Second)
	return p.CookieName + "=" + string(s[:]) + p.cookie.before + "; expires=" + expires.Format(http.TimeFormat) + p.cookie.behind
}

// varyByCookie says that the response depends on the request's cookies, once. The
// lines of a handler may belong to many requests, so they are copied.
func varyByCookie(h http.Header) {
	lines := h["Vary"]
	for _, line := range lines {
		for field := range strings.SplitSeq(line, ",") {
			if field = strings.TrimSpace(field); field == "*" || strings.EqualFold(field, "Cookie") {
				return
			}
		}
	}
	h["Vary"] = append(lines[:len(lines):len(lines)], "Cookie")
}
