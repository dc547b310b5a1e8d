package command_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
)

// Many files at once: the same report every time, in the order of the names.
func TestCheckManyFiles(t *testing.T) {
	in(t, "")
	var want strings.Builder
	want.WriteString("System check identified some issues:\n\nWARNINGS:\n")
	const n = 50
	for i := range n {
		name := fmt.Sprintf("%02d.toml", i)
		text := "EXTENDS = \"base/base.toml\"\nALLOWED_HOSTS = [\"*\"]\nDEBUG = false\n"
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&want, "%s:3:9: warning: this is odd (demo.W001)\n   3 | DEBUG = false\n     |         ^^^^^\n   hint: look into it\n", name)
	}
	fmt.Fprintf(&want, "\nSystem check identified %d issues (0 silenced) in %[1]d of %[1]d files.\n", n)
	if err := os.MkdirAll("base", 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("base/base.toml", []byte("INSTALLED_APPS = [\"demo\"]\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		got := run(t.Context(), new(testApp), "check", ".")
		if got.Status != 0 || got.Stderr != want.String() {
			t.Fatalf("status %d, %s", got.Status, got.Stderr)
		}
	}
}

func TestCheckFilesInterrupted(t *testing.T) {
	in(t, sound)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, arg := range []string{".", "settings.toml"} {
		if got, want := run(ctx, new(testApp), "check", arg), (result{1, "", "CommandError: interrupted\n"}); got != want {
			t.Errorf("%s: got %+v", arg, got)
		}
	}
}
