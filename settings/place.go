package settings

import (
	"slices"

	"github.com/settled-go/settled/checks"
)

// Place fills in where the settings are written that messages are about, and
// that their Related are about, and what their Fixes change, in a copy with the
// same order. A setting that nothing says anything of is placed in the file,
// without a line; one that the environment holds, at the variable. What has a
// place or names no setting stays as it is. Neither Source nor a change shows a
// secret or a value with a hidden name, and no text the password of a URL.
//
// It takes time in proportion to the file's size and the messages' number.
func (f *File) Place(ms checks.Messages) checks.Messages { return f.open().place(ms) }

func (f *file) place(ms checks.Messages) checks.Messages {
	placed := slices.Clone(ms)
	for i := range placed {
		m := &placed[i]
		if m.At == (checks.Range{}) && m.Setting != "" {
			m.At = f.locate(m.Setting, m.Span)
		}
		f.placeFixes(m)
		m.Text, m.Hint = HidePasswords(m.Text), HidePasswords(m.Hint)
		m.Related = slices.Clone(m.Related)
		for j, r := range m.Related {
			m.Related[j].Text = HidePasswords(r.Text)
			if r.At == (checks.Range{}) && r.Setting != "" {
				m.Related[j].At = f.locate(r.Setting, [2]int{})
			}
		}
	}
	return placed
}

// Origin is where the value of a setting, or of a part of it, is written. The
// File of a value from the environment is the variable's name, with a zero
// Start; that of a default is a zero Range.
func (f *File) Origin(setting checks.Path) checks.Range { return f.open().origin(setting) }

func (f *file) origin(setting checks.Path) checks.Range {
	if _, _, ok := f.effective(setting); !ok {
		return checks.Range{}
	}
	return f.locate(setting, [2]int{})
}

// Beside is a path that is the value of a setting, or of a part of it: a relative one
// starts at the folder of the file that holds it, or, from the environment, of f. ""
// stays that. The result is as relative as the names of the files are.
func (f *File) Beside(setting checks.Path, path string) string {
	if path == "" {
		return ""
	}
	file := f.Name()
	if at := f.Origin(setting); at.Start.Line > 0 {
		file = at.File
	}
	return beside(file, path)
}

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

// Written is a setting, or a part of it, under the name that the file or the
// environment has for it, which may be an old one. What nothing says anything
// of keeps its name.
func (f *File) Written(setting checks.Path) checks.Path {
	if _, path, ok := f.open().effective(setting); ok {
		return path
	}
	return setting
}

// effective is the layer that counts for a setting, and the setting's path with
// the old name when only that is there.
func (f *file) effective(path checks.Path) (layer, checks.Path, bool) {
	way := segments(path)
	if len(way) == 0 {
		return layer{}, path, false
	}
	name := way[0].key
	if layers := f.layers(name); len(layers) > 0 {
		return layers[0], path, true
	}
	if alias := f.alias(name); alias != "" {
		if layers := f.layers(alias); len(layers) > 0 {
			first := checks.Path("").Key(name)
			return layers[0], checks.Path("").Key(alias) + path[len(first):], true
		}
	}
	return layer{}, path, false
}

// alias is the old name of a setting, when there is one.
func (f *file) alias(name string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	if c, _ := f.claims.find(name); c.name == name {
		return c.alias
	}
	return ""
}

// locate is where a value is written, or the part of a string in it.
func (f *file) locate(path checks.Path, part [2]int) checks.Range {
	return f.where(path, func(s *source, path checks.Path) checks.Range { return f.locateIn(s, path, part) })
}

// locateName is where the name of a setting is written.
func (f *file) locateName(path checks.Path) checks.Range { return f.where(path, f.locateNameIn) }

// where asks the source that counts for a setting.
func (f *file) where(path checks.Path, in func(*source, checks.Path) checks.Range) checks.Range {
	l, path, ok := f.effective(path)
	switch {
	case !ok:
		return checks.Range{File: f.name}
	case l.variable != "":
		return checks.Range{File: l.variable}
	}
	return in(l.source, path)
}

// locateIn is where one of the files holds a value.
func (f *file) locateIn(s *source, path checks.Path, part [2]int) checks.Range {
	n, whole := s.index().root.find(segments(path))
	at, hidden := n.place(), f.mask(s)
	if whole && part != [2]int{} && !hidden.covers(at) {
		narrowed := narrow(s.text[at.start:at.end], part)
		at = span{at.start + narrowed.start, at.start + narrowed.end}
	}
	return s.show(at, hidden)
}

// locateNameIn is where one of the files holds a name.
func (f *file) locateNameIn(s *source, path checks.Path) checks.Range {
	n, _ := s.index().root.find(segments(path))
	return s.show(n.key, f.mask(s))
}
