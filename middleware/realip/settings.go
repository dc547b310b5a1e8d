package realip

import (
	"embed"
	"net/http"
	"net/netip"
)

// Settings are what the site knows of proxies: the setting TRUSTED_PROXIES is the
// project's own.
type Settings struct {
	// FromTrustedProxy says whether the peer of the connection is a proxy whose word
	// counts. Without it, none does, and nothing is changed.
	FromTrustedProxy func(*http.Request) bool `toml:"-"`
	// ClientAddr is who sent a request to the outermost trusted proxy.
	ClientAddr func(*http.Request) netip.Addr `toml:"-"`
}

// Defaults trust nobody.
func Defaults() Settings { return Settings{} }

// Docs explain the checks, for settled.Documenter.
//
//go:embed settings.go checks.md
var Docs embed.FS
