package gobuild_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/settled-go/settled/internal/gobuild"
)

func TestInModule(t *testing.T) {
	root := t.TempDir()
	for name, file := range map[string]string{"module": "go.mod", "workspace": "go.work", "neither": "gateway.toml"} {
		dir := filepath.Join(root, name)
		if err := os.MkdirAll(filepath.Join(dir, "below"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, file), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		for _, place := range []string{dir, filepath.Join(dir, "below")} {
			if got, want := gobuild.InModule(place), name != "neither"; got != want {
				t.Errorf("%s: %v, want %v", place, got, want)
			}
		}
	}
}
