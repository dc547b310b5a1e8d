package command

import (
	"os"
	"slices"
	"strings"
)

// targets tells the labels of apps from files and directories among the
// arguments of check. What an installed app is called is a label; what exists,
// ends in .toml or holds a separator is a path.
func (r *run) targets(args []string) (labels, paths []string) {
	installed := labelsOf(r.read().project)
	for _, arg := range args {
		if isPath(arg, installed) {
			paths = append(paths, arg)
		} else {
			labels = append(labels, arg)
		}
	}
	return labels, paths
}

func isPath(arg string, installed []string) bool {
	if slices.Contains(installed, arg) {
		return false
	}
	if _, err := os.Stat(arg); err == nil || strings.HasSuffix(arg, ".toml") {
		return true
	}
	isImport := slices.Contains(installed, lastPart(arg)) // of an app: its label is meant
	return strings.ContainsRune(arg, '/') && !isImport || strings.ContainsRune(arg, os.PathSeparator) && !isImport
}
