package settings_test

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"github.com/settled-go/settled/settings"
)

func TestTOML(t *testing.T) {
	type table struct {
		Name string `toml:"NAME"`
		Port int    `toml:"PORT"`
	}
	for _, tt := range []struct {
		value any
		want  string
	}{
		{true, "true"},
		{-3, "-3"},
		{uint8(3), "3"},
		{1.5, "1.5"},
		{2.0, "2.0"},
		{1e300, "1e+300"},
		{"abc", `"abc"`},
		{"", `""`},
		{`^\d+$`, `'^\d+$'`},
		{`say "x"`, `'say "x"'`},
		{`it's "x"`, `"it's \"x\""`},
		{"a\nb\t\x00\u202e\U000e0001", `"a\nb\t\u0000\u202E\U000E0001"`},
		{"a\\\nb", `"a\\\nb"`},
		{"Zürich", `"Zürich"`},
		{[]string{}, "[]"},
		{[]string(nil), "[]"},
		{[]string{"a", "b"}, `["a", "b"]`},
		{[2]bool{true, false}, "[true, false]"},
		{[]any{"a", int64(1)}, `["a", 1]`},
		{map[string]any{"b": 1, "a key": []int{2}}, `{ "a key" = [2], b = 1 }`},
		{map[string]int{}, "{}"},
		{table{"x", 1}, `{ NAME = "x", PORT = 1 }`},
		{&table{"x", 1}, `{ NAME = "x", PORT = 1 }`},
		{(*table)(nil), "(none)"},
		{nil, "(none)"},
		{90 * time.Second, `"1m30s"`},
		{time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), "2026-01-02T03:04:05Z"},
		{settings.NewSecret("hunter2"), `"********************"`},
		{[]settings.Secret{settings.NewSecret("hunter2")}, `["********************"]`},
		{settings.Secret{}, `""`},
	} {
		if got := settings.TOML(tt.value); got != tt.want {
			t.Errorf("%#v: got %s, want %s", tt.value, got, tt.want)
		}
	}
}

// A hidden value is stars, unless it has nothing to hide.
func TestShown(t *testing.T) {
	for _, tt := range []struct {
		name  string
		value any
		want  string
	}{
		{"SECRET_KEY_FALLBACKS", []settings.Secret{}, "[]"},
		{"SECRET_KEY_FALLBACKS", []settings.Secret{settings.NewSecret("hunter2")}, `"********************"`},
		{"API_KEY", "", `""`},
		{"API_KEY", "hunter2", `"********************"`},
		{"TOKENS", map[string]string{}, "{}"},
		{"TOKENS", map[string]string{"a": "hunter2"}, `"********************"`},
		{"DEBUG", false, "false"},
	} {
		f := settings.Field{Name: tt.name, Value: tt.value, Hidden: settings.IsHidden(tt.name)}
		if got := f.Shown(); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

// What is written is TOML, and means the same.
func FuzzTOMLString(f *testing.F) {
	for _, s := range []string{"", `\`, `'`, `"`, "\x7f", "\u0085", "a\r\nb", `^https://[\w-]+\.example\.com$`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip("a file can't hold it")
		}
		var got struct{ X []string }
		text := "X = " + settings.TOML([]string{s})
		if _, err := toml.Decode(text, &got); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if !reflect.DeepEqual(got.X, []string{s}) || strings.Contains(text, "\n") {
			t.Errorf("%q came back as %q from %s", s, got.X, text)
		}
	})
}
