package settings_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/settings"
)

// place writes files into the working directory of the test.
func place(t *testing.T, files map[string]string) {
	t.Helper()
	for name, text := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// Sources are known of files that can't be loaded, too.
func TestSources(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  []string
	}{
		{"no file", nil, []string{"conf/s.toml"}},
		{"alone", map[string]string{"conf/s.toml": "A = 1\n"}, []string{"conf/s.toml"}},
		{"bases", map[string]string{
			"conf/s.toml": "EXTENDS = [\"b.toml\", \"../c.toml\"]\n",
			"conf/b.toml": "EXTENDS = \"../c.toml\"\n",
			"c.toml":      "EXTENDS = \"d.toml\"\n",
		}, []string{"conf/s.toml", "conf/b.toml", "c.toml", "d.toml"}},
		{"a circle", map[string]string{
			"conf/s.toml": "EXTENDS = \"b.toml\"\n", "conf/b.toml": "EXTENDS = \"s.toml\"\n",
		}, []string{"conf/s.toml", "conf/b.toml"}},
		{"no TOML", map[string]string{"conf/s.toml": "EXTENDS = [\"b.toml\",\nA =\n"}, []string{"conf/s.toml", "conf/b.toml"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			place(t, tt.files)
			if diff := cmp.Diff(tt.want, settings.Sources("conf/s.toml")); diff != "" {
				t.Errorf("Sources (-want +got):\n%s", diff)
			}
		})
	}
}

func TestChanged(t *testing.T) {
	t.Chdir(t.TempDir())
	texts := map[string]string{"s.toml": "EXTENDS = \"b.toml\"\n", "b.toml": "A = 1\n"}
	place(t, texts)
	f, err := settings.Load("s.toml")
	if err != nil {
		t.Fatal(err)
	}
	place(t, texts)
	if f.Changed() {
		t.Error("the same text is a change")
	}
	place(t, map[string]string{"b.toml": "A = 2\n"})
	if !f.Changed() {
		t.Error("another text of a base is none")
	}
	place(t, texts)
	if err := os.Remove("s.toml"); err != nil {
		t.Fatal(err)
	}
	if !f.Changed() {
		t.Error("no file is none")
	}
}

// Secrets stand anywhere in settings.
func TestSecretFiles(t *testing.T) {
	var s struct {
		Plain  string
		Key    settings.Secret            `toml:"KEY"`
		Keys   []settings.Secret          `toml:"KEYS"`
		ByName map[string]settings.Secret `toml:"BY_NAME"`
		Nested *struct {
			Key settings.Secret `toml:"key"`
		} `toml:"NESTED"`
	}
	f, err := settings.Parse("conf/s.toml", []byte(`
KEY = { file = "a" }
KEYS = ["x", { file = "/b" }, { env = "C" }, { file = "../a" }]
BY_NAME = { one = { file = "d" }, two = { file = "a" } }
NESTED = { key = { file = "e" } }
`), settings.Options{})
	if err != nil {
		t.Fatal(err)
	}
	f.Decode("app", &s)
	want := []string{"/b", "a", "conf/a", "conf/d", "conf/e"}
	if diff := cmp.Diff(want, settings.SecretFiles(&s)); diff != "" {
		t.Errorf("SecretFiles (-want +got):\n%s", diff)
	}
	if got := settings.SecretFiles(nil); len(got) > 0 {
		t.Errorf("of nothing: %q", got)
	}
}
