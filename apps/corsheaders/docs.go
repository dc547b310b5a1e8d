package corsheaders

import (
	"embed"
	"io/fs"
)

//go:embed settings.go docs/*.md
var docs embed.FS

// Docs is for settled.Documenter.
func (a *App) Docs() fs.FS { return docs }
