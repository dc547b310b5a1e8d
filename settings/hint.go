package settings

import (
	"reflect"
	"slices"
	"strings"
)

// Words that people write for a boolean.
var (
	trueWords  = []string{"true", "yes", "on", "1", "t", "y"}
	falseWords = []string{"false", "no", "off", "0", "f", "n", ""}
)

// valueHint is for the mistakes that everyone makes: what to write instead of
// this value. It is empty for others.
func valueHint(t reflect.Type, value any) string {
	text, isText := value.(string)
	n, isInteger64 := value.(int64)
	switch {
	case t.Kind() == reflect.Bool && (isText && slices.Contains(trueWords, strings.ToLower(text)) || isInteger64 && n == 1):
		return "write true"
	case t.Kind() == reflect.Bool && (isText && slices.Contains(falseWords, strings.ToLower(text)) || isInteger64 && n == 0):
		return "write false"
	case isInteger(t) && isText && text != "" && strings.Trim(text, "0123456789") == "":
		return "write it without quotes"
	case t.Kind() == reflect.Slice && isText:
		return "put it in brackets, also when it is the only one"
	}
	return ""
}

// typeHint says how a value of a type is written.
func typeHint(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == secretType:
		return `write { env = "NAME" }, { file = "PATH" } or a text in quotes`
	case t == timeType:
		return "write it as in 2006-01-02T15:04:05Z, without quotes"
	case isInteger(t):
		return "write digits without quotes"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "write true or false"
	case reflect.Float32, reflect.Float64:
		return "write a number without quotes"
	case reflect.String:
		return "write a text in quotes"
	case reflect.Slice, reflect.Array:
		return `write a list, as in ["one", "two"]`
	case reflect.Map, reflect.Struct:
		return `write a table, as in { name = "value" }`
	}
	return ""
}

// variableHint says how to set a variable of the environment for a type.
func variableHint(variable, setting string, t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	example := ""
	switch t.Kind() {
	case reflect.Bool:
		return "write " + variable + "=true or " + variable + "=false"
	case reflect.Slice, reflect.Array:
		if strings.Contains(setting, "REGEX") {
			return `write a TOML array, as in ` + variable + `='["^https://[a-z]+\\.example\\.com$"]'`
		}
		return "write " + variable + "=one,two, or " + variable + "=[] for none"
	case reflect.Map, reflect.Struct:
		example = `'{ name = "value" }'`
	default:
		if !isInteger(t) {
			return "correct or unset it"
		}
		example = "60"
	}
	return "write it as in " + variable + "=" + example
}
