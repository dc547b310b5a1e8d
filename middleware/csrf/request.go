package csrf

import (
	"html/template"
	"log/slog"
	"net/http"
	"slices"
	"sync"

	"github.com/settled-go/settled/middleware"
)

// fieldName is that of the form's field.
const fieldName = "csrfmiddlewaretoken"

// Token is the token for the page that answers r: Django's get_token. It is another
// one each time, and all are right. The response gets the cookie that belongs to it,
// so call it before writing the response. It is empty where no CSRF middleware is.
// Token is safe for concurrent use.
func Token(r *http.Request) string {
	s := stateOf(r)
	if s == nil {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.known {
		s.change()
	}
	s.wanted = true
	s.warn(r)
	return s.secret.token()
}

// Field is the token as a hidden field of a form, for html/template: Django's
// {% csrf_token %}. See Token.
func Field(r *http.Request) template.HTML {
	token := Token(r)
	if token == "" {
		return ""
	}
	return template.HTML(`<input type="hidden" name="` + fieldName + `" value="` + token + `">`)
}

// Rotate gives the browser another secret: Django's rotate_token. Call it when a user
// logs in, before writing the response, so that a token from before is worth nothing
// then. It does nothing where no CSRF middleware is.
func Rotate(r *http.Request) {
	if s := stateOf(r); s != nil {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.change()
		s.warn(r)
	}
}

// A state is what is known of a request's secret. Most requests have none, since
// nobody asks.
type state struct {
	mu     sync.Mutex
	secret secret
	known  bool // there is one
	wanted bool // the response has to bring the cookie
	begun  bool // the response has begun
	line   string
}

func (s *state) change() { s.secret, s.known, s.wanted = newSecret(), true, true }

// warn tells of a cookie that comes too late.
func (s *state) warn(r *http.Request) {
	if s.begun && s.line == "" {
		slog.WarnContext(r.Context(), "The CSRF cookie can't be sent: the token was asked for when the response had begun", "path", r.URL.Path)
	}
}

// stateKey is the note of a request: its *protection, and its *state as soon as
// somebody has asked.
type stateKey struct{}

// note has the request find the protection. Outside of a site there is no place for a
// later note, so that the state is there from the start.
func (p *protection) note(r *http.Request) *http.Request {
	noted := middleware.Note(r, stateKey{}, p)
	if noted != r {
		return middleware.Note(r, stateKey{}, p.newState(r))
	}
	return r
}

// stateOf is the state of a request; nil without the middleware.
func stateOf(r *http.Request) *state {
	switch noted := r.Context().Value(stateKey{}).(type) {
	case *state:
		return noted
	case *protection:
		return noted.enter(r)
	}
	return nil
}

// enter makes the state of a request, once.
func (p *protection) enter(r *http.Request) *state {
	p.entering.Lock()
	defer p.entering.Unlock()
	if s, ok := r.Context().Value(stateKey{}).(*state); ok {
		return s
	}
	s := p.newState(r)
	middleware.Note(r, stateKey{}, s)
	return s
}

// newState takes the secret of the cookie. A cookie that has none is replaced.
func (p *protection) newState(r *http.Request) *state {
	s := &state{}
	if cookie, found := lastCookie(r.Header["Cookie"], p.CookieName); found {
		var bad string
		if s.secret, bad = parse(cookie); bad != "" {
			s.change()
		}
		s.known = true
	}
	return s
}

// hasBadCookie says whether the request has a cookie with no secret in it.
func (p *protection) hasBadCookie(r *http.Request) bool {
	cookie, found := lastCookie(r.Header["Cookie"], p.CookieName)
	if !found {
		return false
	}
	_, bad := parse(cookie)
	return bad != ""
}

// EditHeader is for wrapped.Editor: it sets the cookie if the token was asked for,
// also when the browser has it, so that it expires later.
func (p *protection) EditHeader(h http.Header, r *http.Request, status int) int {
	s, asked := r.Context().Value(stateKey{}).(*state)
	if !asked {
		if !p.hasBadCookie(r) {
			return status
		}
		s = p.enter(r)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.begun = true
	if !s.wanted {
		return status
	}
	if s.line == "" {
		s.line = p.setCookie(s.secret)
	}
	if !slices.Contains(h["Set-Cookie"], s.line) { // it may be asked again
		h.Add("Set-Cookie", s.line)
		varyByCookie(h)
	}
	return status
}
