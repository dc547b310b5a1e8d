package checks

import (
	"cmp"
	"slices"
	"strings"
)

// LevelOf is the level that an id's letter stands for: app.W101 is a warning. It
// is 0 for what is no id.
func LevelOf(id string) Level {
	_, letter := splitID(id)
	i := slices.IndexFunc(levels[:], func(l Level) bool {
		return letter != "" && strings.HasPrefix(strings.ToUpper(l.String()), letter[:1])
	})
	if i < 0 {
		return 0
	}
	return levels[i]
}

// CompareIDs orders ids as a list of them reads best: by what stands before the
// dot, then by number, then by level.
func CompareIDs(a, b string) int {
	appA, restA := splitID(a)
	appB, restB := splitID(b)
	return cmp.Or(strings.Compare(appA, appB), strings.Compare(number(restA), number(restB)), strings.Compare(restA, restB))
}

// splitID parts an id at its last dot.
func splitID(id string) (app, rest string) {
	i := strings.LastIndexByte(id, '.')
	if i < 0 {
		return id, ""
	}
	return id[:i], id[i+1:]
}

func number(rest string) string { return strings.TrimLeft(rest, "CEWID") }
