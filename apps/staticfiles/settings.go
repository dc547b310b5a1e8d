package staticfiles

import "github.com/settled-go/settled/settings"

// Settings are Django's.
type Settings struct {
	// StaticURL is where static files are served: a path such as "/static/", or
	// the URL of another host that serves them, such as
	// "https://cdn.example.com/". It ends with a slash; "static/" is "/static/".
	// Default: "static/", which is what Django's startproject writes.
	StaticURL string `toml:"STATIC_URL" wrong:"STATIC_PATH STATICFILES_URL STATIC_PREFIX ASSETS_URL" validate:"static_url"`
	// StaticRoot is the folder into which collectstatic puts all files, and from
	// which WhiteNoise or another server serves them. It belongs to collectstatic:
	// what is in it may be overwritten. A relative path starts at the file that has
	// the setting. Default: none.
	StaticRoot string `toml:"STATIC_ROOT" wrong:"STATICFILES_ROOT STATIC_DIR STATIC_FOLDER"`
	// StaticFilesDirs are further folders with static files, looked at before those of
	// the apps: a path, or a prefix and a path, ["downloads", "/srv/downloads"], whose
	// files are at downloads/... Relative paths start at the file that has the
	// setting. Default: none.
	StaticFilesDirs []any `toml:"STATICFILES_DIRS" wrong:"STATIC_DIRS STATICFILES_DIR STATICFILE_DIRS" check:"staticfiles.E001" should:"be a list of paths, and of pairs of a prefix and a path" validate:"static_dirs"`
	// StaticFilesFinders are where files are looked for, in this order: in
	// STATICFILES_DIRS, and in the apps. Default: both.
	StaticFilesFinders []string `toml:"STATICFILES_FINDERS" wrong:"STATIC_FINDERS STATICFILE_FINDERS" validate:"finders"`
	// Storages say how files are kept. Only the entry staticfiles is looked at:
	// its BACKEND says what collectstatic makes of the files, and whether URLs have
	// hashes. Default: django.contrib.staticfiles.storage.StaticFilesStorage, which
	// takes the files as they are.
	Storages map[string]Storage `toml:"STORAGES" validate:"storages"`
	// StaticFilesStorage is of Django before 5.1.
	StaticFilesStorage settings.Removed `toml:"STATICFILES_STORAGE" removed:": Django 5.1 has STORAGES instead, as in STORAGES = { staticfiles = { BACKEND = \"...\" } }"`
	// WhiteNoiseKeepOnlyHashedFiles leaves no file without a hash in STATIC_ROOT,
	// with WhiteNoise's storage with a manifest. Default: false.
	WhiteNoiseKeepOnlyHashedFiles bool `toml:"WHITENOISE_KEEP_ONLY_HASHED_FILES"`
	// WhiteNoiseSkipCompressExtensions are the extensions of files that WhiteNoise's
	// storages don't compress, without a dot. Default: those of images, archives,
	// Flash and WOFF.
	WhiteNoiseSkipCompressExtensions []string `toml:"WHITENOISE_SKIP_COMPRESS_EXTENSIONS"`
	// WhiteNoiseManifestStrict makes a file that the manifest does not have an
	// error; if not, URL gives such a file's URL without a hash. Default: true.
	WhiteNoiseManifestStrict bool `toml:"WHITENOISE_MANIFEST_STRICT"`
}

// A Storage is an entry of STORAGES.
type Storage struct {
	// Backend is a name of Django's or WhiteNoise's, see Settings.Storages.
	Backend string `toml:"BACKEND"`
	// Options are those of the backend: manifest_strict and
	// support_js_module_import_aggregation, both true or false, which in Django are
	// attributes of a class of one's own.
	Options map[string]any `toml:"OPTIONS"`
}

// The backends that are understood.
const (
	plainBackend              = "django.contrib.staticfiles.storage.StaticFilesStorage"
	manifestBackend           = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
	compressedBackend         = "whitenoise.storage.CompressedStaticFilesStorage"
	compressedManifestBackend = "whitenoise.storage.CompressedManifestStaticFilesStorage"
)

var backends = []string{plainBackend, manifestBackend, compressedBackend, compressedManifestBackend}

// The finders that are understood.
const (
	dirsFinder = "django.contrib.staticfiles.finders.FileSystemFinder"
	appsFinder = "django.contrib.staticfiles.finders.AppDirectoriesFinder"
)

// alias is the entry of STORAGES that is looked at.
const alias = "staticfiles"

// Defaults are Django's and WhiteNoise's.
func Defaults() Settings {
	return Settings{
		StaticURL:          "static/",
		StaticFilesDirs:    []any{},
		StaticFilesFinders: []string{dirsFinder, appsFinder},
		Storages:           map[string]Storage{alias: {Backend: plainBackend}},
		WhiteNoiseSkipCompressExtensions: []string{
			"jpg", "jpeg", "png", "gif", "webp",
			"zip", "gz", "tgz", "bz2", "tbz", "xz", "br", "zst",
			"swf", "flv", "woff", "woff2",
		},
		WhiteNoiseManifestStrict: true,
	}
}

func (s Settings) hashes() bool {
	b := s.Storages[alias].Backend
	return b == manifestBackend || b == compressedManifestBackend
}

func (s Settings) compresses() bool {
	b := s.Storages[alias].Backend
	return b == compressedBackend || b == compressedManifestBackend
}

// strict says whether a file that the manifest lacks is an error.
func (s Settings) strict() bool {
	if strict, ok := s.option("manifest_strict"); ok {
		return strict
	}
	return s.WhiteNoiseManifestStrict
}

// modules says whether imports of JavaScript modules are rewritten.
func (s Settings) modules() bool {
	modules, _ := s.option("support_js_module_import_aggregation")
	return modules
}

func (s Settings) option(name string) (value, ok bool) {
	value, ok = s.Storages[alias].Options[name].(bool)
	return value, ok
}
