package gobuild_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/settled-go/settled/internal/gobuild"
)

const files = `
-- app/go.mod --
module example.com/app

go 1.26

require example.com/lib v0.0.0

replace example.com/lib => ../lib
-- app/cmd/main.go --
package main

import (
	"example.com/app/web"
	"example.com/lib"
)

func main() { println(web.Text, lib.Text) }
-- app/web/web.go --
package web

import "embed"

//go:embed static hello.txt *.json
var files embed.FS

var Text = "web"
-- app/web/web_test.go --
package web
-- app/web/hello.txt --
hello
-- app/web/one.json --
-- app/web/static/css/site.css --
-- app/web/templates/index.html --
-- app/other/other.go --
package other
-- lib/go.mod --
module example.com/lib

go 1.26
-- lib/lib.go --
package lib

const Text = "lib"
`

// project is a folder with the files, and the program in it.
func project(t *testing.T) (dir string, p *gobuild.Program) {
	t.Helper()
	if testing.Short() {
		t.Skip("runs the go command")
	}
	tool, err := exec.LookPath("go")
	if err != nil {
		t.Fatal(err)
	}
	dir, err = filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range txtar.Parse([]byte(files)).Files {
		write(t, filepath.Join(dir, f.Name), string(f.Data))
	}
	return dir, gobuild.For("example.com/app/cmd", tool, filepath.Join(dir, "app"))
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// What a change of a file means: of one that is there, that is new, that is gone.
func TestKind(t *testing.T) {
	dir, p := project(t)
	begun := time.Now().Add(-time.Minute)
	s, err := p.Sources(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]gobuild.Kind{
		"app/cmd/main.go":                gobuild.Code,
		"app/cmd/new.go":                 gobuild.Code,
		"app/web/asm_amd64.s":            gobuild.Code,
		"app/go.mod":                     gobuild.Code,
		"app/go.sum":                     gobuild.Code,
		"app/web/hello.txt":              gobuild.Code,
		"app/web/one.json":               gobuild.Code,
		"app/web/two.json":               gobuild.Code,
		"app/web/static/css/site.css":    gobuild.Code,
		"app/web/static/new/picture.png": gobuild.Code,
		"lib/lib.go":                     gobuild.Code,
		"lib/go.mod":                     gobuild.Code,
		"app/web/templates/index.html":   gobuild.Template,
		"app/web/templates/new/mail.txt": gobuild.Template,
		"app/cmd/templates/new.html":     gobuild.Template,
		"app/web/page.gohtml":            gobuild.Template,
		"app/web/web_test.go":            gobuild.Nothing,
		"app/web/other.txt":              gobuild.Nothing,
		"app/web/go.mod":                 gobuild.Nothing,
		"app/web/.web.go.swp":            gobuild.Nothing,
		"app/web/.#web.go":               gobuild.Nothing,
		"app/web/_old.go":                gobuild.Nothing,
		"app/web/web.go~":                gobuild.Nothing,
		"app/web/templates/4913":         gobuild.Nothing,
		"app/web/templates/#index.html#": gobuild.Nothing,
		"app/other/other.go":             gobuild.Nothing,
		"app/settings.toml":              gobuild.Nothing,
		"app/templates.go":               gobuild.Nothing,
	} {
		if got := s.Kind(filepath.Join(dir, name)); got != want {
			t.Errorf("%s: got %d, want %d", name, got, want)
		}
	}
	var folders []string
	for _, folder := range s.Folders() {
		rel, _ := filepath.Rel(dir, folder)
		folders = append(folders, rel)
	}
	if diff := cmp.Diff([]string{"app", "app/cmd", "app/web", "lib"}, folders); diff != "" {
		t.Error(diff)
	}
	for name, want := range map[string]bool{
		"app/web/static": true, "app/web/static/css": true, "app/web/templates": true, "app/cmd/templates": true,
		"app/other": false, "app/web/static/.git": false, "app/node_modules": false,
	} {
		if got := s.Enter(filepath.Join(dir, name)); got != want {
			t.Errorf("enter %s: got %v", name, got)
		}
	}
	// What is newer than now, and what is newer than all that was written.
	if newer := s.Newer(time.Now().Add(time.Minute)); len(newer) > 0 {
		t.Errorf("newer than the future: %v", newer)
	}
	newer := s.Newer(begun)
	for _, name := range []string{"app/web/static/css/site.css", "app/web/templates/index.html", "lib/lib.go", "app/go.mod"} {
		if !slices.Contains(newer, filepath.Join(dir, name)) {
			t.Errorf("%s is not newer, but %v", name, newer)
		}
	}
	if got := s.Show(filepath.Join(dir, "app/web/web.go")); got != filepath.Join("web", "web.go") {
		t.Errorf("shown as %s", got)
	}
	if path := filepath.Join(dir, "lib/lib.go"); s.Show(path) != path {
		t.Errorf("shown as %s", s.Show(path))
	}
}

// A program whose source is elsewhere is not built.
func TestSourceElsewhere(t *testing.T) {
	dir, _ := project(t)
	tool, _ := exec.LookPath("go")
	for _, pkg := range []string{"cmd/go", "example.com/elsewhere", "example.com/app/web"} {
		if s, err := gobuild.For(pkg, tool, filepath.Join(dir, "app")).Sources(t.Context()); err == nil {
			t.Errorf("%s: it is made of %v", pkg, s.Folders())
		}
	}
	if s, err := gobuild.For("example.com/app/cmd", tool, t.TempDir()).Sources(t.Context()); err == nil {
		t.Errorf("without a module: it is made of %v", s.Folders())
	}
}
