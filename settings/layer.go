package settings

// A layer is one of the places that say what a setting is: a variable, or a
// file.
type layer struct {
	name     string // of the setting
	variable string // empty for a file
	text     string // of the variable
	source   *source
	value    any // in the source
}

// layers are all that say something of a setting. The first one counts.
func (f *file) layers(name string) []layer {
	var all []layer
	if variable, text, ok := f.env.override(name); ok {
		all = append(all, layer{name: name, variable: variable, text: text})
	}
	for _, s := range f.sources {
		if value, ok := s.values[name]; ok && name != extends {
			all = append(all, layer{name: name, source: s, value: value})
		}
	}
	return all
}

// has reports whether anything says something of a setting.
func (f *file) has(name string) bool { return len(f.layers(name)) > 0 }
