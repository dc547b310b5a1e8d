package settings

import (
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"
)

// fromVariable reads the value of an environment variable as a setting's type
// asks for, into what the same value in a file would be. should says what it
// should be when it is not that.
//
// Booleans are true or false, and nothing else; text and secrets are taken as
// they are; a list is a TOML array, or entries between commas, of which none is
// empty; a table is a TOML inline table.
func fromVariable(setting, text string, t reflect.Type) (value any, should string) {
	if !utf8.ValidString(text) {
		return nil, "be valid UTF-8"
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == removedType, isText(t):
		return text, ""
	case t == timeType:
		return tomlValue(text, "be a date and time as in TOML")
	case t == dateType:
		return tomlValue(text, "be a date as in TOML")
	}
	switch t.Kind() {
	case reflect.Bool:
		if text != "true" && text != "false" {
			return nil, "be true or false"
		}
		return text == "true", ""
	case reflect.Float32, reflect.Float64:
		return tomlValue(strings.TrimSpace(text), "be a number")
	case reflect.Slice, reflect.Array:
		return listFromVariable(setting, text, t.Elem())
	case reflect.Map, reflect.Struct:
		return tomlValue(text, `be a TOML inline table, such as { name = "value" }`)
	case reflect.Interface:
		return tomlValue(text, "be a TOML value")
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != text {
		return nil, "be an integer in plain digits"
	}
	return n, ""
}

// listFromVariable reads a list. Regexes hold commas, so theirs is a TOML array.
func listFromVariable(setting, text string, element reflect.Type) (value any, should string) {
	if strings.HasPrefix(strings.TrimSpace(text), "[") {
		return tomlValue(text, `be a TOML array, such as ["one", "two"], or entries between commas`)
	}
	if strings.Contains(setting, "REGEX") {
		return nil, "be a TOML array, since a regex may hold commas"
	}
	var list []any
	for entry := range strings.SplitSeq(text, ",") {
		entry = strings.TrimSpace(entry)
		if entry == "" {
			return nil, "have no empty entry between its commas"
		}
		value, should := fromVariable(setting, entry, element)
		if should != "" {
			return nil, "hold entries between commas, each of which should " + should
		}
		list = append(list, value)
	}
	return list, ""
}

// tomlValue reads one TOML value.
func tomlValue(text, otherwise string) (value any, should string) {
	const name = "value"
	values, f := parse(name + " = " + text)
	if f != nil || len(values) != 1 { // a second line may set something else
		return nil, otherwise
	}
	return values[name], ""
}
