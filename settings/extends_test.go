package settings_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// write puts files into a new directory.
func write(t testing.TB, files map[string]string) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

type layered struct {
	A     int            `toml:"A"`
	B     int            `toml:"B" alias:"OLD_B" check:"app.E001 alias=app.W001 both=app.E002"`
	C     int            `toml:"C"`
	Table map[string]int `toml:"TABLE"`
}

func TestExtends(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  layered
		order []string
	}{
		{"one", map[string]string{"x": "EXTENDS = 'base.toml'\nA = 1", "base.toml": "A = 2\nB = 2"}, layered{A: 1, B: 2}, []string{"x", "base.toml"}},
		{"a whole table replaces the base's", map[string]string{"x": "EXTENDS = 'base.toml'\n[TABLE]\nx = 1", "base.toml": "[TABLE]\nx = 2\ny = 2"},
			layered{Table: map[string]int{"x": 1}}, []string{"x", "base.toml"}},
		{"of a list the later wins", map[string]string{"x": "EXTENDS = ['one.toml', 'two.toml']\nA = 1", "one.toml": "A = 2\nB = 2\nC = 2", "two.toml": "A = 3\nB = 3"},
			layered{A: 1, B: 3, C: 2}, []string{"x", "two.toml", "one.toml"}},
		{"relative to the file that has it", map[string]string{"x": "EXTENDS = 'd/one.toml'", "d/one.toml": "EXTENDS = '../d/e/two.toml'\nA = 1", "d/e/two.toml": "B = 2"},
			layered{A: 1, B: 2}, []string{"x", "d/one.toml", "d/e/two.toml"}},
		{"a diamond", map[string]string{"x": "EXTENDS = ['one.toml', 'two.toml']", "one.toml": "EXTENDS = 'top.toml'\nA = 1\nB = 1", "two.toml": "EXTENDS = 'top.toml'\nA = 2", "top.toml": "A = 3\nB = 3\nC = 3"},
			layered{A: 2, B: 3, C: 3}, []string{"x", "two.toml", "top.toml", "one.toml"}},
		{"twice the same", map[string]string{"x": "EXTENDS = ['one.toml', './one.toml']", "one.toml": "A = 1"}, layered{A: 1}, []string{"x", "one.toml"}},
		{"none", map[string]string{"x": "EXTENDS = []\nA = 1"}, layered{A: 1}, []string{"x"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := write(t, tt.files)
			f, err := settings.Load(filepath.Join(dir, "x"))
			if err != nil {
				t.Fatal(err)
			}
			var got layered
			if ms := append(f.Decode("app", &got), f.Unclaimed()...); len(ms) > 0 {
				t.Errorf("messages:\n%s", report(ms))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			var order []string
			for _, name := range f.Files() {
				name, _ = filepath.Rel(dir, name)
				order = append(order, name)
			}
			if !slices.Equal(order, tt.order) {
				t.Errorf("files %q, want %q", order, tt.order)
			}
		})
	}
}

func TestExtendsAbsolutePath(t *testing.T) {
	dir := write(t, map[string]string{"base.toml": "A = 5"})
	f := parse(t, "EXTENDS = '"+filepath.Join(dir, "base.toml")+"'")
	if at := f.Origin("A"); at.String() != filepath.Join(dir, "base.toml")+":1:5" {
		t.Errorf("got %s", at)
	}
}

func TestExtendsErrors(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"missing", map[string]string{"x": "EXTENDS = ['no.toml', 'ok.toml', 'd.toml']", "ok.toml": "", "d.toml/e": ""},
			`x:1:12: error: the file "no.toml" that EXTENDS names can't be read: no such file (settings.E009)
  hint: correct the name: it starts at the folder of the file that has this EXTENDS
x:1:34: error: the file "d.toml" that EXTENDS names can't be read: is a directory (settings.E009)
  hint: name a settings file, and let it be readable
`},
		{"no settings file", map[string]string{"x": "EXTENDS = ['/proc/self/environ', 'a.toml/']"},
			"x:1:12: error: EXTENDS names \"/proc/self/environ\", which is no settings file: its name does not end in .toml (settings.E009)\n  hint: name a file that ends in .toml\n" +
				"x:1:34: error: EXTENDS names \"a.toml/\", which is no settings file: its name does not end in .toml (settings.E009)\n  hint: name a file that ends in .toml\n"},
		{"a password", map[string]string{"x": "EXTENDS = 'redis://u:hunter2@h/x.toml'"},
			"x:1:11: error: the file \"redis://u:********************@h/x.toml\" that EXTENDS names can't be read: no such file (settings.E009)\n  hint: correct the name: it starts at the folder of the file that has this EXTENDS\n"},
		{"empty", map[string]string{"x": "EXTENDS = ''"}, "x:1:11: error: EXTENDS names no file: the name is empty (settings.E009)\n  hint: take it out, or name a file\n"},
		{"itself", map[string]string{"x": "EXTENDS = 'a.toml'", "a.toml": "EXTENDS = './a.toml'"},
			"a.toml:1:11: error: EXTENDS goes round in a circle: \"a.toml\" -> \"a.toml\" (settings.E009)\n  hint: take it out\n"},
		{"a circle", map[string]string{"x": "EXTENDS = 'a.toml'", "a.toml": "EXTENDS = ['ok.toml', 'b.toml']", "b.toml": "EXTENDS = 'a.toml'", "ok.toml": ""},
			"b.toml:1:11: error: EXTENDS goes round in a circle: \"a.toml\" -> \"b.toml\" -> \"a.toml\" (settings.E009)\n  hint: take one of these out of the EXTENDS of another\n"},
		{"wrong type", map[string]string{"x": "EXTENDS = 5"},
			"x:1:11: error: EXTENDS should be the name of a file or a list of them, not an integer (settings.E003)\n  hint: write EXTENDS = \"base.toml\"\n"},
		{"wrong elements", map[string]string{"x": "EXTENDS = ['ok.toml', 5, ['y']]", "ok.toml": ""},
			"x:1:23: error: EXTENDS should be the name of a file or a list of them, but EXTENDS[1] is an integer (settings.E003)\n  hint: write EXTENDS = [\"base.toml\"]\n" +
				"x:1:26: error: EXTENDS should be the name of a file or a list of them, but EXTENDS[2] is a list (settings.E003)\n  hint: write EXTENDS = [\"base.toml\"]\n"},
		{"syntax errors in all files", map[string]string{"x": "EXTENDS = ['b.toml', 'a.toml', 'no.toml']", "a.toml": "A = ", "b.toml": "EXTENDS = 'c.toml'", "c.toml": "\nB = x"},
			"a.toml:1:4: error: a value is missing (settings.E001)\n  hint: write it on the line of the =\n" +
				"c.toml:2:5: error: \"x\" is not a TOML value (settings.E001)\n  hint: put quotes around text\n" +
				"x:1:32: error: the file \"no.toml\" that EXTENDS names can't be read: no such file (settings.E009)\n  hint: correct the name: it starts at the folder of the file that has this EXTENDS\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Chdir(write(t, tt.files))
			_, err := settings.Load("x")
			ms := failure(t, err)
			if diff := cmp.Diff(tt.want, report(ms)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, m := range ms {
				if m.Class != checks.Unbuildable || m.At.Source == "" {
					t.Errorf("%s: class %v, source %q", m, m.Class, m.At.Source)
				}
			}
		})
	}
}

// Values that another file hides are checked and placed where they are written.
func TestExtendsChecksHiddenValues(t *testing.T) {
	t.Chdir(write(t, map[string]string{
		"x":        "EXTENDS = ['one.toml', 'two.toml']\nA = 1\n[TABLE]\nx = 1",
		"one.toml": "A = 'x'\nNO_SUCH = 1\nOLD_B = 2\n[TABLE]\nx = 'y'",
		"two.toml": "A = []\nNO_SUCH = 2\nB = 3",
	}))
	f, err := settings.Load("x")
	if err != nil {
		t.Fatal(err)
	}
	var got layered
	ms := append(f.Decode("app", &got), f.Unclaimed()...)
	ms.Sort()
	want := `one.toml:1:5: error: A should be an integer, not a string (settings.E003)
  hint: write a whole number without quotes
one.toml:2:1: error: no installed app has a setting NO_SUCH, so it does nothing (settings.E002)
  hint: take it out, or add its app to INSTALLED_APPS
one.toml:3:1: error: OLD_B is not looked at, since B is set too, which replaced it (app.E002)
  note: two.toml:3:1: the one that counts
  hint: take OLD_B out
one.toml:5:5: error: TABLE should be a table of integers, but TABLE.x is a string (settings.E003)
  hint: write a whole number without quotes
two.toml:1:5: error: A should be an integer, not a list (settings.E003)
  hint: write a whole number without quotes
two.toml:2:1: error: no installed app has a setting NO_SUCH, so it does nothing (settings.E002)
  hint: take it out, or add its app to INSTALLED_APPS
`
	if diff := cmp.Diff(want, report(ms)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(layered{A: 1, B: 3, Table: map[string]int{"x": 1}}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	placed := f.Place(checks.Messages{checks.Errorf("app.E009", "x").On("B"), checks.Errorf("app.E009", "x").On("A")})
	if placed[0].At.String() != "two.toml:3:5" || placed[1].At.String() != "x:2:5" {
		t.Errorf("placed at %s and %s", placed[0].At, placed[1].At)
	}
}

// A file that is reached on very many ways is read once.
func TestExtendsManyDiamonds(t *testing.T) {
	files := map[string]string{"40.toml": "A = 5"}
	for i := range 40 {
		next := string(rune('0'+(i+1)/10)) + string(rune('0'+(i+1)%10)) + ".toml"
		files[string(rune('0'+i/10))+string(rune('0'+i%10))+".toml"] = "EXTENDS = ['" + next + "', './" + next + "', '../" + "DIR/" + next + "']"
	}
	dir := write(t, files)
	for name, text := range files {
		text = strings.ReplaceAll(text, "DIR", filepath.Base(dir))
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	f, err := settings.Load(filepath.Join(dir, "00.toml"))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(f.Files()); n != 41 {
		t.Errorf("got %d files, want 41", n)
	}
}

// A pipe would never end, and what else is no file could be anything.
func TestExtendsRegularFilesOnly(t *testing.T) {
	dir := write(t, nil)
	t.Chdir(dir)
	if err := os.Symlink(os.DevNull, "null.toml"); err != nil {
		t.Skip(err)
	}
	_, err := settings.Parse("x", []byte("EXTENDS = 'null.toml'"), settings.Options{})
	want := "x:1:11: error: the file \"null.toml\" that EXTENDS names can't be read: not a regular file (settings.E009)\n" +
		"  hint: name a settings file, and let it be readable\n"
	if diff := cmp.Diff(want, report(failure(t, err))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
