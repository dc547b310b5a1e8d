package gobuild_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/internal/gobuild"
)

// The compiler's lines, a program that is the same, and one that is another.
func TestBuild(t *testing.T) {
	dir, p := project(t)
	scratch, err := gobuild.NewScratch()
	if err != nil {
		t.Fatal(err)
	}
	defer scratch.Close()
	one, two := scratch.File("one"), scratch.File("two")
	build := func(file string) {
		t.Helper()
		if err := p.Build(t.Context(), file); err != nil {
			t.Fatal(err)
		}
	}
	build(one)
	out, err := exec.Command(one).CombinedOutput()
	if err != nil || string(out) != "web lib\n" {
		t.Errorf("it says %q, %v", out, err)
	}
	build(two)
	if !gobuild.Same(one, two) {
		t.Error("the same code gives another program")
	}
	lib := filepath.Join(dir, "lib/lib.go")
	write(t, lib, "package lib\n\nconst Text = \"new\"\n")
	build(two)
	if gobuild.Same(one, two) {
		t.Error("other code gives the same program")
	}
	write(t, lib, "package lib\n\nconst Text = x\n")
	write(t, filepath.Join(dir, "app/web/web.go"), "package web\n\nvar Text = y\nvar More int = \"\"\n")
	err = p.Build(t.Context(), two)
	broken, ok := errors.AsType[*gobuild.CodeError](err)
	if !ok {
		t.Fatalf("got %v", err)
	}
	slices.Sort(broken.Lines) // packages are built side by side
	want := []string{"../lib/lib.go:3:14: undefined: x", "web/web.go:3:12: undefined: y",
		`web/web.go:4:16: cannot use "" (untyped string constant) as int value in variable declaration`}
	if diff := cmp.Diff(want, broken.Lines); diff != "" {
		t.Error(diff)
	}
	// Which files count is known all the same.
	s, err := p.Sources(t.Context())
	if err != nil || s.Kind(lib) != gobuild.Code || s.Trouble != "" {
		t.Errorf("sources of broken code: %v, %v", s, err)
	}
	if err := os.Remove(lib); err != nil {
		t.Fatal(err)
	}
	if gone := s.Gone(); gone != "" {
		t.Errorf("%s is gone", gone)
	}
	if s, err = p.Sources(t.Context()); err != nil || s.Trouble != "example.com/lib" {
		t.Errorf("sources without a package: %v, %v", s, err)
	}
}

// A build that nobody waits for ends soon.
func TestBuildStops(t *testing.T) {
	_, p := project(t)
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := p.Build(ctx, filepath.Join(t.TempDir(), "x")); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	slow := filepath.Join(t.TempDir(), "go")
	write(t, slow, "#!/bin/sh\nmkdir $GOTMPDIR/go-build1\nsleep 1000 &\nwait\n")
	if err := os.Chmod(slow, 0o700); err != nil {
		t.Fatal(err)
	}
	ctx, stop = context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer stop()
	begun := time.Now()
	p = gobuild.For("x", slow, t.TempDir())
	p.Temp = t.TempDir()
	err := p.Build(ctx, "x")
	if !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 100*time.Second {
		t.Errorf("got %v after %v", err, time.Since(begun))
	}
	if left, _ := os.ReadDir(p.Temp); len(left) > 0 {
		t.Errorf("it leaves %v", left)
	}
}

// A scratch removes itself, and those whose process is gone; not those in use.
func TestScratch(t *testing.T) {
	tmp := t.TempDir()
	t.Setenv("TMPDIR", tmp)
	write(t, filepath.Join(tmp, "settled-runserver-dead", "lock"), "")
	write(t, filepath.Join(tmp, "settled-runserver-new", "1234"), "")
	one, err := gobuild.NewScratch()
	if err != nil {
		t.Fatal(err)
	}
	two, err := gobuild.NewScratch()
	if err != nil {
		t.Fatal(err)
	}
	names := func() string {
		entries, _ := os.ReadDir(tmp)
		var names []string
		for _, e := range entries {
			names = append(names, e.Name())
		}
		return strings.Join(names, " ")
	}
	if got := names(); strings.Count(got, "settled-runserver-") != 3 || strings.Contains(got, "dead") {
		t.Errorf("there are %s", got)
	}
	if err := errors.Join(one.Close(), two.Close()); err != nil || names() != "settled-runserver-new" {
		t.Errorf("there are %s, %v", names(), err)
	}
}
