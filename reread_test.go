package settled_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

// A project that is read again is that of the file as it is now; the one before
// stays as it was.
func TestReread(t *testing.T) {
	name := filepath.Join(t.TempDir(), "settings.toml")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("DEBUG = true\n")
	f, err := settings.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	var r settled.Registry
	p, _ := r.Setup(f)

	write("DEBUG = false\nALLOWED_HOSTS = [\"a.example\"]\n")
	again, err := p.Reread()
	if err != nil || again.Debug() || !p.Debug() {
		t.Errorf("DEBUG is %v and was %v (%v)", again.Debug(), p.Debug(), err)
	}
	write("DEBUG = \n")
	if _, err := p.Reread(); !errors.As(err, new(*checks.Failure)) {
		t.Errorf("no TOML: %v", err)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Reread(); err == nil || !strings.Contains(err.Error(), "no such file") {
		t.Errorf("no file: %v", err)
	}
}

// What can be read only once is not read again: it would wait for ever.
func TestRereadOfAPipe(t *testing.T) {
	f, err := settings.Load(os.DevNull)
	if err != nil {
		t.Skip(err)
	}
	var r settled.Registry
	p, _ := r.Setup(f)
	if _, err := p.Reread(); err == nil || !strings.Contains(err.Error(), "no regular file") {
		t.Errorf("%v", err)
	}
}
