package settings

import (
	"encoding"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/settled-go/settled/checks"
)

// A conversion turns one value of a file or variable into the Go value of a
// setting, always a fresh one, and collects what is wrong with it. Names of
// entries match exactly; entries that no field has are not looked at.
type conversion struct {
	file   string // paths in the value start at its directory
	env    environment
	hidden bool // nothing of the value may be quoted, whatever its name is

	problems []problem
	secrets  []checks.Path // where values for a Secret are written
	missing  []problem     // secrets that can't be read now
}

// into fills dst, which is fresh, and reports whether all of the value fits.
func (c *conversion) into(dst reflect.Value, value any, at *trail, want *expectation) bool {
	t := dst.Type()
	switch {
	case t.Kind() == reflect.Pointer:
		dst.Set(reflect.New(t.Elem()))
		return c.into(dst.Elem(), value, at, want)
	case t == secretType:
		return c.secret(dst.Addr().Interface().(*Secret), value, at, want)
	case t == timeType:
		v, ok := value.(time.Time)
		dst.Set(reflect.ValueOf(v))
		return ok || c.mismatch(t, value, at, want)
	case t == dateType:
		return c.date(dst.Addr().Interface().(*Date), value, at, want)
	case isTextOrTable(t):
		if _, isTable := value.(map[string]any); isTable {
			return c.fields(dst, value, at, want)
		}
		return c.text(dst, value, at, want)
	case isText(t) && (t.Kind() != reflect.String || reflect.PointerTo(t).Implements(textType)):
		return c.text(dst, value, at, want)
	}
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		return c.list(dst, value, at, want)
	case reflect.Map:
		return c.table(dst, value, at, want)
	case reflect.Struct:
		return c.fields(dst, value, at, want)
	case reflect.Interface:
		dst.Set(reflect.ValueOf(clone(value)))
		return true
	}
	return c.scalar(dst, value, at, want)
}

func (c *conversion) scalar(dst reflect.Value, value any, at *trail, want *expectation) bool {
	t := dst.Type()
	switch v := value.(type) {
	case string:
		if t.Kind() == reflect.String {
			dst.SetString(v)
			return true
		}
	case bool:
		if t.Kind() == reflect.Bool {
			dst.SetBool(v)
			return true
		}
	case float64:
		if dst.CanFloat() && !dst.OverflowFloat(v) {
			dst.SetFloat(v)
			return true
		}
	case int64:
		return c.integer(dst, v, at, want)
	}
	return c.mismatch(t, value, at, want)
}

// maxExact is up to where every integer is a float64 too.
const maxExact = 1 << 53

func (c *conversion) integer(dst reflect.Value, v int64, at *trail, want *expectation) bool {
	switch {
	case dst.CanInt() && !dst.OverflowInt(v):
		dst.SetInt(v)
	case dst.CanUint() && v >= 0 && !dst.OverflowUint(uint64(v)):
		dst.SetUint(uint64(v))
	case dst.CanFloat() && -maxExact <= v && v <= maxExact:
		dst.SetFloat(float64(v))
	case dst.CanInt() || dst.CanUint():
		c.add(want, at, "%s should be %s", at.path(), integers(dst.Type()))
		return false
	default:
		return c.mismatch(dst.Type(), v, at, want)
	}
	return true
}

// text fills a type that is written as a string.
func (c *conversion) text(dst reflect.Value, value any, at *trail, want *expectation) bool {
	s, ok := value.(string)
	if !ok {
		return c.mismatch(dst.Type(), value, at, want)
	}
	var err error
	if t, ok := dst.Addr().Interface().(encoding.TextUnmarshaler); ok {
		err = t.UnmarshalText([]byte(s))
	} else {
		var d time.Duration
		d, err = time.ParseDuration(s)
		dst.SetInt(int64(d))
	}
	switch {
	case err == nil:
		return true
	case c.hidden || at.hidden():
		c.add(want, at, "%s should %s", at.path(), shouldBe(dst.Type()))
	default:
		c.add(want, at, "%s can't be read: %s", at.path(), oneLine(err))
	}
	if dst.Type() == durationType {
		c.problems[len(c.problems)-1].hint = typeHint(durationType)
	}
	return false
}

// list stops at the first element that is wrong: one message a list.
func (c *conversion) list(dst reflect.Value, value any, at *trail, want *expectation) bool {
	length, element := elements(value)
	if length < 0 {
		return c.mismatch(dst.Type(), value, at, want)
	}
	if dst.Kind() == reflect.Slice {
		dst.Set(reflect.MakeSlice(dst.Type(), length, length))
	} else if length != dst.Len() {
		c.add(want, at, "%s should have %d elements, not %d", at.path(), dst.Len(), length)
		return false
	}
	below := &trail{parent: at}
	for below.index = range length {
		if !c.into(dst.Index(below.index), element(below.index), below, want) {
			if holdsSecret(dst.Type()) { // the rest has not been looked at
				c.secrets = append(c.secrets, at.path())
			}
			return false
		}
	}
	return true
}

// table goes through all entries: each that is wrong has a message.
func (c *conversion) table(dst reflect.Value, value any, at *trail, want *expectation) bool {
	entries, ok := value.(map[string]any)
	if !ok {
		return c.mismatch(dst.Type(), value, at, want)
	}
	t := dst.Type()
	dst.Set(reflect.MakeMapWithSize(t, len(entries)))
	for _, key := range slices.Sorted(maps.Keys(entries)) {
		entry := reflect.New(t.Elem()).Elem()
		if !c.into(entry, entries[key], &trail{parent: at, key: key, entry: true}, want) {
			ok = false
		}
		dst.SetMapIndex(reflect.ValueOf(key).Convert(t.Key()), entry)
	}
	return ok
}

func (c *conversion) fields(dst reflect.Value, value any, at *trail, want *expectation) bool {
	entries, ok := value.(map[string]any)
	if !ok {
		return c.mismatch(dst.Type(), value, at, want)
	}
	for _, f := range fieldsOf(dst.Type()) {
		value, present := entries[f.name]
		if !present {
			continue
		}
		below := &trail{parent: at, key: f.name, entry: true}
		if !c.field(f, dst.FieldByIndex(f.index), value, below, want.id) {
			ok = false
		}
	}
	return ok
}

// field fills a field of a settings struct, or of a table's struct.
func (c *conversion) field(f field, dst reflect.Value, value any, at *trail, id string) bool {
	if own := f.ids[""]; own != "" {
		id = own
	}
	if f.typ == removedType {
		c.problems = append(c.problems, problem{path: at.path(), id: id, text: removedText(at.path(), f), hint: "take it out"})
		return true
	}
	should := f.should
	if should == "" {
		should = shouldBe(f.typ)
	}
	return c.into(dst, value, at, &expectation{at.path(), id, should})
}
