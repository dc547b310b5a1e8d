package settings

import (
	"encoding"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/printable"
)

// Shown is the field's value as TOML, on one line, as it may be shown: see Hide.
func (f Field) Shown() string {
	if secret, ok := f.Value.(Secret); ok {
		return TOML(secret.String()) // "" when there is none
	}
	if isEmpty(f.Value) {
		return TOML(f.Value)
	}
	if f.Hidden {
		return TOML(stars)
	}
	return TOML(Hide(f.Name, f.Value))
}

// isEmpty says whether a list, a table or a text has nothing in it, and so nothing to
// hide.
func isEmpty(value any) bool {
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	}
	return false
}

// TOML is a setting's value as TOML, on one line. TOML has no word for a value
// that is not there; it is shown as "(none)". What must not be shown goes through
// Hide first.
func TOML(value any) string {
	switch v := value.(type) {
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case time.Duration:
		return writtenString(v.String())
	case Date:
		return v.String()
	case encoding.TextMarshaler:
		text, err := v.MarshalText()
		if err != nil && len(Fields(value)) > 0 { // a table with more to say
			return writtenTable(writtenEntries(reflect.ValueOf(value)))
		}
		if err != nil {
			return "(" + printable.Line(err.Error()) + ")"
		}
		return writtenString(fmt.Sprint(Hide("", string(text)))) // a URL may hold a password
	}
	switch v := reflect.ValueOf(value); v.Kind() {
	case reflect.Invalid:
		return "(none)"
	case reflect.Pointer:
		if v.IsNil() {
			return "(none)"
		}
		return TOML(v.Elem().Interface())
	case reflect.String:
		return writtenString(v.String())
	case reflect.Float32, reflect.Float64:
		return writtenFloat(v.Float())
	case reflect.Slice, reflect.Array:
		items := make([]string, v.Len())
		for i := range items {
			items[i] = TOML(v.Index(i).Interface())
		}
		return "[" + strings.Join(items, ", ") + "]"
	case reflect.Map, reflect.Struct:
		return writtenTable(writtenEntries(v))
	}
	return fmt.Sprint(value)
}

// writtenEntries are those of a table, be it a map or a struct.
func writtenEntries(v reflect.Value) map[string]any {
	all := map[string]any{}
	if v.Kind() == reflect.Struct {
		for _, f := range Fields(v.Interface()) {
			if f.Value != any(Date{}) { // TOML has no word for none
				all[f.Name] = f.Value
			}
		}
		return all
	}
	for key, entry := range v.Seq2() {
		all[fmt.Sprint(key)] = entry.Interface()
	}
	return all
}

// writtenFloat has a point, or TOML would read an integer.
func writtenFloat(f float64) string {
	s := strings.ToLower(strconv.FormatFloat(f, 'g', -1, 64))
	if strings.ContainsAny(s, ".einf") {
		return s
	}
	return s + ".0"
}

// writtenTable is an inline table, sorted by key.
func writtenTable(entries map[string]any) string {
	if len(entries) == 0 {
		return "{}"
	}
	var items []string
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		items = append(items, string(checks.Path("").Key(key))+" = "+TOML(entries[key]))
	}
	return "{ " + strings.Join(items, ", ") + " }"
}

// writtenString is a basic string, or a literal one where that spares escapes, as
// in regular expressions.
func writtenString(s string) string {
	if printable.IsPlain(s) && strings.ContainsAny(s, `\"`) && !strings.Contains(s, "'") {
		return "'" + s + "'"
	}
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case strconv.IsPrint(r):
			b.WriteRune(r)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\n':
			b.WriteString(`\n`)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08X`, r)
		default:
			fmt.Fprintf(&b, `\u%04X`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
