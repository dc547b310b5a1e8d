package staticfiles_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
)

// tree are files with references of every kind that Django 3.2 and later versions read alike.
var tree = map[string]string{
	"css/base.css": `@import "reset.css";
@import url( sub/deep.css);
body { background: URL("../img/x.png") }
@font-face { src: url(../fonts/f.eot?#iefix) format("eot"), url('../fonts/f.svg#name') }
a { b: url(data:image/png;base64,AAAA); c: url(https://example.com/x.png); d: url(/elsewhere/x.png); e: url("/static/img/x.png?v=2") }
p { background: url("../img/a%20b.png"); filter: url(../img/) }
é { content: "ü" }
`,
	"css/reset.css":    "* { margin: 0 }\n",
	"css/sub/deep.css": "a { b: url(../../img/x.png) }\n@import '../reset.css';\n",
	"img/x.png":        "PNG",
	"img/a b.png":      "PNG2",
	"fonts/f.eot":      "EOT",
	"fonts/f.svg":      "<svg/>",
	"js/app.js":        "run()\n",
	"js/app.min.js":    "run()",
	"no-extension":     "x",
	".hidden":          "x",
	"CVS/x":            "x",
	"css/base.css~":    "x",
	"ünïcode/ß.txt":    "x",
	"img/.keep/inside": "x",
	"tar/a.tar.gz":     "x",
}

// plant writes a tree.
func plant(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, content := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// collected are the files of a folder, but for those that have a hash and are in no manifest,
// which Django leaves on the way; and the manifest.
func collected(t *testing.T, dir string) (files, paths map[string]string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "staticfiles.json"))
	if err != nil {
		t.Fatal(err)
	}
	var manifest struct{ Paths map[string]string }
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, hashed := range manifest.Paths {
		named[hashed] = true
	}
	files = map[string]string{}
	hashed := regexp.MustCompile(`\.[0-9a-f]{12}(\.|$)`)
	err = filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, name)
		if rel = filepath.ToSlash(rel); rel == "staticfiles.json" || hashed.MatchString(rel) && !named[rel] {
			return nil
		}
		content, err := os.ReadFile(name)
		files[rel] = string(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files, manifest.Paths
}

const djangoScript = `
import sys, django
from django.conf import settings
settings.configure(
    INSTALLED_APPS=["django.contrib.staticfiles"], STATIC_URL="/static/", STATIC_ROOT=sys.argv[2], STATICFILES_DIRS=[sys.argv[1]],
    STATICFILES_STORAGE="django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
    STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}},
)
django.setup()
from django.core.management import call_command
call_command("collectstatic", interactive=False)
`

// A real Django makes the same files of the same tree, with the same hashes. It is asked
// where it is installed; SETTLEDTEST_DJANGO=required makes its absence a failure.
func TestCollectsAsDjango(t *testing.T) {
	if testing.Short() {
		t.Skip("starts Python")
	}
	const python = "/usr/bin/python3" // Debian's, which has Django
	if err := exec.Command(python, "-c", "import django").Run(); err != nil {
		if os.Getenv("SETTLEDTEST_DJANGO") == "required" {
			t.Fatalf("no Django: %v", err)
		}
		t.Skip("no Django here")
	}
	source, theirs, ours := t.TempDir(), t.TempDir(), t.TempDir()
	plant(t, source, tree)
	cmd := exec.Command(python, "-W", "ignore", "-c", djangoScript, source, theirs)
	cmd.Dir = source
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	copied := regexp.MustCompile(`\d+ static files copied`)
	said := collect(t, fmt.Sprintf(hashedSettings, ours, source), "--noinput")
	if got, want := copied.FindString(said), copied.Find(out); got != string(want) {
		t.Errorf("it says %q, Django %q", got, want)
	}
	wantFiles, wantPaths := collected(t, theirs)
	files, paths := collected(t, ours)
	if diff := cmp.Diff(wantPaths, paths); diff != "" {
		t.Errorf("the manifest (-Django +Settled):\n%s", diff)
	}
	if diff := cmp.Diff(wantFiles, files); diff != "" {
		t.Errorf("the files (-Django +Settled):\n%s", diff)
	}
}

const hashedSettings = `
DEBUG = true
INSTALLED_APPS = ["django.contrib.staticfiles"]
STATIC_ROOT = %q
STATICFILES_DIRS = [%q]
STORAGES = { staticfiles = { BACKEND = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage" } }
`

// collect runs collectstatic and returns what it says.
func collect(t testing.TB, toml string, args ...string) string {
	t.Helper()
	var stdout, stderr bytes.Buffer
	env := settled.Env{Project: project(t, toml), Stdout: &stdout, Stderr: &stderr, Verbosity: 1}
	if err := settled.CallCommand(t.Context(), env, "collectstatic", args...); err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	return stdout.String()
}
