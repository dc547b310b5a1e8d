package timeout

import (
	"embed"
	"time"
)

// Settings are a time, and where it does not hold.
type Settings struct {
	// RequestTimeout is how long a handler may take until it begins its
	// response: then the answer is 503. Default: 30s.
	RequestTimeout time.Duration `toml:"REQUEST_TIMEOUT" validate:"gt=0" wrong:"TIMEOUT REQUEST_TIMEOUT_SECONDS HANDLER_TIMEOUT"`
	// RequestTimeoutExempt are regular expressions, as of Python's re.search, for
	// paths without their first slash: there, a handler may take as long as it
	// likes. Default: none.
	RequestTimeoutExempt []string `toml:"REQUEST_TIMEOUT_EXEMPT"`
}

// Defaults are what most proxies wait for at least.
func Defaults() Settings {
	return Settings{RequestTimeout: 30 * time.Second, RequestTimeoutExempt: []string{}}
}

// Docs explain the settings and checks, for settled.Documenter.
//
//go:embed settings.go checks.md
var Docs embed.FS
