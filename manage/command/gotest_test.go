package command_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/manage/command"
)

// write makes a file, which may be run.
func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o777); err != nil {
		t.Fatal(err)
	}
}

// An interruption reaches go test, and is waited for.
func TestTestIsInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("has no such signals")
	}
	in(t, sound)
	write(t, "bin/go", "#!/bin/sh\ntrap 'echo interrupted; exit 1' INT\necho started\nwhile :; do sleep 0.01; done\n")
	t.Setenv("PATH", filepath.Join(mustGetwd(t), "bin")+string(os.PathListSeparator)+os.Getenv("PATH"))
	ctx, cancel := context.WithCancel(t.Context())
	stdout, stderr := newWatched(), new(bytes.Buffer)
	var r settled.Registry
	r.Register("demo", func() settled.App { return new(testApp) })
	p := command.Program{Name: "manage", Setup: r.Setup, Stdout: stdout, Stderr: stderr}
	status := make(chan int)
	go func() { status <- p.Run(ctx, []string{"test"}) }()
	for !strings.Contains(stdout.String(), "started") {
		<-stdout.changed
	}
	cancel()
	if got := <-status; got != 1 || stdout.String() != "started\ninterrupted\n" || stderr.String() != "CommandError: interrupted\n" {
		t.Errorf("%d, %q, %q", got, stdout, stderr)
	}
}

func mustGetwd(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// The command go runs the tests that are asked for.
func TestTestRunsGo(t *testing.T) {
	if testing.Short() {
		t.Skip("compiles tests")
	}
	in(t, sound)
	write(t, "go.mod", "module shop\n")
	write(t, "till/till_test.go", `package till

import (
	"os"
	"testing"
)

func TestSettings(t *testing.T) { println("settings:", os.Getenv("SETTLED_SETTINGS")) }
func TestBroken(t *testing.T)   { t.Error("no luck") }
`)
	want := "settings: " + filepath.Join(mustGetwd(t), "settings.toml")
	if got := run(t.Context(), new(testApp), "test", "-v", "2", "-k", "Settings", "till"); got.Status != 0 || !strings.Contains(got.Stdout+got.Stderr, want) {
		t.Errorf("got %+v, want %s", got, want)
	}
	if got := run(t.Context(), new(testApp), "test"); got.Status != 1 || !strings.Contains(got.Stdout, "no luck") || strings.Contains(got.Stderr, "CommandError") {
		t.Errorf("got %+v, want a failure", got)
	}
	if got := run(t.Context(), new(testApp), "test", "--", "-count=x"); got.Status != 2 {
		t.Errorf("got %+v, want status 2", got)
	}
}
