package settledtest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// SettingsFile is the settings file of the project that a test belongs to: the
// one that manage test was given, which is in SETTLED_SETTINGS, else
// settings.toml in the nearest directory at or above the test's package, up to
// that of go.mod. Without one, the test ends.
func SettingsFile(t testing.TB) string {
	t.Helper()
	if name := os.Getenv("SETTLED_SETTINGS"); name != "" {
		return name
	}
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if name := filepath.Join(dir, "settings.toml"); exists(name) {
			return name
		}
		parent := filepath.Dir(dir)
		if parent == dir || exists(filepath.Join(dir, "go.mod")) {
			t.Fatal("there is no settings.toml at or above the package: name one with manage test --settings FILE, or in SETTLED_SETTINGS")
		}
		dir = parent
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, fs.ErrNotExist)
}

// Load sets up the project of SettingsFile with the default registry: the apps
// that the test imports. Variables that override settings count, as they do
// when the site is served. Errors in it end the test; the project is not
// started.
func Load(t testing.TB) *settled.Project {
	t.Helper()
	f, err := settings.Load(SettingsFile(t))
	if err != nil {
		t.Fatal(explained(err))
	}
	p, _ := settled.Setup(f)
	found, _ := p.Silence(p.Check(settled.Selection{}))
	sound(t, found)
	return p
}

// Open is Load, and starts the project; the site closes when the test ends.
func Open(t testing.TB) *settled.Site {
	t.Helper()
	return start(t, Load(t))
}

// sound ends the test when there are errors among what was found.
func sound(t testing.TB, found checks.Messages) {
	t.Helper()
	if errs := found.AtLeast(checks.Error); len(errs) > 0 {
		t.Fatal(report(errs))
	}
}
