package requestid

import (
	"embed"
	"net/http"
)

// Settings are the header, and what the site knows of proxies.
type Settings struct {
	// RequestIDHeader is the header with a request's id: in the answer, for
	// handlers and what they call, and from a proxy that is trusted. Default:
	// X-Request-ID.
	RequestIDHeader string `toml:"REQUEST_ID_HEADER" wrong:"LOG_REQUEST_ID_HEADER REQUEST_ID_RESPONSE_HEADER GUID_HEADER_NAME CORRELATION_ID_HEADER"`

	// FromTrustedProxy says whether the id that a request comes with counts.
	// Without it, none does.
	FromTrustedProxy func(*http.Request) bool `toml:"-"`
}

// Defaults are the header that most proxies set.
func Defaults() Settings { return Settings{RequestIDHeader: "X-Request-ID"} }

// Docs explain the settings and checks, for settled.Documenter.
//
//go:embed settings.go checks.md
var Docs embed.FS
