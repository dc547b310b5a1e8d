package explain

import (
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/browser"
)

// remedies are what to change so that a request is allowed. None of them is
// unsafe: where only that would help, they say what to do instead.
func (s *site) remedies(q question, o *browser.Outcome) (all []string) {
	switch o.Reason {
	case browser.MixedContent:
		return []string{"call the site at https://, and serve it there"}
	case browser.BadRequest, browser.CorsDisabledScheme:
		return []string{"correct the script: no setting can help"}
	}
	add := func(remedy string) {
		if remedy != "" {
			all = append(all, remedy)
		}
	}
	add(s.fixMiddleware())
	add(s.fixPath(q))
	add(s.fixOrigin(q))
	add(s.fixCredentials(q))
	if o.Step(browser.Ask) != nil {
		add(s.fixMethod(q))
		add(s.fixHeaders(q, o))
	}
	return all
}

func (s *site) fixMiddleware() string {
	if s.hasMiddleware() {
		return ""
	}
	return fmt.Sprintf("put %s first in %s: without it no CORS_* setting does anything", toml(s.link), s.place("MIDDLEWARE"))
}

func (s *site) fixPath(q question) string {
	if s.covers(q.URL) {
		return ""
	}
	u, _ := url.Parse(q.URL)
	return fmt.Sprintf("change %s: it is %s, which does not match the path %s, so that no CORS header is sent there",
		s.place("CORS_URLS_REGEX"), quote(s.urls), quote(pathOf(u)))
}

// fixOrigin is about who is let in.
func (s *site) fixOrigin(q question) string {
	if _, admitted := s.decides(q.Origin); admitted {
		return ""
	}
	if q.Origin == "null" {
		return "serve the page from a server, such as http://localhost: any website can make a page with the origin null, so that letting it in lets in everyone"
	}
	if why := s.unsafe(q); why != "" {
		return why
	}
	if m, ok := s.nearMiss(q.Origin); ok {
		if m.same {
			return s.describe(m) + ": write " + toml(q.Origin)
		}
		return s.describe(m) + ": add " + toml(q.Origin) + ", or call from there"
	}
	return s.addTo("CORS_ALLOWED_ORIGINS", s.origins, q.Origin)
}

// unsafe says what to do when letting the origin in would endanger users.
func (s *site) unsafe(q question) string {
	page, err := url.Parse(q.Origin)
	if err != nil || page.Scheme != "http" || browser.SpaceOf(page.Hostname()) == browser.Loopback || !q.Credentials && !s.credentials {
		return ""
	}
	return fmt.Sprintf("serve the page at https://%s and let that in: with credentials, whoever is on the way to an http:// page could read the answers made for a logged-in user", page.Host)
}

// fixCredentials is about cookies.
func (s *site) fixCredentials(q question) string {
	switch {
	case !q.Credentials:
		return ""
	case s.everyone:
		return fmt.Sprintf("take out %s, list the origins that are meant, CORS_ALLOWED_ORIGINS = [%s], and set CORS_ALLOW_CREDENTIALS = true; all origins with credentials is what Settled always refuses. Or make the request without credentials",
			s.place("CORS_ALLOW_ALL_ORIGINS"), toml(q.Origin))
	case s.credentials || q.Origin == "null" || s.unsafe(q) != "":
		return ""
	}
	if s.where("CORS_ALLOW_CREDENTIALS") == "" {
		return "add CORS_ALLOW_CREDENTIALS = true to " + s.project.File().Name()
	}
	return "set CORS_ALLOW_CREDENTIALS = true at " + s.where("CORS_ALLOW_CREDENTIALS")
}

func (s *site) fixMethod(q question) string {
	method := q.Method
	switch upper := strings.ToUpper(method); {
	case slices.Contains([]string{"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"}, upper):
		method = upper
	case method != upper && slices.Contains(s.methods, upper):
		return fmt.Sprintf("write the method as %s in the script: browsers send %s as it is, and methods are case-sensitive", upper, method)
	}
	safe := method == "GET" || method == "HEAD" || method == "POST"
	if safe || slices.Contains(s.methods, method) || slices.Contains(s.methods, "*") && !q.Credentials {
		return ""
	}
	return s.addTo("CORS_ALLOW_METHODS", s.methods, method)
}

// fixHeaders goes by what the browser asked for.
func (s *site) fixHeaders(q question, o *browser.Outcome) string {
	star := slices.Contains(s.headers, "*") && !q.Credentials
	var missing []string
	for _, h := range o.Step(browser.Ask).Exchange.Asked {
		if h.Name != "Access-Control-Request-Headers" {
			continue
		}
		for name := range strings.SplitSeq(h.Value, ",") {
			listed := slices.ContainsFunc(s.headers, func(l string) bool { return strings.EqualFold(l, name) })
			if !listed && !(star && name != "authorization") {
				missing = append(missing, name)
			}
		}
	}
	if missing == nil {
		return ""
	}
	return s.addTo("CORS_ALLOW_HEADERS", s.headers, missing...)
}

// addTo says where to add entries to a list. What the file says replaces the
// default, so that the default has to be written out.
func (s *site) addTo(name string, list []string, entries ...string) string {
	shown := tomlAll(entries)
	if at := s.where(checks.Path(name)); at != "" {
		return fmt.Sprintf("add %s to %s at %s", strings.Join(shown, ", "), s.written(checks.Path(name)), at)
	}
	all := strings.Join(append(tomlAll(list), shown...), ", ")
	if len(list) == 0 {
		return fmt.Sprintf("add %s = [%s] to %s", name, all, s.project.File().Name())
	}
	return fmt.Sprintf("add %s = [%s] to %s: the default, which it replaces, and %s", name, all, s.project.File().Name(), strings.Join(entries, ", "))
}

func tomlAll(all []string) []string {
	quoted := make([]string, len(all))
	for i, s := range all {
		quoted[i] = toml(s)
	}
	return quoted
}
