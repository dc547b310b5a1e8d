package settings_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/settings"
)

// plant makes files, by their slash-separated paths, in a fresh working
// directory. Text that begins with -> makes a link.
func plant(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for name, text := range files {
		err := os.MkdirAll(filepath.Dir(name), 0o777)
		if to, isLink := strings.CutPrefix(text, "->"); isLink && err == nil {
			err = os.Symlink(to, name)
		} else if err == nil {
			err = os.WriteFile(name, []byte(text), 0o666)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

func discover(paths ...string) (files []string, failed string) {
	files, errs := settings.Discover(context.Background(), paths)
	for _, err := range errs {
		failed += err.Error() + "\n"
	}
	return files, failed
}

func TestDiscoverByContent(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       bool
	}{
		{"any.toml", "INSTALLED_APPS = []", true},
		{"any.toml", "\ufeffMIDDLEWARE = []", true},
		{"any.toml", `EXTENDS = "nowhere.toml"`, true},
		{"any.toml", "DEBUG = true", false},
		{"any.toml", "installed_apps = []", false},
		{"any.toml", "[tool]\nINSTALLED_APPS = []\nMIDDLEWARE = []", false},
		{"any.toml", "", false},
		{"any.toml", "DEBUG = \nINSTALLED_APPS = []", true},
		{"any.toml", "INSTALLED_APPS = [", true},
		{"any.toml", "a = 1\nINSTALLED APPS = []\n", false},
		{"any.toml", "[package", false},
		{"any.txt", "INSTALLED_APPS = []", false},
		{".any.toml", "INSTALLED_APPS = []", false},
		{"pyproject.toml", "[project]\nname = \"x\"", false},
		{"Cargo.toml", "[package]\nname = \"x\"\n[features]\nMIDDLEWARE = []", false},
		{"settings.toml", "DEBUG = true", true},
		{"settings.toml", "", true},
		{"settings.toml", "[x", true},
		{"settings-prod.toml", "DEBUG = true", true},
		{"prod.settings.toml", "DEBUG = true", true},
		{"settings.toml", "installed_apps = []", true},
		{"settings.toml", "[default]\nDEBUG = true", false},
		{"Settings.toml", "DEBUG = true", false},
	} {
		plant(t, map[string]string{tt.name: tt.text})
		files, failed := discover(".")
		if got := len(files) == 1; got != tt.want || got != (failed == "") {
			t.Errorf("%s with %q: got %v, %q, want %v", tt.name, tt.text, files, failed, tt.want)
		}
	}
}

func TestDiscover(t *testing.T) {
	const some = "INSTALLED_APPS = []\n"
	for _, tt := range []struct {
		name   string
		files  map[string]string
		paths  []string
		want   []string
		failed string
	}{
		{"sorted, in the order of the paths", map[string]string{"b/z.toml": some, "b/a.toml": some, "a/x/y.toml": some}, []string{"b", "a"},
			[]string{"b/a.toml", "b/z.toml", "a/x/y.toml"}, ""},
		{"each once", map[string]string{"a/x.toml": some, "l.toml": "->a/x.toml"}, []string{"a/../a/x.toml", "a", ".", "./a/x.toml"}, []string{"a/x.toml"}, ""},
		{"a link to a file", map[string]string{"a/x.toml": some, "c/l.toml": "->../a/x.toml"}, []string{"c"}, []string{"c/l.toml"}, ""},
		{"a link to a directory, named", map[string]string{"a/x.toml": some, "c/l": "->../a"}, []string{"c/l"}, []string{"c/l/x.toml"}, ""},
		{"a link to a directory, met", map[string]string{"a/x.toml": some, "a/l": "->."}, []string{"."}, []string{"a/x.toml"}, ""},
		{"what others wrote", map[string]string{".git/x.toml": some, "_old/x.toml": some, "vendor/x.toml": some, "node_modules/x.toml": some,
			"testdata/x.toml": some, "x.toml": some}, []string{"."}, []string{"x.toml"}, ""},
		{"what others wrote, named", map[string]string{".hidden/x.toml": some, "vendor/x.toml": some}, []string{".hidden", "vendor"},
			[]string{".hidden/x.toml", "vendor/x.toml"}, ""},
		{"bases", map[string]string{"base.toml": some, "a.toml": `EXTENDS = "middle.toml"`, "middle.toml": `EXTENDS = ["base.toml"]`}, []string{"."},
			[]string{"a.toml"}, ""},
		{"bases by way of a file elsewhere", map[string]string{"c/base.toml": some, "c/a.toml": `EXTENDS = "../o/o.toml"`, "o/o.toml": `EXTENDS = "../c/base.toml"`},
			[]string{"c"}, []string{"c/a.toml"}, ""},
		{"a base of a named file", map[string]string{"c/base.toml": some, "a.toml": `EXTENDS = "c/base.toml"`}, []string{"a.toml", "c"}, []string{"a.toml"}, ""},
		{"a named base", map[string]string{"base.toml": some, "a.toml": `EXTENDS = "base.toml"`}, []string{".", "base.toml"}, []string{"a.toml", "base.toml"}, ""},
		{"a base of a broken file", map[string]string{"base.toml": some, "a.toml": "EXTENDS = ['base.toml']\n=="}, []string{"."}, []string{"a.toml"}, ""},
		{"a circle", map[string]string{"b.toml": `EXTENDS = "a.toml"`, "a.toml": `EXTENDS = "b.toml"`}, []string{"."}, []string{"a.toml", "b.toml"}, ""},
		{"itself", map[string]string{"a.toml": `EXTENDS = "a.toml"`}, []string{"."}, []string{"a.toml"}, ""},
		{"named files are not judged", map[string]string{"a.txt": "x"}, []string{"a.txt", "nowhere.toml"}, []string{"a.txt", "nowhere.toml"}, ""},
		{"nothing there", map[string]string{"a/Cargo.toml": "", "b/x.toml": some}, []string{"a", "b"}, []string{"b/x.toml"},
			"directory \"a\": no settings file in it, or below; one ends in .toml and sets INSTALLED_APPS, MIDDLEWARE or EXTENDS\n"},
		{"a link that leads nowhere", map[string]string{"a/l.toml": "->nowhere", "a/x.toml": some}, []string{"a"}, []string{"a/x.toml"},
			"settings file \"a/l.toml\": no such file\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			plant(t, tt.files)
			files, failed := discover(tt.paths...)
			for i := range files {
				files[i] = filepath.ToSlash(files[i])
			}
			if diff := cmp.Diff(tt.want, files); diff != "" || failed != tt.failed {
				t.Errorf("(-want +got):\n%s%s", diff, failed)
			}
		})
	}
}

// A walk ends with its context.
func TestDiscoverInterrupted(t *testing.T) {
	plant(t, map[string]string{"x.toml": "INSTALLED_APPS = []"})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if files, failed := settings.Discover(ctx, []string{"."}); len(files)+len(failed) > 0 {
		t.Errorf("got %v, %v", files, failed)
	}
}
