package gobuild_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/gobuild"
)

// Whether a program's source has changed since it was built, however it was.
func TestIsOutdated(t *testing.T) {
	dir, _ := project(t)
	app, file, lib := filepath.Join(dir, "app"), filepath.Join(t.TempDir(), "manage"), filepath.Join(dir, "lib/lib.go")
	goTool := func(args ...string) {
		t.Helper()
		c := exec.Command("go", args...)
		c.Dir = app
		if out, err := c.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	old, err := os.ReadFile(lib)
	if err != nil {
		t.Fatal(err)
	}
	kept := "89/" + strings.Repeat("893a581e", 8) + "-d"
	for _, tt := range []struct {
		how  string
		text string // what lib says then
		want bool
	}{
		{"", string(old), false},
		{"", "package lib\n\nconst Text = \"new\"\n", true},
		{"", "package lib\n\nconst Text = x\n", true}, // for the compiler to tell
		{"-ldflags=-s -X main.version=1", string(old), false},
		{"-ldflags=-s -X main.version=1", "package lib\n\nconst Text = \"new\"\n", true},
		{"-trimpath -tags=x", string(old), false},
		{"-trimpath -tags=x", "package lib\n\nconst Text = \"new\"\n", true},
		{"b001/exe", string(old), false},
		{"b001/exe", "package lib\n\nconst Text = \"new\"\n", true},
		{kept, string(old), false},
		{kept, "package lib\n\nconst Text = x\n", true},
		{"-ldflags=-buildid=", "package lib\n\nconst Text = \"new\"\n", false}, // nobody knows
	} {
		write(t, lib, string(old))
		how := []string{tt.how}
		if !strings.HasPrefix(tt.how, "-ldflags") {
			how = strings.Fields(tt.how)
		}
		file := file
		if tt.how == "b001/exe" || tt.how == kept { // where go run has it
			file = filepath.Join(t.TempDir(), tt.how, "cmd")
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				t.Fatal(err)
			}
			goTool("run", "-exec", "sh -c 'cp $0 "+file+"'", "./cmd")
		} else {
			goTool(append(append([]string{"build", "-o", file}, how...), "./cmd")...)
		}
		p, err := gobuild.Built(file, "go", app)
		if err != nil {
			t.Fatal(err)
		}
		write(t, lib, tt.text)
		if got := p.IsOutdated(t.Context(), file); got != tt.want {
			t.Errorf("%q, then %q: outdated is %v", tt.how, tt.text, got)
		}
	}
}
