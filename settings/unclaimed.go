package settings

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
)

// Unclaimed reports what the file, its bases and the environment say that no
// app takes, in the order of a report. It is for after every Decode and Offer.
//
//   - settings.E002: no app has such a setting, or a table no such entry
//   - settings.E004: a setting below a [table] header, which makes it an entry
//     of the table
//   - settings.E005: a setting's name in the wrong case
//   - settings.E006: a setting of an app that is not installed
//   - settings.E008: a variable that overrides no setting
func (f *File) Unclaimed() checks.Messages {
	s := newSurvey(f)
	for _, src := range f.sources {
		s.read(src)
	}
	s.readVariables()
	s.found.Sort()
	return s.found
}

// A survey is one search for what is unclaimed.
type survey struct {
	f      *File
	claims claims
	folded map[string]string // all settings by their names in lower case
	names  suggester
	found  checks.Messages
}

func newSurvey(f *File) *survey {
	f.mu.Lock()
	defer f.mu.Unlock()
	s := &survey{f: f, folded: map[string]string{}}
	s.claims = claims{installed: maps.Clone(f.claims.installed), linked: maps.Clone(f.claims.linked)}
	s.names.names = s.claims.all()
	for _, name := range slices.Backward(s.names.names) {
		s.folded[strings.ToLower(name)] = name
	}
	return s
}

func (s *survey) read(src *source) {
	for _, name := range slices.Sorted(maps.Keys(src.values)) {
		if name == extends {
			continue
		}
		c, ok := s.claims.installed[name]
		if !ok {
			s.unknown(src, name)
		}
		strays{s, src}.look(src.values[name], c.typ, &trail{key: name})
	}
}

// unknown reports a setting that no installed app has.
func (s *survey) unknown(src *source, name string) {
	path := checks.Path("").Key(name)
	c, linked := s.claims.linked[name]
	meant := s.folded[strings.ToLower(name)]
	if meant == "" {
		meant = s.names.near(name)
	}
	if other, ok := s.claims.find(meant); ok {
		s.concealLike(other.typ, path)
	}
	var m checks.Message
	switch {
	case linked:
		m = checks.Errorf("settings.E006", "%s is a setting of %s, which is not installed", path, c.app).
			WithHint("add %q to INSTALLED_APPS", c.app)
	case strings.EqualFold(meant, name):
		m = checks.Errorf("settings.E005", "no app has a setting %s: upper and lower case differ", shorten(path)).
			WithHint("write %s", meant)
	case meant != "":
		m = checks.Errorf("settings.E002", "no installed app has a setting %s", shorten(path)).WithHint("did you mean %s?", meant)
	default:
		m = checks.Errorf("settings.E002", "no installed app has a setting %s", shorten(path)).
			WithHint("take it out, or add its app to INSTALLED_APPS")
	}
	s.add(src, m.On(path))
}

// concealLike hides a value that was probably meant for a setting of a type.
func (s *survey) concealLike(t reflect.Type, path checks.Path) {
	if holdsSecret(t) {
		s.f.conceal([]checks.Path{path})
	}
}

// add reports a name.
func (s *survey) add(src *source, m checks.Message) {
	m.At = s.f.locateNameIn(src, m.Setting)
	s.found = append(s.found, m)
}

// readVariables looks at the environment. What Decode has taken is claimed.
func (s *survey) readVariables() {
	for _, variable := range slices.Sorted(maps.Keys(s.f.env)) {
		name, ok := strings.CutPrefix(variable, envPrefix)
		if _, claimed := s.claims.installed[name]; !ok || claimed || variable == envFile {
			continue
		}
		m := checks.Errorf("settings.E008", "%s overrides nothing: no installed app has a setting %s",
			shorten(checks.Path("").Key(variable)), shorten(checks.Path("").Key(name))).WithHint("unset it")
		if c, linked := s.claims.linked[name]; linked {
			m = m.WithHint("add %q to INSTALLED_APPS", c.app)
		} else if meant := s.names.near(name); meant != "" {
			m = m.WithHint("did you mean %s%s?", envPrefix, meant)
		}
		if name == extends {
			m.Text, m.Hint = variable+" overrides nothing: which files to read is said in files alone", "set EXTENDS in the file"
		}
		m = m.On(checks.Path("").Key(name)).Of(checks.Unbuildable)
		m.At = checks.Range{File: variable}
		s.found = append(s.found, m)
	}
}

// strays looks for what nobody takes inside the values of a source.
type strays struct {
	*survey
	src *source
}

// look goes through a value. t is the type that it is decoded into, nil when
// that says nothing of its entries.
func (s strays) look(value any, t reflect.Type, at *trail) {
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if t != nil && (isText(t) || t == timeType) {
		return
	}
	if table, ok := value.(map[string]any); ok {
		for _, key := range slices.Sorted(maps.Keys(table)) {
			s.entry(key, table[key], t, at)
		}
		return
	}
	length, element := elements(value)
	below := &trail{parent: at}
	for below.index = range max(length, 0) {
		switch e := element(below.index); e.(type) {
		case map[string]any, []any, []map[string]any:
			s.look(e, elementType(t), below)
		}
	}
}

// entry looks at an entry of a table.
func (s strays) entry(key string, value any, t reflect.Type, table *trail) {
	if t == nil || t.Kind() != reflect.Struct {
		if !s.misplaced(key, table) {
			s.look(value, elementType(t), &trail{parent: table, key: key, entry: true})
		}
		return
	}
	types := map[string]reflect.Type{}
	for _, f := range fieldsOf(t) {
		types[f.name] = f.typ
	}
	if typ, ok := types[key]; ok {
		s.look(value, typ, &trail{parent: table, key: key, entry: true})
		return
	}
	if s.misplaced(key, table) {
		return
	}
	path := table.path()
	m := checks.Errorf("settings.E002", "%s has no entry %s", path, shorten(checks.Path("").Key(key))).On(path.Key(key))
	if meant := s.names.nearOf(key, slices.Sorted(maps.Keys(types))); meant != "" {
		m = m.WithHint("did you mean %s?", meant)
		s.concealLike(types[meant], m.Setting)
	}
	s.add(s.src, m)
}

// misplaced reports an entry that is a setting and stands below a header.
func (s strays) misplaced(key string, table *trail) bool {
	if _, ok := s.claims.find(key); !ok && key != extends {
		return false
	}
	path := table.path()
	x := s.src.index()
	n, whole := x.root.find(segments(path.Key(key)))
	if !whole || n.below < 0 {
		return false
	}
	s.add(s.src, checks.Errorf("settings.E004", "%s stands below a [table] header, which makes it %s", key, path.Key(key)).
		On(path.Key(key)).WithHint("move it above line %d, where the first table starts", x.lines.pos(x.header.start).Line))
	return true
}

// elementType is what the elements of a list or the entries of a table are
// decoded into; nil when that is anything.
func elementType(t reflect.Type) reflect.Type {
	if t == nil {
		return nil
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map:
		return t.Elem()
	}
	return nil
}

// shorten cuts a name that is too long to be one.
func shorten(path checks.Path) string {
	if len(path) <= longName {
		return string(path)
	}
	return strings.ToValidUTF8(string(path[:longName]), "") + "…"
}
