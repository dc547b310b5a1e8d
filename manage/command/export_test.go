package command

import "io"

var (
	NewConsole   = newConsole
	ParsePalette = parsePalette
	PaintStatus  = paintStatus
	PlainText    = plainText
)

// Color is whether a program with these arguments colours what it writes to w.
func Color(w io.Writer, args ...string) bool { return early(args).color(w) }
