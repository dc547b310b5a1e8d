package settings

import (
	"maps"
	"slices"

	"github.com/settled-go/settled/checks"
)

// Suppose is the file as it would be if a setting that nobody takes, or an entry of
// one, had the name that it was probably meant to have: m is what Unclaimed says of it. So one can
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
	way, to := segments(m.Setting), segments(m.Meant)
	if len(to) == 0 || len(to) == 1 && !f.isFree(to[0].key) {
		return nil, false
	}
	g := &file{name: f.name, sources: slices.Clone(f.sources), env: f.env, claims: newClaims(), masks: map[*source]mask{}}
	for i, s := range f.sources {
		if _, ok := valueAt(s.values, way); !ok {
			continue
		}
		t := *s // with the value in its place
		t.values = maps.Clone(s.values)
		t.values[way[0].key] = clone(s.values[way[0].key])
		g.sources[i] = &t
		return g, move(t.values, way, to)
	}
	if text, ok := f.env[envPrefix+way[0].key]; ok && len(to) == 1 {
		g.env = maps.Clone(f.env)
		delete(g.env, envPrefix+way[0].key)
		g.env[envPrefix+to[0].key] = text
		return g, true
	}
	return nil, false
}

// isFree says whether a setting could be there, and is not.
func (f *file) isFree(name string) bool {
	alias := f.alias(name)
	return name != extends && !f.has(name) && (alias == "" || !f.has(alias))
}

// move moves an entry of a table to another place, unless something is there.
func move(values map[string]any, from, to []segment) bool {
	before, _ := valueAt(values, from[:len(from)-1])
	after, _ := valueAt(values, to[:len(to)-1])
	source, isTable := before.(map[string]any)
	target, alsoTable := after.(map[string]any)
	key, name := from[len(from)-1].key, to[len(to)-1].key
	if _, taken := target[name]; taken || !isTable || !alsoTable {
		return false
	}
	target[name] = source[key]
	delete(source, key)
	return true
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
