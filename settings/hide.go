package settings

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// stars stand for what is hidden. Django has as many.
const stars = "********************"

// hidden is Django 6's pattern, and searched for in a name as Django does.
var (
	hiddenWords = []string{"API", "AUTH", "TOKEN", "KEY", "SECRET", "PASS", "SIGNATURE", "HTTP_COOKIE"}
	hidden      = regexp.MustCompile(`(?i)` + strings.Join(hiddenWords, "|"))
)

// IsHidden reports whether what a setting, or an entry of a table, with this
// name holds must not be shown: Django's rule for its debug page. The path of a
// URL, such as "/api/" in the table URLS, is no name.
func IsHidden(name string) bool {
	return !strings.HasPrefix(name, "/") && matchesHidden(name)
}

// matchesHidden spares plain names, which are nearly all and asked for often,
// the regex.
func matchesHidden(name string) bool {
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf { // some fold to the letters of the pattern
			return hidden.MatchString(name)
		}
	}
	upper := strings.ToUpper(name)
	return slices.ContainsFunc(hiddenWords, func(word string) bool { return strings.Contains(upper, word) })
}

// Hide is value as it may be shown under name. It is 20 stars when the name is
// hidden or value is a Secret; entries of tables are hidden by their own
// names, and so are the fields of structs with toml tags. Unlike Django, it
// also hides what HideText does. What holds nothing to hide comes back as it
// is; a list that does, as []any; a table or a struct, as map[string]any.
func Hide(name string, value any) any {
	if IsHidden(name) {
		return stars
	}
	if shown, changed := hide(reflect.ValueOf(value)); changed {
		return shown
	}
	return value
}

// hide is what may be shown of v, and whether that is less than v.
func hide(v reflect.Value) (shown any, changed bool) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return nil, false
	}
	if v.Type() == secretType {
		return stars, true
	}
	switch v.Kind() {
	case reflect.String:
		shown := HideText(v.String())
		return shown, shown != v.String()
	case reflect.Slice, reflect.Array:
		return hideList(v)
	case reflect.Map:
		entries := make(map[string]reflect.Value, v.Len())
		for key, entry := range v.Seq2() {
			entries[fmt.Sprint(key)] = entry
		}
		return hideTable(entries, v.Interface())
	case reflect.Struct:
		entries := map[string]reflect.Value{}
		for _, f := range fieldsOf(v.Type()) {
			entries[f.name] = v.FieldByIndex(f.index)
		}
		return hideTable(entries, v.Interface())
	}
	return v.Interface(), false
}

func hideList(v reflect.Value) (shown any, changed bool) {
	list := make([]any, v.Len())
	for i := range list {
		entry, less := hide(v.Index(i))
		list[i], changed = entry, changed || less
	}
	if !changed {
		return v.Interface(), false
	}
	return list, true
}

func hideTable(entries map[string]reflect.Value, otherwise any) (shown any, changed bool) {
	table := make(map[string]any, len(entries))
	for name, entry := range entries {
		if IsHidden(name) {
			table[name], changed = stars, true
			continue
		}
		entry, less := hide(entry)
		table[name], changed = entry, changed || less
	}
	if !changed {
		return otherwise, false
	}
	return table, true
}
