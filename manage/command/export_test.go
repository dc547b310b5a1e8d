package command

import (
	"io"
	"testing"
	"time"
)

var (
	NewConsole   = newConsole
	ParsePalette = parsePalette
	PaintStatus  = paintStatus
	InParallel   = inParallel
	PlainText    = plainText
)

// Color is whether a program with these arguments colours what it writes to w.
func Color(w io.Writer, args ...string) bool { return early(args).color(w) }

// ShowsProgress is whether a program with these arguments says on stderr what
// takes long.
func ShowsProgress(stderr io.Writer, args ...string) bool {
	return (&run{Program: Program{Stderr: stderr}, options: early(args)}).showsProgress()
}

// SetProgressDelay is how long something may take without a word.
func SetProgressDelay(d time.Duration) (reset func()) {
	was := progressDelay
	progressDelay = d
	return func() { progressDelay = was }
}

// SetReadyLimit makes runserver speak earlier of a site that is not ready.
func SetReadyLimit(t *testing.T, limit time.Duration) {
	before := readyLimit
	readyLimit = limit
	t.Cleanup(func() { readyLimit = before })
}

// UntilHangUp is untilHangUp.
var UntilHangUp = untilHangUp
