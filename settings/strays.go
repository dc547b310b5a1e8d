package settings

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/settled-go/settled/checks"
)

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
	if t != nil && isLeaf(t) {
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
	types, names := map[string]reflect.Type{}, []string(nil)
	for _, f := range fieldsOf(t) {
		if types[f.name] = f.typ; f.typ != removedType {
			names = append(names, f.name)
		}
	}
	if typ, ok := types[key]; ok {
		s.look(value, typ, &trail{parent: table, key: key, entry: true})
		return
	}
	if s.misplaced(key, table) {
		return
	}
	path := table.path()
	m := checks.Errorf(idUnknown, "%s has no entry %s", path, shorten(checks.Path("").Key(key))).On(path.Key(key)).
		WithHint("take it out, or correct its name")
	slices.Sort(names)
	if meant := s.names.nearOf(key, names); meant != "" {
		m = m.WithHint("did you mean %s?", meant)
		m.Meant = path.Key(meant)
		s.concealLike(types[meant], m.Setting)
	}
	s.add(s.src, "", m)
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
	m := checks.Errorf(idInTable, "%s stands below a [table] header, which makes it %s", key, path.Key(key)).
		On(path.Key(key)).WithHint("move it above line %d, where the first table starts", x.lines.pos(x.header).Line)
	m.Meant = checks.Path("").Key(key)
	s.add(s.src, below(s.src, path), m)
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
