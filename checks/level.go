package checks

import (
	"fmt"
	"strings"
)

// A Level is how grave a message is. The values are Django's.
type Level int

const (
	Debug    Level = 10
	Info     Level = 20
	Warning  Level = 30
	Error    Level = 40
	Critical Level = 50
)

// levels are all levels, the gravest first: the order of a printed report.
var levels = [...]Level{Critical, Error, Warning, Info, Debug}

// String is the level's name in lower case, as a message line has it.
func (l Level) String() string {
	switch l {
	case Debug:
		return "debug"
	case Info:
		return "info"
	case Warning:
		return "warning"
	case Error:
		return "error"
	case Critical:
		return "critical"
	}
	return fmt.Sprintf("level(%d)", int(l))
}

// LevelNames are the names that ParseLevel takes, the gravest first.
func LevelNames() []string {
	names := make([]string, len(levels))
	for i, l := range levels {
		names[i] = strings.ToUpper(l.String())
	}
	return names
}

// ParseLevel reads a level's name in upper case, as Django's --fail-level
// takes it. ok is false for any other text.
func ParseLevel(name string) (l Level, ok bool) {
	for _, l := range levels {
		if name == strings.ToUpper(l.String()) {
			return l, true
		}
	}
	return 0, false
}

// A Class says what a message means for starting a server, and whether it can
// be set aside.
type Class uint8

const (
	// Finding is every message that is not of the two classes below. It can
	// be silenced, skipped and filtered by tag.
	Finding Class = iota
	// Refused is what no project may do: nothing starts, and it can't be
	// silenced or skipped.
	Refused
	// Unbuildable is what leaves nothing to start: a syntax error, a wrong
	// type, an unknown app. It can't be silenced or skipped either.
	Unbuildable
)
