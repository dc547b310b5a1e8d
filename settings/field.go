package settings

import (
	"reflect"
	"strings"
	"sync"
)

// A Field is one setting of a settings struct.
type Field struct {
	Name, Alias string
	Type        string // in plain words: "boolean", "list of strings"
	Value       any    // what the struct holds: the default, when it is fresh
	Secret      bool
	Hidden      bool
	Removed     bool
	IDs         []string
}

// Fields are the settings of a struct in struct order.
func Fields(v any) []Field { return nil }

// CheckStruct reports mistakes in how a settings struct is written.
func CheckStruct(v any) error { return nil }

// A field is what the tags of one struct field say.
type field struct {
	index       []int
	name, alias string
	ids         map[string]string // by rule; "" is the id of a wrong type
	should      string
	removed     string
	typ         reflect.Type
}

var fieldCache sync.Map // reflect.Type -> []field

// fieldsOf are the settings of a struct type, in struct order, with those of
// embedded structs.
func fieldsOf(t reflect.Type) []field {
	if cached, ok := fieldCache.Load(t); ok {
		return cached.([]field)
	}
	cached, _ := fieldCache.LoadOrStore(t, readFields(t, nil))
	return cached.([]field)
}

func readFields(t reflect.Type, index []int) []field {
	var fields []field
	for i := range t.NumField() {
		sf := t.Field(i)
		at := append(index[:len(index):len(index)], i)
		name, _, _ := strings.Cut(sf.Tag.Get("toml"), ",")
		switch {
		case name == "" && sf.Anonymous && sf.Type.Kind() == reflect.Struct:
			fields = append(fields, readFields(sf.Type, at)...)
		case name != "" && name != "-" && sf.IsExported():
			fields = append(fields, field{
				index: at, name: name, alias: sf.Tag.Get("alias"), ids: readIDs(sf.Tag.Get("check")),
				should: sf.Tag.Get("should"), removed: sf.Tag.Get("removed"), typ: sf.Type,
			})
		}
	}
	return fields
}

// readIDs reads a check tag: "app.E006 min=app.E004".
func readIDs(tag string) map[string]string {
	ids := map[string]string{}
	for _, word := range strings.Fields(tag) {
		rule, id, found := strings.Cut(word, "=")
		if !found {
			rule, id = "", word
		}
		ids[rule] = id
	}
	return ids
}
