package staticfiles_test

import (
	"embed"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/staticfiles"
	"github.com/settled-go/settled/settledtest"
)

func TestApp(t *testing.T) { settledtest.App(t, staticfiles.Name, staticfiles.NewApp) }

//go:embed testdata/polls
var embedded embed.FS

// polls is an app with files inside of the program.
type polls struct{}

func (polls) Settings() any { return nil }

func (polls) StaticFiles() fs.FS {
	files, _ := fs.Sub(embedded, "testdata/polls")
	return files
}

// shop is an app whose files have times.
type shop struct{}

func (shop) Settings() any { return nil }

func (shop) StaticFiles() fs.FS {
	at := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	return fstest.MapFS{
		"shop/a.js":       {Data: []byte("a()"), ModTime: at},
		"polls/style.css": {Data: []byte("of the shop"), ModTime: at},
	}
}

// show is a page with URLs of static files.
type page struct{}

func (page) Settings() any { return nil }

func (page) Routes() []settled.Route {
	return []settled.Route{settled.Path("GET /url/{name...}", func(w http.ResponseWriter, r *http.Request) {
		url, err := staticfiles.URL(r, r.PathValue("name")+r.URL.Query().Get("rest"))
		fmt.Fprint(w, url, err)
	}, "")}
}

var apps = settledtest.Apps{
	staticfiles.Name: staticfiles.NewApp,
	"polls":          func() settled.App { return polls{} },
	"shop":           func() settled.App { return shop{} },
	"page":           func() settled.App { return page{} },
}

func project(t testing.TB, toml string) *settled.Project {
	t.Helper()
	p, ms := settledtest.Setup(t, apps, toml)
	if err := ms.Blocking().Err(); err != nil {
		t.Fatal(err)
	}
	return p
}

// ask gives the status, two headers and the body.
func ask(h http.Handler, path string) string {
	r := httptest.NewRequest("GET", "/", nil)
	r.Host = "localhost"
	r.URL.Path = path
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		return fmt.Sprint(w.Code)
	}
	return fmt.Sprintf("%d %s, modified %q: %s", w.Code, w.Header().Get("Content-Type"), w.Header().Get("Last-Modified"), w.Body)
}

// Files of apps come after those of STATICFILES_DIRS, and in the order of the apps.
func TestServesApps(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"shop/a.js": "mine()"})
	toml := "DEBUG = true\nINSTALLED_APPS = [\"shop\", \"polls\", %q]\nSTATICFILES_DIRS = [[\"x\", %q]]\n"
	h := settledtest.Start(t, apps, fmt.Sprintf(toml, staticfiles.Name, dir)).Handler()
	for path, want := range map[string]string{
		"/static/shop/a.js":       `200 text/javascript; charset="utf-8", modified "Fri, 02 Jan 2026 03:04:05 GMT": a()`,
		"/static/polls/style.css": `200 text/css; charset="utf-8", modified "Fri, 02 Jan 2026 03:04:05 GMT": of the shop`,
		"/static/polls/only.txt":  "200 text/plain; charset=\"utf-8\", modified \"\": embedded\n",
		"/static/polls":           "404",
		"/static/polls/":          "404",
		"/static/":                "404",
	} {
		if got := ask(h, path); got != want {
			t.Errorf("%s: %q, want %q", path, got, want)
		}
	}
	h = settledtest.Start(t, apps, strings.Replace(fmt.Sprintf(toml, staticfiles.Name, dir), "[\"x\", ", "[\"shop\", ", 1)+"STATICFILES_FINDERS = [\"django.contrib.staticfiles.finders.AppDirectoriesFinder\"]\n").Handler()
	if got := ask(h, "/static/shop/shop/a.js"); got != "404" {
		t.Errorf("without that finder: %s", got)
	}
}

// An embedded file has no time; its tag is that of its content, so it is known again.
func TestEmbeddedIsKnownAgain(t *testing.T) {
	h := settledtest.Start(t, apps, "DEBUG = true\nINSTALLED_APPS = [\"polls\", \"django.contrib.staticfiles\"]\n").Handler()
	r := httptest.NewRequest("GET", "http://localhost/static/polls/only.txt", nil)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	r.Header.Set("If-None-Match", w.Header().Get("Etag"))
	w = httptest.NewRecorder()
	h.ServeHTTP(w, r)
	if w.Code != http.StatusNotModified {
		t.Errorf("status %d", w.Code)
	}
}

// No link leads out of a folder, neither when it is served nor when it is collected; within,
// links are followed, and circles are not.
func TestLinks(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	plant(t, dir, map[string]string{"assets/css/a.css": "a", "secret.txt": "secret"})
	for name, to := range map[string]string{
		"assets/out.txt": filepath.Join(dir, "secret.txt"), "assets/up.txt": "../secret.txt", "assets/in.css": "css/a.css",
		"assets/folder": "css", "assets/css/circle": "..", "assets/outside": dir, "assets/gone": "nowhere",
	} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Skip(err)
		}
	}
	toml := fmt.Sprintf("DEBUG = true\nINSTALLED_APPS = [%q]\nSTATICFILES_DIRS = [%q]\nSTATIC_ROOT = %q\n", staticfiles.Name, filepath.Join(dir, "assets"), out)
	h := settledtest.Start(t, apps, toml).Handler()
	for path, want := range map[string]string{
		"in.css": "200", "folder/a.css": "200", "out.txt": "404", "up.txt": "404", "outside/secret.txt": "404", "gone": "404", "css/circle/in.css": "200",
	} {
		if got := ask(h, "/static/"+path); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	if said := collect(t, toml, "--noinput"); !strings.Contains(said, "3 static files copied") {
		t.Errorf("collected: %s", said)
	}
}

// A file that the program brings has no time: whether it is there already is a matter of
// its content.
func TestCollectsEmbedded(t *testing.T) {
	out := t.TempDir()
	toml := fmt.Sprintf("DEBUG = true\nINSTALLED_APPS = [\"polls\", %q]\nSTATIC_ROOT = %q\n", staticfiles.Name, out)
	collect(t, toml)
	if said := collect(t, toml, "--noinput"); !strings.Contains(said, "0 static files copied") || !strings.Contains(said, "2 unmodified") {
		t.Errorf("the second time: %s", said)
	}
	plant(t, out, map[string]string{"polls/only.txt": "EMBEDDED\n"})
	collect(t, toml, "--noinput")
	if data, _ := os.ReadFile(filepath.Join(out, "polls/only.txt")); string(data) != "embedded\n" {
		t.Errorf("a file that was another is %q", data)
	}
	env := settled.Env{Project: project(t, toml), Stdout: new(strings.Builder), Stderr: new(strings.Builder)}
	if err := settled.CallCommand(t.Context(), env, "collectstatic", "--noinput", "--link"); err == nil {
		t.Error("it linked to what is no file on disk")
	}
}

// What stands in STATIC_ROOT and leads elsewhere is replaced, and never written through.
func TestCollectsIntoTheFolder(t *testing.T) {
	dir := t.TempDir()
	plant(t, dir, map[string]string{"assets/a.css": "new", "assets/b/c.css": "new", "mine.css": "mine", "elsewhere/c.css": "mine"})
	if err := os.Mkdir(filepath.Join(dir, "public"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "mine.css"), filepath.Join(dir, "public/a.css")); err != nil {
		t.Skip(err)
	}
	toml := fmt.Sprintf("DEBUG = true\nINSTALLED_APPS = [%q]\nSTATICFILES_DIRS = [%q]\nSTATIC_ROOT = %q\n", staticfiles.Name, filepath.Join(dir, "assets"), filepath.Join(dir, "public"))
	collect(t, toml, "--noinput")
	if data, _ := os.ReadFile(filepath.Join(dir, "mine.css")); string(data) != "mine" {
		t.Errorf("what a link led to is now %q", data)
	}
	if err := os.RemoveAll(filepath.Join(dir, "public/b")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(dir, "elsewhere"), filepath.Join(dir, "public/b")); err != nil {
		t.Fatal(err)
	}
	env := settled.Env{Project: project(t, toml), Stdout: new(strings.Builder), Stderr: new(strings.Builder)}
	if err := settled.CallCommand(t.Context(), env, "collectstatic", "--noinput"); err == nil {
		t.Error("it wrote through a link to a folder")
	}
	if err := settled.CallCommand(t.Context(), env, "collectstatic", "--noinput", "--clear"); err != nil {
		t.Error(err)
	}
	if data, _ := os.ReadFile(filepath.Join(dir, "elsewhere/c.css")); string(data) != "mine" {
		t.Errorf("what a link led to is now %q", data)
	}
}

// URL is the tag static of Django's templates.
func TestURL(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	plant(t, dir, map[string]string{"css/a b.css": "a"})
	toml := func(debug, url, options string) string {
		return fmt.Sprintf("DEBUG = %s\nALLOWED_HOSTS = [\"localhost\"]\nINSTALLED_APPS = [%q, \"page\"]\nSTATICFILES_DIRS = [%q]\nSTATIC_ROOT = %q\nSTATIC_URL = %q\nSTORAGES = { staticfiles = { BACKEND = %s } }\n",
			debug, staticfiles.Name, dir, out, url, options)
	}
	const plain, manifest = `"django.contrib.staticfiles.storage.StaticFilesStorage"`, `"django.contrib.staticfiles.storage.ManifestStaticFilesStorage"`
	collect(t, toml("true", "static/", manifest), "--noinput")
	for _, tt := range []struct{ name, debug, url, storage, path, want string }{
		{"plain", "false", "static/", plain, "css/a b.css", "/static/css/a%20b.css<nil>"},
		{"another host", "false", "https://cdn.example.com/s/", plain, "css/a.css", "https://cdn.example.com/s/css/a.css<nil>"},
		{"with a hash", "false", "static/", manifest, "css/a b.css", "/static/css/a%20b.0cc175b9c0f1.css<nil>"},
		{"while DEBUG is on", "true", "static/", manifest, "css/a b.css", "/static/css/a%20b.css<nil>"},
		{"no entry", "false", "static/", manifest, "css/b.css", "missing staticfiles manifest entry for 'css/b.css': run collectstatic, then restart or reload the site"},
		{"no entry, while DEBUG is on", "true", "static/", manifest, "css/b.css", "/static/css/b.css<nil>"},
		{"not strict", "false", "static/", manifest + ", OPTIONS = { manifest_strict = false }", "css/b.css", "/static/css/b.css<nil>"},
		{"a folder", "false", "static/", manifest, "css/", "/static/css/<nil>"},
	} {
		h := settledtest.Start(t, apps, toml(tt.debug, tt.url, tt.storage)).Handler()
		r := httptest.NewRequest("GET", "/", nil)
		r.Host = "localhost"
		r.URL.Path = "/url/" + tt.path
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Body.String() != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, w.Body, tt.want)
		}
	}
	if _, err := staticfiles.URL(httptest.NewRequest("GET", "/", nil), "x"); err == nil {
		t.Error("a request of no site has a URL")
	}
}

// Whatever is asked for, what is answered is a file of the folder.
func FuzzServe(f *testing.F) {
	dir := f.TempDir()
	plant(f, dir, map[string]string{"assets/css/a.css": "a", "secret.txt": "secret"})
	h := settledtest.Start(f, apps, fmt.Sprintf("DEBUG = true\nINSTALLED_APPS = [%q]\nSTATICFILES_DIRS = [%q]\n", staticfiles.Name, filepath.Join(dir, "assets"))).Handler()
	for _, seed := range []string{"css/a.css", "../secret.txt", "css/../../secret.txt", "", "/", "css\\a.css", "\x00", "a%2f..", ".env", "css//a.css"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		if got := ask(h, "/static/"+name); strings.Contains(got, "secret") && !strings.Contains(name, "secret") || strings.HasPrefix(got, "200") && name != "css/a.css" {
			t.Errorf("%q: %s", name, got)
		}
	})
}
