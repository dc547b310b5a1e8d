package conditional

import "embed"

// Settings are none: Django's middleware has none.
type Settings struct{}

// Defaults are for what is made of other middleware too.
func Defaults() Settings { return Settings{} }

// Docs explain the settings, for settled.Documenter.
//
//go:embed settings.go
var Docs embed.FS
