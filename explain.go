package settled

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"github.com/settled-go/settled/internal/hosts"
	"github.com/settled-go/settled/internal/pages"
)

// candour is how much the answer to a request may tell.
type candour int

const (
	silent  candour = iota // a short page
	outline                // what went wrong: the site of another origin may read it
	frank                  // all but secrets
)

const (
	closing = "You're seeing this error because you have DEBUG = true in your %s file. " +
		"Change that to DEBUG = false, and Settled will answer with a short page."
	withheld = "A page of another origin sent this request, and the CORS settings may let it read the answer. " +
		"So the source, the places, the request and the settings are left out: open the address itself, or ask with curl, to see them."
)

// explain answers with the page that build makes, or with the short one when the
// client must not see more. A page that can't be made is no reason to give no answer.
func explain(w http.ResponseWriter, r *http.Request, short pages.Short, build func(*Site, candour) pages.Explanation) {
	answer := http.Handler(short)
	if s, ok := siteFrom(r.Context()); ok {
		if c := s.candour(r); c != silent {
			answer = s.render(r, short, c, build)
		}
	}
	answer.ServeHTTP(w, r)
}

func (s *Site) render(r *http.Request, short pages.Short, c candour, build func(*Site, candour) pages.Explanation) (answer http.Handler) {
	defer func() {
		if value := recover(); value != nil {
			slog.ErrorContext(r.Context(), "The page that explains could not be made", "panic", fmt.Sprint(value))
			answer = short
		}
	}()
	e := build(s, c)
	e.Closing = fmt.Sprintf(closing, s.fileName())
	if c != frank {
		e.Withheld = withheld
	}
	e.Replace(s.scrubber(r))
	return e.Render(r)
}

// candour is nothing without DEBUG, and nothing for a host that is not allowed: a
// page whose name was made to resolve to this machine reads all answers.
func (s *Site) candour(r *http.Request) candour {
	if !s.project.Debug() {
		return silent
	}
	domain, ok := hosts.Domain(r.Host)
	switch {
	case !ok || !hosts.Allowed(domain, s.project.allowedHosts()):
		return silent
	case isForeign(r):
		return outline
	}
	return frank
}

// isForeign holds for a request whose answer a page of another origin may read. What
// a browser navigates to is read by people alone.
func isForeign(r *http.Request) bool {
	origin := r.Header["Origin"]
	if len(origin) == 0 || r.Header.Get("Sec-Fetch-Mode") == "navigate" || r.Header.Get("Sec-Fetch-Site") == "same-origin" {
		return false
	}
	return len(origin) > 1 || !sameHost(origin[0], r.Host)
}

// sameHost compares as http.CrossOriginProtection does: a server behind a proxy does
// not know the scheme.
func sameHost(origin, host string) bool {
	u, err := url.Parse(origin)
	return err == nil && u.Host != "" && strings.EqualFold(u.Host, host)
}

// fileName is what the settings file is called, without the folders that it is in.
func (s *Site) fileName() string { return baseName(s.project.file.Name()) }

// baseName is the last part of a path of any system.
func baseName(path string) string { return path[strings.LastIndexAny(path, `/\`)+1:] }
