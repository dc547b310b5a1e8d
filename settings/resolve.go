package settings

import (
	"cmp"
	"reflect"
	"slices"

	"github.com/settled-go/settled/checks"
)

// Resolve reads the variable or file of every Secret in dst, a pointer to a
// settings struct that Decode has filled. What can't be read or is empty is a
// message, settings.E010 of class checks.Unbuildable.
func (f *File) Resolve(dst any) checks.Messages { return f.open().resolve(dst) }

func (f *file) resolve(dst any) checks.Messages {
	value, ok := pointerTo(dst)
	if !ok {
		return nil
	}
	r := &resolution{f: f}
	r.fields(value, nil)
	return r.found
}

// A resolution is one walk over a settings struct.
type resolution struct {
	f     *file
	found checks.Messages
}

func (r *resolution) fields(v reflect.Value, at *trail) {
	for _, f := range fieldsOf(v.Type()) {
		if holdsSecret(f.typ) {
			r.value(v.FieldByIndex(f.index), &trail{parent: at, key: f.name, entry: true})
		}
	}
}

// value resolves the secrets in v, which can be set.
func (r *resolution) value(v reflect.Value, at *trail) {
	if v.Type() == secretType {
		r.secret(v.Addr().Interface().(*Secret), at)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			r.value(v.Elem(), at)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			r.value(v.Index(i), &trail{parent: at, index: i})
		}
	case reflect.Map:
		r.table(v, at)
	case reflect.Struct:
		r.fields(v, at)
	}
}

// table resolves copies: entries of a map can't be set in place.
func (r *resolution) table(v reflect.Value, at *trail) {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return cmp.Compare(a.String(), b.String()) })
	for _, key := range keys {
		entry := reflect.New(v.Type().Elem()).Elem()
		entry.Set(v.MapIndex(key))
		r.value(entry, &trail{parent: at, key: key.String(), entry: true})
		v.SetMapIndex(key, entry)
	}
}

// hint is what to do about a secret that can't be read. It has no names: what is
// given as one may be the secret.
func (s Secret) hint() string {
	if s.file != "" {
		return `write the file where the site runs, or correct its path; any long random text is a key, such as that of "openssl rand -base64 48"`
	}
	return "set the variable where the site runs, or correct its name"
}

func (r *resolution) secret(s *Secret, at *trail) {
	if err := s.resolve(r.f.env.lookup); err != nil {
		path := at.path()
		m := checks.Errorf(idSecret, "%s: %s", path, oneLine(err)).On(path).Of(checks.Unbuildable).WithHint("%s", s.hint())
		m.At = r.f.locate(path, [2]int{})
		r.found = append(r.found, m)
	}
}
