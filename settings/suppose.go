package settings

import (
	"maps"
	"slices"

	"github.com/settled-go/settled/checks"
)

// Suppose is the file as it would be if a setting that nobody takes had the name
// that it was probably meant to have: m is what Unclaimed says of it. So one can
// see what follows from the slip. The file is for one more project; places in it
// are those of the slip. ok is false when nothing is known to be meant, or when
// the setting is there under its own name too.
func (f *File) Suppose(m checks.Message) (supposed *File, ok bool) {
	g, ok := f.open().suppose(m)
	if !ok {
		return nil, false
	}
	return &File{f.name, func() *file { return g }}, true
}

func (f *file) suppose(m checks.Message) (*file, bool) {
	meant := string(m.Meant)
	if alias := f.alias(meant); meant == "" || meant == extends || f.has(meant) || alias != "" && f.has(alias) {
		return nil, false
	}
	g := &file{name: f.name, sources: slices.Clone(f.sources), env: f.env, claims: newClaims(), masks: map[*source]mask{}}
	way := segments(m.Setting)
	for i, s := range f.sources {
		value, ok := valueAt(s.values, way)
		if !ok {
			continue
		}
		t := *s // with the value in its place
		t.values = maps.Clone(s.values)
		t.values[way[0].key] = clone(s.values[way[0].key])
		table, _ := valueAt(t.values, way[:len(way)-1])
		delete(table.(map[string]any), way[len(way)-1].key)
		t.values[meant] = value
		g.sources[i] = &t
		return g, true
	}
	if text, ok := f.env[envPrefix+way[0].key]; ok {
		g.env = maps.Clone(f.env)
		delete(g.env, envPrefix+way[0].key)
		g.env[envPrefix+meant] = text
		return g, true
	}
	return nil, false
}

// valueAt is the part of a value that a path leads to.
func valueAt(value any, way []segment) (part any, ok bool) {
	for _, s := range way {
		table, isTable := value.(map[string]any)
		length, element := elements(value)
		switch {
		case s.index < 0 && isTable:
			if value, ok = table[s.key]; !ok {
				return nil, false
			}
		case s.index >= 0 && s.index < length:
			value = element(s.index)
		default:
			return nil, false
		}
	}
	return value, true
}
