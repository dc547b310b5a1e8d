package settings

import (
	"os"
	"reflect"
	"slices"
)

// Sources are the files that Load(path) reads, or would read if they were
// there: what to watch when it fails. In a file that is no TOML, what EXTENDS
// names is guessed.
func Sources(path string) []string {
	names := []string{path}
	seen := map[string]bool{identity(path): true}
	for i := 0; i < len(names); i++ {
		o, _ := skim(names[i])
		for _, name := range o.extends {
			if id := identity(name); !seen[id] {
				seen[id] = true
				names = append(names, name)
			}
		}
	}
	return names
}

// Changed reports whether one of the files has another text by now, or none.
func (f *File) Changed() bool {
	return slices.ContainsFunc(f.open().sources, func(s *source) bool {
		if info, err := os.Stat(s.name); err == nil && !info.Mode().IsRegular() {
			return false // a pipe has been read
		}
		data, err := readFile(s.name)
		return err != nil || string(data) != s.raw
	})
}

// SecretFiles are the files that the secrets in dst are read from, where dst is a
// pointer to a settings struct that Decode has filled.
func SecretFiles(dst any) []string {
	var names []string
	if value, ok := pointerTo(dst); ok {
		secretFiles(value, &names)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func secretFiles(v reflect.Value, names *[]string) {
	if v.Type() == secretType {
		if s := v.Interface().(Secret); s.file != "" {
			*names = append(*names, s.file)
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			secretFiles(v.Elem(), names)
		}
	case reflect.Slice, reflect.Array:
		for i := range v.Len() {
			secretFiles(v.Index(i), names)
		}
	case reflect.Map:
		for _, key := range v.MapKeys() {
			secretFiles(v.MapIndex(key), names)
		}
	case reflect.Struct:
		for _, f := range fieldsOf(v.Type()) {
			if holdsSecret(f.typ) {
				secretFiles(v.FieldByIndex(f.index), names)
			}
		}
	}
}
