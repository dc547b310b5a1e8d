package settings

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/settled-go/settled/checks"
)

// A place is a field of a settings struct, of a table in it, or an element.
type place struct {
	path    checks.Path
	order   []step
	field   field        // the nearest
	owner   reflect.Type // the struct of field; nil for none
	element bool         // inside of field's list or table
	keyed   bool         // what stands here has keys
}

// A step is one part of a path, made to sort: a field or an element by its
// number, an entry of a table by its key.
type step struct {
	number int
	key    string
}

func (s step) compare(other step) int {
	return cmp.Or(cmp.Compare(s.number, other.number), cmp.Compare(s.key, other.key))
}

// locate finds what validator calls path, such as NAME[0] or NAME[key].FIELD,
// in a struct. What has no TOML name keeps validator's.
func locate(settings reflect.Value, path string) place {
	if at, ok := (place{}).find(settings, path); ok {
		return at
	}
	return place{path: checks.Path(path)}
}

// find goes down from p, at which v stands, along rest. Keys may hold the
// signs of the path, so what fits is tried until the rest fits too.
func (p place) find(v reflect.Value, rest string) (place, bool) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	p.keyed = v.Kind() == reflect.Struct || v.Kind() == reflect.Map
	if rest == "" {
		return p, true
	}
	switch v.Kind() {
	case reflect.Struct:
		return p.findField(v, strings.TrimPrefix(rest, "."))
	case reflect.Slice, reflect.Array:
		number, rest, _ := strings.Cut(strings.TrimPrefix(rest, "["), "]")
		i, err := strconv.Atoi(number)
		if err != nil || i >= v.Len() {
			return place{}, false
		}
		return p.down(p.path.Index(i), step{number: i}).find(v.Index(i), rest)
	case reflect.Map:
		return p.findKey(v, rest)
	}
	return place{}, false
}

func (p place) findField(v reflect.Value, rest string) (place, bool) {
	for i, f := range fieldsOf(v.Type()) {
		after, ok := strings.CutPrefix(rest, f.name)
		if !ok || after != "" && after[0] != '.' && after[0] != '[' {
			continue
		}
		at := p.down(p.path.Key(f.name), step{number: i})
		at.field, at.owner, at.element = f, v.Type(), false
		if found, ok := at.find(v.FieldByIndex(f.index), after); ok {
			return found, true
		}
	}
	return place{}, false
}

func (p place) findKey(v reflect.Value, rest string) (place, bool) {
	if v.Type().Key().Kind() != reflect.String {
		return place{}, false
	}
	for end := 1; end < len(rest); end++ {
		if rest[end] != ']' {
			continue
		}
		key := rest[1:end]
		entry := v.MapIndex(reflect.ValueOf(key).Convert(v.Type().Key()))
		if !entry.IsValid() {
			continue
		}
		at := p.down(p.path.Key(key), step{key: key})
		if found, ok := at.find(entry, rest[end+1:]); ok {
			return found, true
		}
	}
	return place{}, false
}

func (p place) down(path checks.Path, s step) place {
	p.path, p.element = path, true
	p.order = append(slices.Clip(p.order), s)
	return p
}

// join is the place of a path that a rule gave for p: relative to p, or one
// that starts with a setting of the struct or, when p has no parts of that
// kind, with some other setting.
func (p place) join(path checks.Path, settings reflect.Type) place {
	if path == "" {
		return p
	}
	if path[0] == '[' {
		p.path += path
		p.order = append(slices.Clip(p.order), steps(string(path))...)
		return p
	}
	rest := string(path[len(path.Name()):])
	for i, f := range fieldsOf(settings) {
		if f.name == path.Name() {
			return place{path: path, order: append([]step{{number: i}}, steps(rest)...)}
		}
	}
	if !p.keyed {
		return place{path: path, order: p.order}
	}
	p.order = append(slices.Clip(p.order), steps(string(path))...)
	p.path += "." + checks.Path(strings.TrimPrefix(string(path), "."))
	return p
}

// steps are the parts of a path below a setting.
func steps(path string) []step {
	var all []step
	for path != "" {
		if path[0] == '[' {
			number, rest, _ := strings.Cut(path[1:], "]")
			i, _ := strconv.Atoi(number)
			all, path = append(all, step{number: i}), rest
			continue
		}
		path = strings.TrimPrefix(path, ".")
		key, err := strconv.QuotedPrefix(path)
		if err != nil {
			key = path
			if i := strings.IndexAny(path, ".["); i >= 0 {
				key = path[:i]
			}
		}
		all, path = append(all, step{key: key}), path[len(key):]
	}
	return all
}
