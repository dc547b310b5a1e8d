package settings

import (
	"reflect"
	"slices"
	"strings"
)

// changeHint is for a value of the right type that is wrong all the same.
const changeHint = "change the value, or take the setting out for its default"

// ruleHint says what to do when a standard tag fails.
func ruleHint(tag string) string {
	switch {
	case strings.HasPrefix(tag, "required"):
		return "give it a value"
	case strings.HasPrefix(tag, "excluded"), tag == "isdefault":
		return "take it out"
	}
	return changeHint
}

// Words that people write for a boolean.
var (
	trueWords  = []string{"true", "yes", "on", "1", "t", "y"}
	falseWords = []string{"false", "no", "off", "0", "f", "n", ""}
)

// valueHint is for the mistakes that everyone makes: what to write instead of
// this value. It is empty for others.
func valueHint(t reflect.Type, value any) string {
	text, isString := value.(string)
	n, isInteger64 := value.(int64)
	switch {
	case t.Kind() == reflect.Bool && (isString && slices.Contains(trueWords, strings.ToLower(text)) || isInteger64 && n == 1):
		return "write true"
	case t.Kind() == reflect.Bool && (isString && slices.Contains(falseWords, strings.ToLower(text)) || isInteger64 && n == 0):
		return "write false"
	case isInteger(t) && isString && text != "" && strings.Trim(text, "0123456789") == "":
		return "write it without quotes"
	case isFloat(t) && isInteger64:
		return "end it with .0: it is too large for an exact number"
	case t.Kind() == reflect.Slice && isString && isText(t.Elem()):
		return "put it in brackets, also when it is the only one"
	}
	return ""
}

// typeHint says how a value of a type is written.
func typeHint(t reflect.Type) string {
	switch t = pointee(t); {
	case t == secretType:
		return `write { env = "NAME" }, { file = "PATH" } or a text in quotes`
	case t == durationType:
		return "write it as in " + example(t)
	case t == timeType:
		return "write it as in " + example(t) + ", without quotes"
	case t == dateType:
		return "write a day as in " + example(t) + ", without quotes and without a time"
	case isText(t):
		return "write a text in quotes"
	case isInteger(t):
		return "write a whole number without quotes"
	case isFloat(t):
		return "write a number without quotes"
	}
	switch t.Kind() {
	case reflect.Bool:
		return "write true or false"
	case reflect.Slice, reflect.Array:
		return "write a list, as in " + example(t)
	}
	return "write a table, as in " + example(t)
}

// variableHint says how to set a variable of the environment for a type.
func variableHint(variable, setting string, t reflect.Type) string {
	t = pointee(t)
	list := t.Kind() == reflect.Slice || t.Kind() == reflect.Array
	switch {
	case t == durationType:
		return "write it as in " + variable + "=10s"
	case isText(t):
		return "correct or unset it"
	case t == timeType, t == dateType, isInteger(t), isFloat(t):
		return "write it as in " + variable + "=" + example(t)
	case t.Kind() == reflect.Bool:
		return "write " + variable + "=true or " + variable + "=false"
	case list && strings.Contains(setting, "REGEX"):
		return `write a TOML array, as in ` + variable + `='["^https://[a-z]+\\.example\\.com$"]'`
	case list && isText(t.Elem()) && t.Elem() != durationType:
		if t.Kind() == reflect.Array {
			return "write it as in " + variable + "=one,two"
		}
		return "write " + variable + "=one,two, or " + variable + "=[] for none"
	}
	return "write it as in " + variable + "='" + example(t) + "'"
}

// example is a value of a type, as a file has it.
func example(t reflect.Type) string {
	switch t = pointee(t); {
	case t == secretType:
		return `{ env = "NAME" }`
	case t == durationType:
		return `"10s"`
	case isText(t), t.Kind() == reflect.Interface:
		return `"value"`
	case t == timeType:
		return "2006-01-02T15:04:05Z"
	case t == dateType:
		return "2006-01-02"
	case isInteger(t):
		return "60"
	case isFloat(t):
		return "1.5"
	case t.Kind() == reflect.Bool:
		return "true"
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		if isText(t.Elem()) && t.Elem() != secretType && t.Elem() != durationType {
			return `["one", "two"]`
		}
		return "[" + example(t.Elem()) + "]"
	case reflect.Map:
		return "{ name = " + example(t.Elem()) + " }"
	}
	return `{ name = "value" }` // a struct, which may hold itself
}

func isFloat(t reflect.Type) bool {
	return t.Kind() == reflect.Float32 || t.Kind() == reflect.Float64
}

func pointee(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}
