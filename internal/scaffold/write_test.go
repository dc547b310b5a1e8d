package scaffold_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/internal/scaffold"
)

// tree is all that is in a directory: files with what they hold, directories
// with a slash.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, entry os.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, name)
		if err != nil || entry.IsDir() {
			all[filepath.ToSlash(rel)+"/"] = ""
			return err
		}
		data, err := os.ReadFile(name)
		all[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func put(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func file(path, text string) scaffold.File {
	return scaffold.File{Path: path, Data: []byte(text), Mode: 0o666}
}

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "old"), "old")
	secret := file("new/c/secret", "c")
	secret.Mode = 0o600
	p := scaffold.Plan{Kind: scaffold.App, Dir: filepath.Join(dir, "x/y"), Files: []scaffold.File{file("a", "a"), file("new/b", "b"), secret},
		Edits: []scaffold.Edit{{Path: filepath.Join(dir, "old"), Old: "old", New: "newer"}}}
	var made []string
	if err := p.Write(func(name string) { made = append(made, name) }); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"./": "", "old": "newer", "x/": "", "x/y/": "", "x/y/a": "a", "x/y/new/": "", "x/y/new/b": "b", "x/y/new/c/": "", "x/y/new/c/secret": "c"}
	if diff := cmp.Diff(want, tree(t, dir)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if want := []string{filepath.Join(dir, "x/y/a"), filepath.Join(dir, "x/y/new/b"), filepath.Join(dir, "x/y/new/c/secret")}; !slices.Equal(made, want) {
		t.Errorf("told of %q, want %q", made, want)
	}
	if info, err := os.Stat(filepath.Join(dir, "x/y/new/c/secret")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the secret has mode %v, %v", info.Mode(), err)
	}
}

// Whatever goes wrong, nothing is new and nothing is changed.
func TestWriteNothing(t *testing.T) {
	for _, tt := range []struct {
		name  string
		files []scaffold.File
		edits []scaffold.Edit // of files below the directory
		want  string
	}{
		{"a file is there", []scaffold.File{file("x/a", ""), file("there", "")}, nil, "there already exists. Overlaying an app into"},
		{"a link is there", []scaffold.File{file("link", "")}, nil, "link already exists."},
		{"a directory is there", []scaffold.File{file("dir", "")}, nil, "dir already exists."},
		{"a file is in the way", []scaffold.File{file("x/y/a", ""), file("there/a", "")}, nil, "there can't be made: file exists"},
		{"twice", []scaffold.File{file("x/y/a", ""), file("x/y/a", "")}, nil, "a can't be written: file exists"},
		{"a change", []scaffold.File{file("x/a", "")}, []scaffold.Edit{{Path: "there", Old: "there", New: "n"}, {Path: "dir/too", Old: "else", New: "n"}},
			"too has changed since it was read; run this again"},
		{"nothing to change", []scaffold.File{file("x/a", "")}, []scaffold.Edit{{Path: "there", Old: "there", New: "n"}, {Path: "gone/a", New: "n"}},
			"a can't be replaced: no such file or directory"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, filepath.Join(dir, "there"), "there")
			put(t, filepath.Join(dir, "dir/too"), "too")
			if err := os.Symlink("nowhere", filepath.Join(dir, "link")); err != nil {
				t.Fatal(err)
			}
			p := scaffold.Plan{Kind: scaffold.App, Dir: dir, Files: tt.files}
			for _, e := range tt.edits {
				e.Path = filepath.Join(dir, e.Path)
				p.Edits = append(p.Edits, e)
			}
			before := names(t, dir)
			err := p.Write(func(string) {})
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
			if diff := cmp.Diff(before, names(t, dir)); diff != "" {
				t.Errorf("(-before +after):\n%s", diff)
			}
		})
	}
}

// names is tree where a link leads nowhere.
func names(t *testing.T, dir string) map[string]string {
	t.Helper()
	link := filepath.Join(dir, "link")
	if err := os.Remove(link); err != nil {
		t.Fatal(err)
	}
	all := tree(t, dir)
	if err := os.Symlink("nowhere", link); err != nil {
		t.Fatal(err)
	}
	return all
}
