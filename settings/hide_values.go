package settings

import (
	"fmt"
	"reflect"
)

// Secrets are the texts that Hide keeps from being shown in value, for who has to
// look for them elsewhere, in the text of an error say. Empty ones are left out.
func Secrets(name string, value any) []string {
	var found []string
	collect(reflect.ValueOf(value), IsHidden(name), func(s string) {
		if s != "" {
			found = append(found, s)
		}
	})
	return found
}

// collect gives the texts in v to found: all of them when v is hidden.
func collect(v reflect.Value, hidden bool, found func(string)) {
	for v.Kind() == reflect.Pointer || v.Kind() == reflect.Interface {
		v = v.Elem()
	}
	if !v.IsValid() {
		return
	}
	if v.Type() == secretType {
		found(v.Interface().(Secret).Value())
		return
	}
	switch v.Kind() {
	case reflect.String:
		if hidden {
			found(v.String())
			return
		}
		for _, part := range secretsIn(v.String()) {
			found(v.String()[part.start:part.end])
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			collect(v.Index(i), hidden, found)
		}
	case reflect.Map:
		for key, entry := range v.Seq2() {
			collect(entry, hidden || IsHidden(fmt.Sprint(key)), found)
		}
	case reflect.Struct:
		for _, f := range fieldsOf(v.Type()) {
			collect(v.FieldByIndex(f.index), hidden || IsHidden(f.name), found)
		}
	}
}
