package settings_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/settings"
)

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.toml")
	if err := os.WriteFile(path, []byte("A = 1\nB = 1"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("SETTLED_A", "2")
	f, err := settings.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	var got layered
	f.Decode("app", &got)
	if f.Name() != path || !cmp.Equal(f.Files(), []string{path}) || got.A != 2 || got.B != 1 {
		t.Errorf("got %q, %q, %+v", f.Name(), f.Files(), got)
	}
}

// An app without settings has none.
func TestDecodeNothing(t *testing.T) {
	f := parse(t, "A = 1")
	if ms := f.Decode("app", nil); ms != nil {
		t.Error(report(ms))
	}
	f.Offer("other", nil)
	if ms := f.Resolve(nil); ms != nil {
		t.Error(report(ms))
	}
}

// Names match exactly: the TOML library alone would take debug for DEBUG.
func TestNamesMatchExactly(t *testing.T) {
	var got site
	f := parse(t, "debug = true\nDebug = true\n[SERVERS.x]\nhost = 'x'")
	f.Decode("site", &got)
	if got.Debug || got.Servers["x"].Host != "" {
		t.Errorf("got %+v", got)
	}
	sameIDs(t, f.Unclaimed(), "settings.E005", "settings.E005", "settings.E002")
}

// A File is read by several goroutines.
func TestConcurrentUse(t *testing.T) {
	f := parse(t, "A = 'x'\nSECRET_KEY = ['x']\nNO = 1\nTABLE = { a = 'y' }", "SETTLED_C=x", "SETTLED_D=1")
	var wg sync.WaitGroup
	reports := make([]string, 8)
	for i := range reports {
		wg.Go(func() {
			var one layered
			var two vault
			ms := f.Decode("one", &one)
			ms = append(ms, f.Decode("two", &two)...)
			f.Offer("three", &site{})
			ms = append(ms, f.Resolve(&two)...)
			f.Unclaimed()
			f.Origin("A")
			ms = append(ms, checks.Errorf("app.E009", "x").On("TABLE"))
			ms = f.Place(ms).Select(func(m checks.Message) bool { return m.ID != "settings.E012" })
			ms.Sort()
			reports[i] = report(ms)
		})
	}
	wg.Wait()
	for _, r := range reports {
		if r != reports[0] || r == "" {
			t.Errorf("got\n%s\nand\n%s", r, reports[0])
		}
	}
}

// Neither the text nor the environment shows when a File, or what holds one, is
// printed or logged.
func TestFileIsNeverShown(t *testing.T) {
	f := parse(t, "SECRET_KEY = '"+password+"'", "TOKEN="+password)
	f.Decode("app", &vault{})
	f.Origin("SECRET_KEY")
	type project struct{ file *settings.File } // fmt calls no methods on it
	type closed struct{ file settings.File }
	var out bytes.Buffer
	for _, v := range []any{f, *f, &f, project{f}, &project{f}, closed{*f}, &closed{*f}, []*settings.File{f}, []any{f}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%t", "%z"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
			slog.New(h).Info("message", "value", v)
		}
	}
	for _, leak := range []string{password, "TOKEN", "SECRET_KEY", fmt.Sprintf("%x", password), fmt.Sprint([]byte(password))} {
		if strings.Contains(out.String(), leak) {
			t.Errorf("%q is in the output", leak)
		}
	}
	if got := fmt.Sprintf("%s %v", f, *f); got != "test.toml test.toml" {
		t.Errorf("got %q", got)
	}
}
