package settings

import (
	"slices"

	"github.com/settled-go/settled/checks"
)

// Origins are all places that say something of a setting, under its old name
// too: the one that counts first, then those that it overrides. Each is as
// Origin has it. There are none for a default, and for a setting that no app
// has offered. Of EXTENDS each counts, for its own file.
func (f *File) Origins(setting string) []checks.Range { return f.open().origins(setting) }

func (f *file) origins(setting string) []checks.Range {
	layers := f.layers(setting)
	if setting == extends {
		layers = f.extensions()
	}
	if alias := f.alias(setting); alias != "" {
		layers = slices.Concat(layers, f.layers(alias))
	}
	var all []checks.Range
	for _, l := range layers {
		if l.variable != "" {
			all = append(all, checks.Range{File: l.variable})
		} else {
			all = append(all, f.locateIn(l.source, checks.Path("").Key(l.name), [2]int{}))
		}
	}
	return all
}

// extensions are the files that have an EXTENDS of their own.
func (f *file) extensions() []layer {
	var all []layer
	for _, s := range f.sources {
		if value, ok := s.values[extends]; ok {
			all = append(all, layer{name: extends, source: s, value: value})
		}
	}
	return all
}
