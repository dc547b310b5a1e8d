package clickjacking

import "embed"

// Settings are Django's.
type Settings struct {
	// XFrameOptions is the X-Frame-Options header of responses that have
	// none: DENY for no frame at all, SAMEORIGIN for frames of this site. Default:
	// DENY.
	XFrameOptions string `toml:"X_FRAME_OPTIONS"`
}

// Defaults are Django's.
func Defaults() Settings { return Settings{XFrameOptions: "DENY"} }

// Docs explain the settings, for settled.Documenter.
//
//go:embed settings.go checks.md
var Docs embed.FS
