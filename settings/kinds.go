package settings

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"strings"
	"time"
)

var textType = reflect.TypeFor[encoding.TextUnmarshaler]()

// isText holds for types whose values are written as strings, be it that there
// is another form too.
func isText(t reflect.Type) bool {
	if t == timeType {
		return false
	}
	return t.Kind() == reflect.String || t == secretType || t == durationType || reflect.PointerTo(t).Implements(textType)
}

// isTextOrTable holds for types whose values are written as a string, or as a
// table when there is more to say.
func isTextOrTable(t reflect.Type) bool {
	return t.Kind() == reflect.Struct && reflect.PointerTo(t).Implements(textType) && len(fieldsOf(t)) > 0
}

// isLeaf holds for types whose values have no entries.
func isLeaf(t reflect.Type) bool {
	return isText(t) && !isTextOrTable(t) || t == timeType || t == dateType
}

// holdsSecret holds for types that have a Secret in them.
func holdsSecret(t reflect.Type) bool { return findSecret(t, map[reflect.Type]bool{}) }

func findSecret(t reflect.Type, seen map[reflect.Type]bool) bool {
	t = innermost(t)
	if t == secretType {
		return true
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return false
	}
	seen[t] = true
	for _, f := range fieldsOf(t) {
		if findSecret(f.typ, seen) {
			return true
		}
	}
	return false
}

// kindOf is what a TOML value is, as a sentence has it.
func kindOf(value any) string {
	switch v := value.(type) {
	case string:
		return "a string"
	case bool:
		return "a boolean"
	case int64:
		return "an integer"
	case float64:
		return "a float"
	case time.Time:
		switch {
		case isLocalDate(v):
			return "a date"
		case v.Location().String() == "time-local":
			return "a time of day"
		}
		return "a date with a time"
	case map[string]any:
		return "a table"
	}
	return "a list"
}

// shouldBe is the end of a sentence about what a setting of a type should be.
func shouldBe(t reflect.Type) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == secretType:
		return `be a string, { env = "NAME" } or { file = "PATH" }`
	case t == durationType:
		return `be a duration such as "10s"`
	case isTextOrTable(t):
		return "be a string or a table"
	case isText(t):
		return "be a string"
	case t.Kind() == reflect.Bool:
		return "be a boolean (true or false)"
	case isInteger(t):
		return "be " + integers(t)
	case t.Kind() == reflect.Map && t.Elem().Kind() != reflect.Interface:
		return "be a table of " + plural(typeName(t.Elem()))
	}
	name := typeName(t)
	if strings.ContainsRune("aeiou", rune(name[0])) {
		return "be an " + name
	}
	return "be a " + name
}

func isInteger(t reflect.Type) bool { return t.Kind() >= reflect.Int && t.Kind() <= reflect.Uintptr }

// integers names the integers that a type holds.
func integers(t reflect.Type) string {
	low, high := int64(0), int64(math.MaxInt64)
	switch size := t.Bits(); {
	case t.Kind() <= reflect.Int64 && size == 64:
		return "an integer"
	case t.Kind() <= reflect.Int64:
		low, high = -1<<(size-1), 1<<(size-1)-1
	case size < 64:
		high = 1<<size - 1
	}
	return fmt.Sprintf("an integer from %d to %d", low, high)
}
