package stock

import (
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/internal/pyre"
	"github.com/settled-go/settled/middleware"
	"github.com/settled-go/settled/middleware/whitenoise"
)

const whiteNoiseName = "whitenoise.middleware.WhiteNoiseMiddleware"

func newWhiteNoise() settled.App {
	return &app[whitenoise.Settings]{
		settings: whitenoise.Defaults(),
		name:     whiteNoiseName,
		traits:   whitenoise.Traits,
		docs:     whitenoise.Docs,
		checks:   whiteNoiseChecks,
		new: func(s whitenoise.Settings, p *settled.Project) (middleware.Func, error) {
			s.Debug = p.Debug()
			s.Root = p.File().Beside("WHITENOISE_ROOT", s.Root)
			s.CORSDecides = corsDecides(p)
			if files, ok := settled.Get[staticApp](p); ok {
				s.StaticURL, s.StaticRoot = files.StaticPrefix(), files.StaticRoot()
				s.Finder, s.IsHashed = files, files.IsHashed
			}
			return whitenoise.New(s)
		},
	}
}

// staticApp is django.contrib.staticfiles.
type staticApp interface {
	settled.App
	whitenoise.Finder
	StaticPrefix() string
	StaticRoot() string
	IsHashed(name string) bool
}

// corsDecides says on which paths the CORS middleware decides; nil for none.
func corsDecides(p *settled.Project) func(path string) bool {
	if !slices.ContainsFunc(p.Chain(), func(l middleware.Link) bool { return l.Traits.Is.Has(middleware.CORS) }) {
		return nil
	}
	regex, _ := settled.Value[string](p, "CORS_URLS_REGEX")
	pattern, err := pyre.Compile(regex)
	if regex == "" || err != nil { // another CORS middleware, or one that will not start
		return func(string) bool { return true }
	}
	return pattern.Match
}

func whiteNoiseChecks(a *app[whitenoise.Settings]) []settled.Check {
	tags := []string{"middleware"}
	return []settled.Check{
		{IDs: []string{"whitenoise.E101"}, Tags: tags, Class: checks.Unbuildable, Run: func(*settled.Project) checks.Messages { return whiteNoiseFaults(a.settings) },
			Settings: []string{"WHITENOISE_IMMUTABLE_FILE_TEST", "WHITENOISE_INDEX_FILE", "WHITENOISE_MIMETYPES", "WHITENOISE_CHARSET"}},
		{IDs: []string{"whitenoise.W101"}, Tags: tags, Settings: []string{"MIDDLEWARE", "STATIC_ROOT", "WHITENOISE_ROOT"},
			Run: func(p *settled.Project) checks.Messages { return checkNoFiles(a.settings, p) }},
		{IDs: []string{"whitenoise.W102"}, Tags: tags, Settings: []string{"WHITENOISE_ALLOW_ALL_ORIGINS", "CORS_URLS_REGEX"},
			Run: func(p *settled.Project) checks.Messages { return checkOrigins(a.settings, p) }},
	}
}

// whiteNoiseFaults are settings that can't be used.
func whiteNoiseFaults(s whitenoise.Settings) (ms checks.Messages) {
	const id = "whitenoise.E101"
	if s.ImmutableFileTest != "" {
		_, err := pyre.CompileSearch(s.ImmutableFileTest)
		if e := (*pyre.Error)(nil); errors.As(err, &e) {
			ms = append(ms, checks.Errorf(id, "Regex '%s' in WHITENOISE_IMMUTABLE_FILE_TEST can't be used: %s", printable.Line(s.ImmutableFileTest), e.Text).
				On("WHITENOISE_IMMUTABLE_FILE_TEST").In(e.Start, e.End).WithHint("%s", e.Hint).Of(checks.Unbuildable))
		}
	}
	if !isIndexFile(s.IndexFile) {
		ms = append(ms, checks.Errorf(id, "WHITENOISE_INDEX_FILE should be true, false or the name of a file").
			On("WHITENOISE_INDEX_FILE").WithHint("write true for index.html").Of(checks.Unbuildable))
	}
	for _, key := range slices.Sorted(maps.Keys(s.MimeTypes)) {
		if !isHeaderText(s.MimeTypes[key]) || !strings.Contains(s.MimeTypes[key], "/") || key != strings.ToLower(key) {
			ms = append(ms, checks.Errorf(id, "WHITENOISE_MIMETYPES gives %q the type %q: names are in lower case, and a type is as \"font/woff2\"", key, s.MimeTypes[key]).
				On(checks.Path("WHITENOISE_MIMETYPES").Key(key)).WithHint("write it as { \".woff2\" = \"font/woff2\" }").Of(checks.Unbuildable))
		}
	}
	if !isHeaderText(s.Charset) || strings.ContainsAny(s.Charset, "\"\\") {
		ms = append(ms, checks.Errorf(id, "WHITENOISE_CHARSET is %q, which is no charset", s.Charset).
			On("WHITENOISE_CHARSET").WithHint("write \"utf-8\"").Of(checks.Unbuildable))
	}
	return ms
}

func isIndexFile(v any) bool {
	switch v := v.(type) {
	case nil, bool:
		return true
	case string:
		return v != "" && !strings.ContainsAny(v, "/\\\x00")
	}
	return false
}

func isHeaderText(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}

// entryOf is where a middleware is listed, "" for nowhere.
func entryOf(p *settled.Project, name string) checks.Path {
	if i := slices.Index(p.Core().Middleware, name); i >= 0 {
		return checks.Path("MIDDLEWARE").Index(i)
	}
	return ""
}

func checkNoFiles(s whitenoise.Settings, p *settled.Project) checks.Messages {
	entry := entryOf(p, whiteNoiseName)
	root, installed := settled.Value[string](p, "STATIC_ROOT")
	finds := s.UseFinders == nil && p.Debug() || s.UseFinders != nil && *s.UseFinders
	if entry == "" || s.Root != "" || root != "" || finds && installed {
		return nil
	}
	m := checks.Warningf("whitenoise.W101", "WhiteNoise has no files to serve: neither STATIC_ROOT nor WHITENOISE_ROOT names a folder").On(entry)
	if !installed {
		return checks.Messages{m.WithHint("add \"django.contrib.staticfiles\" to INSTALLED_APPS and set STATIC_ROOT, or take the entry out")}
	}
	return checks.Messages{m.WithHint("set STATIC_ROOT, and run manage collectstatic before the site starts")}
}

func checkOrigins(s whitenoise.Settings, p *settled.Project) checks.Messages {
	const setting = checks.Path("WHITENOISE_ALLOW_ALL_ORIGINS")
	decides := corsDecides(p)
	written := p.File().Origin(setting) != (checks.Range{})
	all, _ := settled.Value[bool](p, "CORS_ALLOW_ALL_ORIGINS")
	files, ok := settled.Get[staticApp](p)
	if !written || !s.AllowAllOrigins || all || decides == nil || entryOf(p, whiteNoiseName) == "" || !ok || !decides(files.StaticPrefix()+"x") {
		return nil
	}
	m := checks.Warningf("whitenoise.W102",
		"WHITENOISE_ALLOW_ALL_ORIGINS has no effect on %s: CORS_URLS_REGEX covers it, so the CORS_* settings say which origins may use its files", files.StaticPrefix()).
		On(setting).WithHint("write CORS_URLS_REGEX so that it covers only what the CORS settings are for, such as '^/api/.*$', or take this setting out")
	if regex := checks.Path("CORS_URLS_REGEX"); p.File().Origin(regex) != (checks.Range{}) {
		m = m.See(regex, "it covers static files")
	}
	return checks.Messages{m}
}
