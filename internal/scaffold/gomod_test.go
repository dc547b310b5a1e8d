package scaffold_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/scaffold"
)

// These tests are compiled in a checkout of Settled.
func TestFindFramework(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	want := scaffold.Framework{Version: "v1.2.3", Checkout: root, Source: root}
	if got := scaffold.FindFramework(t.Context(), "1.2.3"); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// GoVersion is Settled's own.
func TestGoVersion(t *testing.T) {
	data, err := os.ReadFile("../../go.mod")
	if err != nil || !strings.Contains(string(data), "\ngo "+scaffold.GoVersion+"\n") {
		t.Errorf("go.mod does not say go %s: %v", scaffold.GoVersion, err)
	}
}

// complete completes a go.mod without a go command, as on a machine that has
// none.
func complete(t *testing.T, gomod string, fw scaffold.Framework) (mod string, sum, ready bool) {
	t.Helper()
	t.Setenv("PATH", "")
	files, ready, err := scaffold.Complete(context.Background(), []scaffold.File{file("a.go", "package a"), file("go.mod", gomod)}, fw)
	if err != nil {
		t.Fatal(err)
	}
	return string(files[1].Data), len(files) > 2 && files[2].Path == "go.sum", ready
}

func TestComplete(t *testing.T) {
	source := t.TempDir()
	put(t, filepath.Join(source, "go.mod"), "module "+scaffold.Module+"\n\ngo 1.26.0\n\nrequire example.com/x v1.2.3\n\nrequire example.com/y v1.0.0 // indirect\n")
	put(t, filepath.Join(source, "go.sum"), "example.com/x v1.2.3 h1:x=\n")
	const start, ours = "module m\n\ngo 1.26.0\n", "require github.com/settled-go/settled "
	const needs = "require (\n\texample.com/x v1.2.3 // indirect\n\texample.com/y v1.0.0 // indirect\n)\n"
	const replace = "\nreplace github.com/settled-go/settled => "
	for _, tt := range []struct {
		name, mod  string
		fw         scaffold.Framework
		want       string
		sum, ready bool
	}{
		{"from a checkout", start, scaffold.Framework{Version: "v1.0.0", Checkout: source, Source: source},
			start + "\n" + ours + "v1.0.0\n\n" + needs + replace + source + "\n", true, true},
		{"what the template says", start + "\n" + ours + "v0.9.0\n\nreplace " + scaffold.Module + " => ../settled\n",
			scaffold.Framework{Version: "v1.0.0", Checkout: source, Source: source},
			start + "\n" + ours + "v0.9.0\n\n" + needs + replace + "../settled\n", true, true},
		{"more than Settled needs", start + "\nrequire example.com/z v1.0.0\n", scaffold.Framework{Version: "v1.0.0", Checkout: source, Source: source},
			start + "\nrequire (\n\texample.com/z v1.0.0\n\tgithub.com/settled-go/settled v1.0.0\n)\n\n" + needs + replace + source + "\n", true, false},
		{"released", start, scaffold.Framework{Version: "v1.0.0", Source: source}, start + "\n" + ours + "v1.0.0\n", false, false},
		{"not on this machine", start, scaffold.Framework{Version: "v1.0.0"}, start + "\n" + ours + "v1.0.0\n", false, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			mod, sum, ready := complete(t, tt.mod, tt.fw)
			if mod != tt.want || sum != tt.sum || ready != tt.ready {
				t.Errorf("go.sum %v, ready %v, want %v, %v; got\n%s\nwant\n%s", sum, ready, tt.sum, tt.ready, mod, tt.want)
			}
		})
	}
}

func TestCompleteRefuses(t *testing.T) {
	_, _, err := scaffold.Complete(t.Context(), []scaffold.File{file("go.mod", "module m\nrequire\n")}, scaffold.Framework{Version: "v1.0.0"})
	if err == nil || !strings.HasPrefix(err.Error(), "the template's go.mod:2:") {
		t.Errorf("got %v", err)
	}
}

func TestFindPackage(t *testing.T) {
	root := t.TempDir()
	put(t, filepath.Join(root, "go.mod"), "// m\nmodule example.com/m\n")
	put(t, filepath.Join(root, "inner/go.mod"), "module \"inner\"\n")
	put(t, filepath.Join(root, "nameless/go.mod"), "go 1.26\n")
	for dir, want := range map[string]scaffold.Package{
		"":            {Import: "example.com/m", Module: "example.com/m", Root: root},
		"a/b":         {Import: "example.com/m/a/b", Module: "example.com/m", Root: root},
		"inner/polls": {Import: "inner/polls", Module: "inner", Root: filepath.Join(root, "inner")},
	} {
		if got, err := scaffold.FindPackage(filepath.Join(root, dir)); err != nil || got != want {
			t.Errorf("%s: got %+v, %v, want %+v", dir, got, err, want)
		}
	}
	for dir, want := range map[string]string{
		filepath.Join(root, "a b"):        "no package can be in",
		filepath.Join(root, "nameless/a"): "does not say what the module is called",
		filepath.Dir(root):                "there is no go.mod in",
	} {
		if _, err := scaffold.FindPackage(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", dir, err, want)
		}
	}
}
