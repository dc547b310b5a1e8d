package command

import (
	"encoding"
	"fmt"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"time"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// dumped is a setting as it goes into a dump.
type dumped struct {
	setting
	plain any // strings, booleans, numbers, dates, and lists and tables of them; nil when it is left out
	// left are the parts that are secrets and so left out: the setting itself,
	// or entries of it.
	left []checks.Path
}

// gap stands in a table for an entry that is left out.
type gap struct{}

// dump is a setting without secrets. A reference to one is none.
func dump(s setting) dumped {
	d := dumped{setting: s}
	path := checks.Path(s.name)
	if s.hidden && !s.secret {
		d.left = []checks.Path{path}
		return d
	}
	plain, left := plainOf(path, reflect.ValueOf(s.value))
	if d.left = left; !slices.Contains(left, path) {
		d.plain = plain
	}
	return d
}

func isSecret(value any) bool {
	_, ok := value.(settings.Secret)
	return ok
}

// variableName is what the name of a variable looks like. Under env people also write
// the secret itself.
var variableName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// referenceOf is a secret as the file may have it, when it is not written there
// itself.
func referenceOf(value any) (map[string]any, bool) {
	secret, ok := value.(settings.Secret)
	if !ok {
		return nil, false
	}
	kind, name := secret.Reference()
	switch kind {
	case "env":
		if !variableName.MatchString(name) {
			return nil, false
		}
		return map[string]any{kind: name}, true
	case "file": // the dump may be written anywhere
		if abs, err := filepath.Abs(name); err == nil {
			name = abs
		}
		return map[string]any{kind: filepath.ToSlash(name)}, true
	}
	return nil, false
}

// plainOf is a value of plain types that means the same in a file, and the parts
// that it lacks, since they are secrets. A list that would lack an entry is
// left out as a whole.
func plainOf(path checks.Path, v reflect.Value) (plain any, left []checks.Path) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() || (v.Kind() == reflect.Slice || v.Kind() == reflect.Map) && v.IsNil() {
		return nil, nil // not given
	}
	switch value := v.Interface().(type) {
	case settings.Secret:
		if reference, ok := referenceOf(value); ok {
			return reference, nil
		}
		if !value.IsSet() {
			return "", nil
		}
		return nil, []checks.Path{path}
	case settings.Date:
		if value.IsZero() {
			return nil, nil
		}
		return value, nil
	case time.Time:
		return value, nil
	case time.Duration:
		return value.String(), nil
	case encoding.TextMarshaler:
		if text, err := value.MarshalText(); err == nil {
			return textOf(path, string(text))
		}
	}
	switch v.Kind() {
	case reflect.String:
		return textOf(path, v.String())
	case reflect.Slice, reflect.Array:
		return plainList(path, v)
	case reflect.Map:
		entries := map[string]reflect.Value{}
		for key, entry := range v.Seq2() {
			entries[fmt.Sprint(key)] = entry
		}
		return plainTable(path, entries)
	case reflect.Struct:
		entries := map[string]reflect.Value{}
		for _, f := range settings.Fields(v.Interface()) {
			if !f.Removed {
				entries[f.Name] = reflect.ValueOf(f.Value)
			}
		}
		return plainTable(path, entries)
	}
	return v.Interface(), nil
}

// textOf is a text, unless a password stands in it.
func textOf(path checks.Path, text string) (any, []checks.Path) {
	if settings.HideText(text) != text {
		return nil, []checks.Path{path}
	}
	return text, nil
}

func plainList(path checks.Path, v reflect.Value) (any, []checks.Path) {
	list := []any{}
	for i := range v.Len() {
		entry, left := plainOf(path.Index(i), v.Index(i))
		if len(left) > 0 {
			return nil, []checks.Path{path}
		}
		list = append(list, entry)
	}
	return list, nil
}

func plainTable(path checks.Path, entries map[string]reflect.Value) (any, []checks.Path) {
	table := map[string]any{}
	var left []checks.Path
	for name, v := range entries {
		at := path.Key(name)
		entry, less := plainOf(at, v)
		if settings.IsHidden(name) && entry != "" && !(v.IsValid() && isSecret(v.Interface())) {
			entry, less = nil, []checks.Path{at}
		}
		if left = append(left, less...); slices.Contains(less, at) {
			entry = gap{}
		}
		if entry != nil {
			table[name] = entry
		}
	}
	slices.Sort(left)
	return table, left
}
