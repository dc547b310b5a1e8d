package whitenoise

import (
	"embed"
	"io/fs"
)

// Settings are WhiteNoise's. The fields below the settings say what else is known of the
// site; each may be left out.
type Settings struct {
	// AutoRefresh looks at the files for each request, instead of once at the start.
	// It is slow, and for development. Default: DEBUG.
	AutoRefresh *bool `toml:"WHITENOISE_AUTOREFRESH"`
	// UseFinders serves files from where they are found, STATICFILES_DIRS and the
	// apps, without collectstatic. Default: DEBUG.
	UseFinders *bool `toml:"WHITENOISE_USE_FINDERS"`
	// MaxAge is for how many seconds browsers and caches keep a file without asking,
	// unless its name has a hash: then it is ten years. Default: 60; 0 while DEBUG is
	// on.
	MaxAge *int `toml:"WHITENOISE_MAX_AGE" validate:"omitnil,min=0"`
	// AllowAllOrigins sends "Access-Control-Allow-Origin: *", so that pages of other
	// origins can use fonts and modules of this one. Where a CORS middleware
	// decides, on the paths of CORS_URLS_REGEX, that decides alone, and this
	// setting has no effect. Default: true.
	AllowAllOrigins bool `toml:"WHITENOISE_ALLOW_ALL_ORIGINS"`
	// Charset is that of files whose type is text. Default: utf-8.
	Charset string `toml:"WHITENOISE_CHARSET"`
	// MimeTypes are further types of files, by extension or whole name, in lower case:
	// { ".foo" = "application/x-foo" }. Default: none.
	MimeTypes map[string]string `toml:"WHITENOISE_MIMETYPES"`
	// IndexFile is the name of the file that is served for a folder; true means
	// index.html, and false none. Default: false.
	IndexFile any `toml:"WHITENOISE_INDEX_FILE"`
	// ImmutableFileTest is a regular expression, searched for in the URL's path: files
	// that have a match never change, and are kept for ten years. It is Python's.
	// Default: none, so that it is those that collectstatic gave a hash.
	ImmutableFileTest string `toml:"WHITENOISE_IMMUTABLE_FILE_TEST"`
	// Root is a folder whose files are served at the root of the site, such as
	// robots.txt. A relative path starts at the file that has the setting.
	// Default: none.
	Root string `toml:"WHITENOISE_ROOT"`
	// StaticPrefix is the path below which the static files are. Default: that of
	// STATIC_URL.
	StaticPrefix *string `toml:"WHITENOISE_STATIC_PREFIX"`

	// Debug is what DEBUG is.
	Debug bool `toml:"-"`
	// StaticURL is the path below which the static files are, such as "/static/".
	StaticURL string `toml:"-"`
	// StaticRoot is the folder that collectstatic fills.
	StaticRoot string `toml:"-"`
	// Finder finds files that are not collected.
	Finder Finder `toml:"-"`
	// IsHashed says whether a name below StaticURL has a hash of the content in it.
	IsHashed func(name string) bool `toml:"-"`
	// CORSDecides says whether a CORS middleware decides about a path.
	CORSDecides func(path string) bool `toml:"-"`
}

// A Finder finds static files by their names below STATIC_URL.
type Finder interface {
	OpenStatic(name string) (fs.File, fs.FileInfo, error)
	StaticNames() ([]string, error)
}

// Defaults are WhiteNoise's.
func Defaults() Settings {
	return Settings{AllowAllOrigins: true, Charset: "utf-8", MimeTypes: map[string]string{}, IndexFile: false}
}

// Docs explain the settings and checks, for settled.Documenter.
//
//go:embed settings.go checks.md
var Docs embed.FS

func or[T any](p *T, value T) T {
	if p != nil {
		return *p
	}
	return value
}

// index is the name of the index file, "" for none. ok is false for what is
// neither a name nor true nor false.
func (s Settings) index() (name string, ok bool) {
	switch v := s.IndexFile.(type) {
	case nil:
		return "", true
	case bool:
		if v {
			return "index.html", true
		}
		return "", true
	case string:
		return v, true
	}
	return "", false
}
