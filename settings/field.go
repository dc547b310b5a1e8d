package settings

import (
	"maps"
	"reflect"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Field is one setting of a settings struct.
type Field struct {
	// Name is the setting's name, and Alias an old one, if it has one.
	Name, Alias string
	// Type is the type in plain words: "boolean", "list of strings".
	Type string
	// Value is what the struct holds: the default, when the struct is fresh.
	Value any
	// Secret is true for a Secret and for a list or table of them.
	Secret bool
	// Hidden is true when the value must not be shown: it is a secret, or
	// IsHidden holds for one of the names.
	Hidden bool
	// Removed is true for a setting that no longer exists.
	Removed bool
	// IDs are the check ids of the field's tags, sorted.
	IDs []string
	// Struct is the Go name of the struct type that the field stands in, for
	// who looks for its doc comment; empty when the type has none.
	Struct string

	typ reflect.Type
}

// Entries are the fields of the struct that the setting is, or that its list or
// table holds, with zero values; none when it holds no struct.
func (f Field) Entries() []Field {
	if t := innermost(f.typ); t.Kind() == reflect.Struct && !isLeaf(t) {
		return Fields(reflect.Zero(t).Interface())
	}
	return nil
}

// Fields are the settings of a struct, or of the struct that v points to, in
// struct order, those of embedded structs in their place. There are none in
// nil.
func Fields(v any) []Field {
	value, ok := structOf(v)
	if !ok {
		return nil
	}
	var all []Field
	for _, f := range fieldsOf(value.Type()) {
		secret := innermost(f.typ) == secretType
		all = append(all, Field{
			Name: f.name, Alias: f.alias, Type: typeName(f.typ), Value: value.FieldByIndex(f.index).Interface(),
			Secret: secret, Hidden: secret || IsHidden(f.name) || IsHidden(f.alias),
			Removed: f.typ == removedType, IDs: slices.Sorted(maps.Values(f.ids)),
			Struct: declaring(value.Type(), f.index).Name(), typ: f.typ,
		})
	}
	return all
}

// declaring is the struct type that a field stands in, which an outer one may
// embed.
func declaring(t reflect.Type, index []int) reflect.Type {
	for _, i := range index[:len(index)-1] {
		t = t.Field(i).Type
	}
	return t
}

// A field is what the tags of one struct field say.
type field struct {
	index       []int
	name, alias string
	wrong       []string          // well-known wrong names
	ids         map[string]string // by rule; "" is the id of a wrong type
	should      string
	removed     string
	typ         reflect.Type
}

var (
	secretType   = reflect.TypeFor[Secret]()
	removedType  = reflect.TypeFor[Removed]()
	timeType     = reflect.TypeFor[time.Time]()
	dateType     = reflect.TypeFor[Date]()
	durationType = reflect.TypeFor[time.Duration]()
)

var fieldCache sync.Map // reflect.Type -> []field

// fieldsOf are the settings of a struct type, in struct order, with those of
// embedded structs. Callers don't change them.
func fieldsOf(t reflect.Type) []field {
	if cached, ok := fieldCache.Load(t); ok {
		return cached.([]field)
	}
	cached, _ := fieldCache.LoadOrStore(t, readFields(t, nil))
	return cached.([]field)
}

func readFields(t reflect.Type, index []int) []field {
	var all []field
	for sf := range t.Fields() {
		at := append(slices.Clip(index), sf.Index...)
		if isFlattened(sf) {
			all = append(all, readFields(sf.Type, at)...)
		} else if name := tomlName(sf); name != "" {
			all = append(all, field{
				index: at, name: name, alias: sf.Tag.Get("alias"), ids: readIDs(sf.Tag.Get("check")),
				wrong: strings.Fields(sf.Tag.Get("wrong")), should: sf.Tag.Get("should"), removed: sf.Tag.Get("removed"), typ: sf.Type,
			})
		}
	}
	return all
}

// isFlattened holds for an embedded struct whose fields count as the outer
// struct's.
func isFlattened(sf reflect.StructField) bool {
	return sf.Anonymous && sf.Type.Kind() == reflect.Struct && tomlName(sf) == ""
}

// tomlName is the name that a field has in the file; empty when it has none.
func tomlName(sf reflect.StructField) string {
	name, _, _ := strings.Cut(sf.Tag.Get("toml"), ",")
	if name == "-" || !sf.IsExported() {
		return ""
	}
	return name
}

// readIDs reads a check tag: "app.E006 min=app.E004".
func readIDs(tag string) map[string]string {
	ids := map[string]string{}
	for word := range strings.FieldsSeq(tag) {
		rule, id, found := strings.Cut(word, "=")
		if !found {
			rule, id = "", word
		}
		ids[rule] = id
	}
	return ids
}

// structOf is the struct that v is or points to, addressable; ok is false for
// nil. Anything else is a mistake in the program.
func structOf(v any) (value reflect.Value, ok bool) {
	value = reflect.ValueOf(v)
	if !value.IsValid() || value.Kind() == reflect.Pointer && value.IsNil() {
		return reflect.Value{}, false
	}
	if value.Kind() == reflect.Pointer {
		value = value.Elem()
	} else {
		copied := reflect.New(value.Type()).Elem()
		copied.Set(value)
		value = copied
	}
	if value.Kind() != reflect.Struct {
		panic("settings: " + reflect.TypeOf(v).String() + " is not a struct or a pointer to one")
	}
	return value, true
}

// innermost is what a type's pointers, lists and tables hold in the end.
func innermost(t reflect.Type) reflect.Type {
	for {
		switch t.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
			t = t.Elem()
		default:
			return t
		}
	}
}

// typeName is a type in plain words.
func typeName(t reflect.Type) string {
	switch t {
	case secretType:
		return "secret"
	case removedType:
		return "removed setting"
	case timeType:
		return "date and time"
	case dateType:
		return "date"
	case durationType:
		return "duration"
	}
	if isTextOrTable(t) {
		return "string or table"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return typeName(t.Elem())
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		return "string"
	case reflect.Float32, reflect.Float64:
		return "number"
	case reflect.Slice, reflect.Array:
		return "list of " + plural(typeName(t.Elem()))
	case reflect.Map, reflect.Struct:
		return "table"
	case reflect.Interface:
		return "value of any type"
	}
	return "integer"
}

func plural(noun string) string {
	if one, other, found := strings.Cut(noun, " or "); found {
		return plural(one) + " or " + plural(other)
	}
	if noun, rest, found := strings.Cut(noun, " "); found {
		return plural(noun) + " " + rest
	}
	return noun + "s"
}
