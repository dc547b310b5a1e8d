package gzip

import "embed"

// Settings are Settled's own: Django's middleware has none.
type Settings struct {
	// Encodings are the ways to compress, the one to take first among those that a
	// client likes equally well: zstd, gzip and br. gzip alone is what Django does.
	// zstd costs no more time than gzip and is often smaller; br is smaller still,
	// and takes five times as long. Default: zstd, gzip, br.
	Encodings []string `toml:"COMPRESS_ENCODINGS" validate:"min=1,unique,dive,oneof=zstd gzip br" wrong:"GZIP_ENCODINGS COMPRESS_ALGORITHMS COMPRESSION_ENCODINGS"`
}

// Defaults are all encodings.
func Defaults() Settings { return Settings{Encodings: []string{"zstd", "gzip", "br"}} }

// Docs explain the settings, for settled.Documenter.
//
//go:embed settings.go
var Docs embed.FS
