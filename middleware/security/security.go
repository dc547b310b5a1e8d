// Package security sends requests to HTTPS and sets headers that make browsers
// careful, as Django's SecurityMiddleware does.
package security

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/settled-go/settled/internal/exempt"
	"github.com/settled-go/settled/internal/wrapped"
	"github.com/settled-go/settled/middleware"
)

// Traits: it sends requests that come in the clear to HTTPS.
var Traits = middleware.Traits{Is: middleware.HTTPS | middleware.Redirects}

// New makes the middleware. It sets only headers that the response has not. The error
// names the setting that can't be used.
func New(s Settings) (middleware.Func, error) {
	headers, err := newHeaders(s)
	if err != nil {
		return nil, err
	}
	if !s.SSLRedirect {
		return headers.around, nil
	}
	redirect, err := newRedirect(s, headers)
	if err != nil {
		return nil, err
	}
	return func(next http.Handler) http.Handler {
		next = headers.around(next)
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if headers.isSecure(r) || redirect.exempt.Has(r.URL.Path) {
				next.ServeHTTP(w, r)
				return
			}
			redirect.answer.ServeHTTP(w, r)
		})
	}, nil
}

// headers are those that every response gets. Their values are shared by all
// responses: whoever appends to one gets a copy.
type headers struct {
	isSecure func(*http.Request) bool
	hsts     []string // for secure requests; nil for none
	always   []header
}

type header struct {
	name  string
	value []string
}

func newHeaders(s Settings) (*headers, error) {
	policies, err := Policies(s.ReferrerPolicy)
	if err != nil {
		return nil, fmt.Errorf("SECURE_REFERRER_POLICY: %w", err)
	}
	h := &headers{isSecure: s.IsSecure, hsts: hsts(s)}
	if h.isSecure == nil {
		h.isSecure = func(r *http.Request) bool { return r.TLS != nil }
	}
	if s.ContentTypeNosniff {
		h.add("X-Content-Type-Options", "nosniff")
	}
	h.add("Referrer-Policy", strings.Join(policies, ","))
	h.add("Cross-Origin-Opener-Policy", s.CrossOriginOpenerPolicy)
	return h, nil
}

func (h *headers) add(name, value string) {
	if value != "" {
		h.always = append(h.always, header{name, []string{value}})
	}
}

// hsts is Strict-Transport-Security (RFC 6797).
func hsts(s Settings) []string {
	if s.HSTSSeconds == 0 {
		return nil
	}
	value := fmt.Sprintf("max-age=%d", s.HSTSSeconds)
	if s.HSTSIncludeSubdomains {
		value += "; includeSubDomains"
	}
	if s.HSTSPreload {
		value += "; preload"
	}
	return []string{value}
}

func (h *headers) around(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		wrapped.Serve(next, w, r, h)
	})
}

// EditHeader is for wrapped.Editor.
func (h *headers) EditHeader(set http.Header, r *http.Request, status int) int {
	for i := range h.always {
		if _, has := set[h.always[i].name]; !has {
			set[h.always[i].name] = h.always[i].value
		}
	}
	if h.hsts != nil && h.isSecure(r) {
		if _, has := set["Strict-Transport-Security"]; !has {
			set["Strict-Transport-Security"] = h.hsts
		}
	}
	return status
}

// Policies are the values of SECURE_REFERRER_POLICY: of a string those between its
// commas, of a list its strings. The error says what it is instead.
func Policies(value any) ([]string, error) {
	switch v := value.(type) {
	case nil:
		return nil, nil
	case string:
		if v == "" {
			return nil, nil
		}
		policies := strings.Split(v, ",")
		for i := range policies {
			policies[i] = strings.TrimSpace(policies[i])
		}
		return policies, nil
	case []string:
		return v, nil
	case []any:
		policies := make([]string, len(v))
		for i, entry := range v {
			s, ok := entry.(string)
			if !ok {
				return nil, fmt.Errorf("entry %d is a %T, not a string", i, entry)
			}
			policies[i] = s
		}
		return policies, nil
	}
	return nil, fmt.Errorf("a %T is neither a string nor a list of strings", value)
}

// redirect answers requests that come in the clear.
type redirect struct {
	exempt exempt.Paths
	answer http.Handler
}

func newRedirect(s Settings, h *headers) (*redirect, error) {
	paths, err := exempt.Compile("SECURE_REDIRECT_EXEMPT", s.RedirectExempt)
	if err != nil {
		return nil, err
	}
	d := &redirect{exempt: paths, answer: &location{headers: h, fixed: s.SSLHost, host: s.Host}}
	if s.SSLHost == "" && s.CheckHost != nil {
		d.answer = s.CheckHost(d.answer)
	}
	return d, nil
}

// location is the answer itself. It has no body, as Django's.
type location struct {
	headers *headers
	fixed   string
	host    func(*http.Request) string
}

func (l *location) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host := l.fixed
	switch {
	case host != "":
	case l.host != nil:
		host = l.host(r)
	default:
		host = r.Host
	}
	h := w.Header()
	h["Location"] = []string{"https://" + host + target(r)}
	h["Content-Type"] = []string{"text/html; charset=utf-8"}
	w.WriteHeader(l.headers.EditHeader(h, r, http.StatusMovedPermanently))
}
