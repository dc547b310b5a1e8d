package settings

import (
	"path/filepath"
	"slices"
	"strings"
)

// An outline is what a TOML file looks like from afar, before anybody knows
// whether it is one of settings.
type outline struct {
	names   []string // at the top level
	extends []string // the paths of the files that EXTENDS names
	// broken says that the file is not TOML: the rest is then a guess, made
	// line by line.
	broken bool
}

// skim reads the outline of a file that is neither a pipe nor a device, and of
// none that it extends.
func skim(path string) (outline, error) {
	data, err := readRegular(path)
	if err != nil {
		return outline{}, err
	}
	s := newSource(path, data)
	if s.read() != nil {
		return guess(s), nil
	}
	var o outline
	for name := range s.values {
		o.names = append(o.names, name)
	}
	for _, b := range new(loader).names(s) {
		o.extends = append(o.extends, beside(path, b.name))
	}
	return o, nil
}

// guess is the outline of what no parser can read.
func guess(s *source) outline {
	o := outline{broken: true}
	for line := range strings.Lines(s.text) {
		name, value, found := strings.Cut(line, "=")
		name = strings.TrimSpace(name)
		if !found || strings.ContainsFunc(name, func(c rune) bool { return c > '~' || !isBare(byte(c)) }) {
			continue
		}
		o.names = append(o.names, name)
		if name != extends {
			continue
		}
		for part := range strings.FieldsFuncSeq(value, func(c rune) bool { return c == '"' || c == '\'' }) {
			if strings.HasSuffix(part, ".toml") {
				o.extends = append(o.extends, beside(s.name, part))
			}
		}
	}
	return o
}

// telling are the names that only a settings file has.
var telling = []string{"INSTALLED_APPS", "MIDDLEWARE", extends}

// isSettings says whether the file at path is one of settings, by what it holds.
// One that is called so is, too, unless all its names are in lower case: other
// programs have files of that name.
func (o outline) isSettings(path string) bool {
	if slices.ContainsFunc(telling, func(name string) bool { return slices.Contains(o.names, name) }) {
		return true
	}
	name := strings.TrimSuffix(filepath.Base(path), ".toml")
	if !strings.HasPrefix(name, "settings") && !strings.HasSuffix(name, "settings") {
		return false
	}
	return o.broken || len(o.names) == 0 || slices.ContainsFunc(o.names, func(name string) bool {
		return name == strings.ToUpper(name) || slices.Contains(telling, strings.ToUpper(name))
	})
}
