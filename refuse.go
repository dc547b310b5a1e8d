package settled

import (
	"fmt"
	"log/slog"
	"net/http"
	"slices"

	"github.com/settled-go/settled/internal/pages"
	"github.com/settled-go/settled/internal/places"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/middleware"
)

// A refusal is an answer of 400, 403 or 404 that code asked for.
type refusal struct {
	short      pages.Short
	title, log string
	why        string
	place      string // where the code is
}

func (x refusal) answer(w http.ResponseWriter, r *http.Request) {
	warn(r, scrub(r, x.log))
	explain(w, r, x.short, func(s *Site, c candour) pages.Explanation { return x.explanation(s, r, c) })
}

func (x refusal) explanation(s *Site, r *http.Request, c candour) pages.Explanation {
	e := pages.Explanation{Short: x.short, Title: x.title, Why: x.why}
	e.Facts = s.requestFacts(r)
	if c == frank {
		e.Facts = append(e.Facts, pages.Fact{Name: "Raised at", Value: places.Short(x.place)})
	}
	e.Facts = append(e.Facts, s.raisedBy(r, c)...)
	return e
}

func (x refusal) answerForged(w http.ResponseWriter, r *http.Request) {
	warn(r, scrub(r, x.log))
	explain(w, r, x.short, func(s *Site, c candour) pages.Explanation {
		e := x.explanation(s, r, c)
		e.Why = "CSRF verification failed. Request aborted."
		e.Advice = s.project.forgedAdvice(x.why)
		e.Facts = append(e.Facts, headerFacts(r, "Origin", "Referer", "Sec-Fetch-Site", "Sec-Fetch-Mode")...)
		return e
	})
}

// warn logs as Django does: what, and the path.
func warn(r *http.Request, what string) {
	slog.WarnContext(r.Context(), printable.Line(what+": "+r.URL.Path))
}

// whyForged is the reason of a request that looks forged, in Django's words.
func whyForged(r *http.Request) string {
	origin, site := r.Header.Get("Origin"), r.Header.Get("Sec-Fetch-Site")
	switch {
	case origin != "" && !sameHost(origin, r.Host):
		return fmt.Sprintf("Origin checking failed - %s does not match any trusted origins.", printable.Line(origin))
	case site != "" && site != "same-origin" && site != "none":
		return fmt.Sprintf("Origin checking failed - the browser says that the request is %s (Sec-Fetch-Site).", printable.Line(site))
	}
	return "Origin checking failed."
}

// forgedAdvice is the help of Django's page, for how it is done here: by a middleware
// of the project, or by http.CrossOriginProtection in a handler.
func (p *Project) forgedAdvice(why string) []pages.Advice {
	list := []string{"The page that sends the request is of this site: same scheme, host and port. localhost and 127.0.0.1 are two hosts."}
	const unlike = "CORS_ALLOWED_ORIGINS lets a page read answers; it trusts no request."
	if header, ok := Value[string](p, "CSRF_HEADER_NAME"); ok && p.refusesForged() {
		list = append(list,
			"If it is of another origin on purpose, that origin is in CSRF_TRUSTED_ORIGINS. "+unlike,
			"Each form with method POST has the token, as csrf.Field gives it, and a script sends it in the header "+tokenHeader(header)+".",
			"The browser keeps the cookie and sends it. It does not where it refuses cookies, over http:// with CSRF_COOKIE_SECURE, and from other sites unless CSRF_COOKIE_SAMESITE is None.",
			"The page was loaded after the last login, which changes the token: reload it.",
			"A proxy before the site passes the Host header on as the browser sent it, and says in the header of SECURE_PROXY_SSL_HEADER that a request came over HTTPS.",
			"What is not called by browsers, such as a webhook, is taken out of the protection: Marked(middleware.CSRFExempt) on its route.")
	} else {
		list = append(list,
			"If it is of another origin on purpose, that origin is trusted: http.CrossOriginProtection has AddTrustedOrigin for it. "+unlike,
			"A proxy before the site passes the Host header on as the browser sent it.",
			"What is not called by browsers, such as a webhook, is taken out of the protection: AddInsecureBypassPattern.")
	}
	return []pages.Advice{
		{Text: "Reason given for failure:", Code: why},
		{Text: "In general, this can occur when there is a genuine Cross Site Request Forgery, or when the protection has not been set up for how the site is called. You need to ensure:", List: list},
	}
}

// tokenHeader is the header as HTTP has it, the default one as everybody writes it.
func tokenHeader(name string) string {
	if name == "HTTP_X_CSRFTOKEN" {
		return "X-CSRFToken"
	}
	return httpHeader(name)
}

// refusesForged says whether a middleware of the project does.
func (p *Project) refusesForged() bool {
	return slices.ContainsFunc(p.chain, func(l middleware.Link) bool { return l.Traits.Is.Has(middleware.CSRF) })
}
