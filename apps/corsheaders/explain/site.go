package explain

import (
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/middleware"
)

// A site is what a project's settings say about CORS.
type site struct {
	project *settled.Project
	link    string // the name of the CORS middleware
	gates   []string
	runs    bool // the project is started, so that the gates are asked
	// cors is the project's CORS middleware, made once; nil when MIDDLEWARE
	// has none.
	cors func() (middleware.Func, error)

	everyone, credentials    bool
	origins, regexes         []string
	methods, headers, expose []string
	urls                     string
}

func newSite(p *settled.Project, link string, gates []string) *site {
	return &site{
		project: p, link: link, gates: gates,
		cors:        sync.OnceValues(func() (middleware.Func, error) { return corsOf(p) }),
		everyone:    value[bool](p, "CORS_ALLOW_ALL_ORIGINS"),
		credentials: value[bool](p, "CORS_ALLOW_CREDENTIALS"),
		origins:     value[[]string](p, "CORS_ALLOWED_ORIGINS"),
		regexes:     value[[]string](p, "CORS_ALLOWED_ORIGIN_REGEXES"),
		methods:     value[[]string](p, "CORS_ALLOW_METHODS"),
		headers:     value[[]string](p, "CORS_ALLOW_HEADERS"),
		expose:      value[[]string](p, "CORS_EXPOSE_HEADERS"),
		urls:        value[string](p, "CORS_URLS_REGEX"),
	}
}

func value[T any](p *settled.Project, name string) T {
	v, _ := settled.Value[T](p, name)
	return v
}

func corsOf(p *settled.Project) (middleware.Func, error) {
	for _, link := range p.Chain() {
		if link.Traits.Is.Has(middleware.CORS) {
			return link.New()
		}
	}
	return nil, nil
}

// where is the place of a setting, or of an element of it: file:line:column, a
// variable, or "" for a default.
func (s *site) where(setting checks.Path) string { return s.project.File().Origin(setting).String() }

// place is a setting and where it is written, for people.
func (s *site) place(setting checks.Path) string {
	if at := s.where(setting); at != "" {
		return string(s.written(setting)) + " at " + at
	}
	return string(setting) + ", which is at its default"
}

// written is a setting under the name that the file has for it, which may be an
// old one.
func (s *site) written(setting checks.Path) checks.Path { return s.project.File().Written(setting) }

// at is an index and its place, to be put behind a name.
func (s *site) at(name string, i int) string {
	path := checks.Path(name).Index(i)
	if at := s.where(path); at != "" {
		return strings.TrimPrefix(string(path), name) + " at " + at
	}
	return ""
}

// decides is the setting that lets an origin in, or that would have to.
func (s *site) decides(origin string) (setting checks.Path, admitted bool) {
	if s.everyone {
		return "CORS_ALLOW_ALL_ORIGINS", true
	}
	if i := slices.Index(s.origins, origin); i >= 0 {
		return checks.Path("CORS_ALLOWED_ORIGINS").Index(i), true
	}
	for i, regex := range s.regexes {
		if matches(regex, origin) {
			return checks.Path("CORS_ALLOWED_ORIGIN_REGEXES").Index(i), true
		}
	}
	return "CORS_ALLOWED_ORIGINS", false
}

// covers says whether CORS applies to the path of an address.
func (s *site) covers(address string) bool {
	u, err := url.Parse(address)
	return err == nil && matches(s.urls, pathOf(u))
}

// pathOf is what a server gets to see.
func pathOf(u *url.URL) string {
	if u.Path == "" {
		return "/"
	}
	return u.Path
}

func matches(regex, text string) bool {
	re, err := pyre.Compile(regex)
	return err == nil && re.Match(text)
}
