package exempt_test

import (
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/exempt"
)

func TestHas(t *testing.T) {
	paths, err := exempt.Compile("X", []string{`^healthz$`, `\.csv$`, `^a/`})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]bool{
		"/healthz": true, "/healthz/": false, "/x/healthz": false, "/report.csv": true, "/report.csv/": false,
		"/a/b": true, "//a/b": true, "/": false, "": false, "*": false,
	} {
		if got := paths.Has(path); got != want {
			t.Errorf("%q: %v", path, got)
		}
	}
	if (exempt.Paths)(nil).Has("/healthz") {
		t.Error("none exempts some")
	}
	if _, err := exempt.Compile("X_EXEMPT", []string{"a", "("}); err == nil || !strings.HasPrefix(err.Error(), "X_EXEMPT: ") {
		t.Errorf("got %v", err)
	}
}
