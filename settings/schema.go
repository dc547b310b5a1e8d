package settings

import (
	"encoding"
	"fmt"
	"maps"
	"math"
	"reflect"
	"slices"
	"time"
)

// A Schema is a part of a JSON Schema. It uses what draft 4 has, since editors
// for TOML know no more, and no references.
type Schema = map[string]any

// Schemas are the JSON Schemas of the settings of a struct, or of the struct
// that v points to, by name; old names and removed settings are marked as
// deprecated. What v holds are the defaults. doc is the text about a field.
//
// What a file has is judged by Decode and the checks. A schema is for editors:
// it says what it can, and refuses nothing that Decode takes.
func Schemas(v any, doc func(Field) string) map[string]Schema {
	value, ok := structOf(v)
	if !ok {
		return nil
	}
	s := schemer{doc: doc, patterns: patternsOf(value)}
	all := map[string]Schema{}
	docs := s.docs(Fields(v))
	for _, f := range fieldsOf(value.Type()) {
		one := s.field(value.Type(), f, docs[f.name])
		if f.alias != "" {
			old := maps.Clone(one)
			deprecate(old, fmt.Sprintf("The old name of %s. %s", f.name, docs[f.name]))
			all[f.alias] = old
		}
		if def, ok := jsonValue(value.FieldByIndex(f.index)); ok && !IsHidden(f.name) && !IsHidden(f.alias) {
			one["default"] = def
		}
		all[f.name] = one
	}
	return all
}

// deprecate marks a schema so that editors strike the name out, and don't offer
// it.
func deprecate(s Schema, description string) {
	s["description"] = description
	s["deprecated"] = true
	s["x-taplo"] = Schema{"hidden": true}
}

// Never is the schema that nothing keeps, for a name that must not be there;
// editors show why. "additionalProperties": false would say the same, but taplo
// then marks all of the file.
func Never(why string) Schema { return Schema{"not": Schema{"description": why}} }

// A schemer makes the schemas of one settings struct.
type schemer struct {
	doc      func(Field) string
	patterns map[string]string // by tag
	within   []reflect.Type    // the structs around the one at hand
}

// docs are the texts about fields, by name.
func (s schemer) docs(fields []Field) map[string]string {
	texts := map[string]string{}
	for _, f := range fields {
		texts[f.Name] = s.doc(f)
	}
	return texts
}

// patternsOf are the patterns of a struct's own rules.
func patternsOf(value reflect.Value) map[string]string {
	patterns := map[string]string{}
	for _, r := range rulesOf(value) {
		patterns[r.Tag] = r.Pattern
	}
	return patterns
}

// field is the schema of one field of a struct type.
func (s schemer) field(owner reflect.Type, f field, doc string) Schema {
	if f.typ == removedType {
		gone := Never("It has been removed: take it out.")
		deprecate(gone, doc+" It has been removed: take it out.")
		return gone
	}
	one := s.typ(f.typ)
	s.constrain(one, f.typ, owner.FieldByIndex(f.index).Tag.Get("validate"))
	if doc != "" {
		one["description"] = doc
	}
	return one
}

// typ is the schema of what a type takes.
func (s schemer) typ(t reflect.Type) Schema {
	t = pointee(t)
	switch {
	case t == secretType:
		return secretSchema()
	case t == timeType:
		return Schema{"type": "string"} // with a time zone or without
	case t == dateType:
		return Schema{"type": "string", "format": "date"}
	case isTextOrTable(t):
		return Schema{"anyOf": []Schema{{"type": "string"}, s.table(t)}}
	case isText(t):
		return Schema{"type": "string"}
	case isInteger(t):
		return integerSchema(t)
	}
	switch t.Kind() {
	case reflect.Bool:
		return Schema{"type": "boolean"}
	case reflect.Float32, reflect.Float64:
		return Schema{"type": "number"}
	case reflect.Array:
		return Schema{"type": "array", "items": s.typ(t.Elem()), "minItems": t.Len(), "maxItems": t.Len()}
	case reflect.Slice:
		return Schema{"type": "array", "items": s.typ(t.Elem())}
	case reflect.Map:
		return Schema{"type": "object", "additionalProperties": s.typ(t.Elem())}
	case reflect.Struct:
		return s.table(t)
	}
	return Schema{}
}

// table is the schema of a table with the fields of a struct.
func (s schemer) table(t reflect.Type) Schema {
	if slices.Contains(s.within, t) {
		return Schema{"type": "object"} // a struct that holds itself
	}
	s.within = append(slices.Clone(s.within), t)
	docs := s.docs(Fields(reflect.Zero(t).Interface()))
	properties := Schema{}
	for _, f := range fieldsOf(t) {
		properties[f.name] = s.field(t, f, docs[f.name])
	}
	return Schema{"type": "object", "properties": properties, "additionalProperties": Never("There is no such entry.")}
}

// secretSchema has the three ways to give a secret.
func secretSchema() Schema {
	reference := func(key, description string) Schema {
		return Schema{
			"type":       "object",
			"properties": Schema{key: Schema{"type": "string", "minLength": 1, "description": description}},
			"required":   []string{key}, "additionalProperties": false,
		}
	}
	return Schema{"anyOf": []Schema{
		reference("env", "The environment variable that holds the secret."),
		reference("file", "The file that holds the secret. The path starts at the folder of this file."),
		{"type": "string"},
	}}
}

func integerSchema(t reflect.Type) Schema {
	one := Schema{"type": "integer"}
	size := t.Bits()
	switch {
	case t.Kind() >= reflect.Uint:
		one["minimum"] = 0
		if size < 64 {
			one["maximum"] = int64(1)<<size - 1
		}
	case size < 64:
		one["minimum"], one["maximum"] = int64(math.MinInt64)>>(64-size), int64(math.MaxInt64)>>(64-size)
	}
	return one
}

// jsonValue is a default as JSON has it; ok is false for what it can't or must
// not say.
func jsonValue(v reflect.Value) (value any, ok bool) {
	t := v.Type()
	switch {
	case t.Kind() == reflect.Pointer:
		if v.IsNil() {
			return nil, false
		}
		return jsonValue(v.Elem())
	case holdsSecret(t), t.Kind() == reflect.Interface, t == removedType:
		return nil, false
	case t == timeType:
		at := v.Interface().(time.Time)
		return at.Format(time.RFC3339Nano), !at.IsZero()
	case t == dateType:
		return v.Interface().(Date).String(), !v.IsZero()
	case t == durationType:
		return v.Interface().(time.Duration).String(), true
	}
	if m, isText := v.Interface().(encoding.TextMarshaler); isText {
		if text, err := m.MarshalText(); err == nil {
			return string(text), true
		}
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		items := make([]any, v.Len())
		for i := range items {
			if items[i], ok = jsonValue(v.Index(i)); !ok {
				return nil, false
			}
		}
		return items, true
	case reflect.Map:
		entries := map[string]any{}
		for key, entry := range v.Seq2() {
			if entries[fmt.Sprint(key)], ok = jsonValue(entry); !ok {
				return nil, false
			}
		}
		return entries, true
	case reflect.Struct:
		return nil, false
	}
	return v.Interface(), true
}
