package csrf

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// fault is why the middleware can't be built, nil when it can. The rules of a settings
// file say more, and with places.
func (s Settings) fault() error {
	switch {
	case s.Check != "django" && s.Check != "headers":
		return fmt.Errorf(`csrf: Check is %q: it is "django" or "headers"`, s.Check)
	case !IsSameSite(s.CookieSameSite):
		return fmt.Errorf(`csrf: CookieSameSite is %q: it is "Lax", "Strict", "None" or ""`, s.CookieSameSite)
	case !IsHeaderName(s.HeaderName):
		return fmt.Errorf("csrf: HeaderName is %q: it has the form HTTP_X_CSRFTOKEN", s.HeaderName)
	case !IsToken(s.CookieName):
		return fmt.Errorf("csrf: CookieName %q is not the name of a cookie", s.CookieName)
	case !IsAttribute(s.CookieDomain) || !IsAttribute(s.CookiePath):
		return errors.New("csrf: CookieDomain or CookiePath has a character that a cookie can't have")
	case s.CookieAge < 1:
		return fmt.Errorf("csrf: CookieAge is %d: the cookie would be gone at once", s.CookieAge)
	case s.UseSessions:
		return errors.New("csrf: UseSessions is true, and there are no sessions")
	}
	return nil
}

// IsSameSite says whether a cookie can have the value as SameSite. Case does not count.
func IsSameSite(value string) bool {
	switch strings.ToLower(value) {
	case "", "lax", "strict", "none":
		return true
	}
	return false
}

// IsHeaderName says whether a header is written as WSGI does: HTTP_X_CSRFTOKEN.
func IsHeaderName(name string) bool {
	rest, found := strings.CutPrefix(name, "HTTP_")
	return found && rest != "" && strings.Trim(rest, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}

// HTTPHeader is the header that WSGI writes as name, in the form of http.Header.
func HTTPHeader(name string) string {
	name = strings.ReplaceAll(strings.TrimPrefix(name, "HTTP_"), "_", "-")
	return http.CanonicalHeaderKey(strings.ToLower(name))
}

// IsToken says whether a cookie or a header can have the name (RFC 9110, section
// 5.6.2).
func IsToken(name string) bool {
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c >= 0x7f || strings.IndexByte(`()<>@,;:\"/[]?={}`, c) >= 0 {
			return false
		}
	}
	return name != ""
}

// IsAttribute says whether a cookie can have the value as Domain or Path.
func IsAttribute(value string) bool {
	for i := range len(value) {
		if c := value[i]; c < ' ' || c >= 0x7f || c == ';' {
			return false
		}
	}
	return true
}
