package notes

import (
	"embed"
	"io/fs"
)

//go:embed app.go checks.md
var docs embed.FS

// Docs are the doc comments of the settings and the pages of the checks: what
// `manage settings show` and `manage check --explain` print, and editors show.
func (a *App) Docs() fs.FS { return docs }
