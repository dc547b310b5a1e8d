package bodylimit

import "embed"

// Settings are a limit, and where it does not hold.
type Settings struct {
	// RequestBodyLimit is how many bytes the body of a request may have; a longer
	// one is answered 413. Default: 10485760, which is 10 MiB.
	RequestBodyLimit int64 `toml:"REQUEST_BODY_LIMIT" validate:"min=1" wrong:"MAX_BODY_SIZE BODY_LIMIT CLIENT_MAX_BODY_SIZE MAX_CONTENT_LENGTH REQUEST_MAX_SIZE"`
	// RequestBodyLimitExempt are regular expressions, as of Python's re.search,
	// for paths without their first slash: there, bodies may have any length.
	// Default: none.
	RequestBodyLimitExempt []string `toml:"REQUEST_BODY_LIMIT_EXEMPT"`
}

// Defaults leave room for forms and photographs.
func Defaults() Settings {
	return Settings{RequestBodyLimit: 10 << 20, RequestBodyLimitExempt: []string{}}
}

// Docs explain the settings and checks, for settled.Documenter.
//
//go:embed settings.go checks.md
var Docs embed.FS
