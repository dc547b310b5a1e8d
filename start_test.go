package settled_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// A made is a directory with what startproject and startapp made, and the go
// command without the network.
type made struct {
	t   *testing.T
	dir string
}

// stockProgram builds the stock binary.
func stockProgram(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds programs")
	}
	if err := modules(); err != nil {
		t.Fatal(err)
	}
	bin := filepath.Join(t.TempDir(), "manage")
	made{t, "."}.run("go", "build", "-o", bin, "./manage")
	return bin
}

// run runs a program to its end, which has to be a good one, and returns its
// output.
func (m made) run(name string, args ...string) string {
	m.t.Helper()
	return m.runIn(offline(), name, args...)
}

func (m made) runIn(env []string, name string, args ...string) string {
	m.t.Helper()
	cmd := exec.Command(name, args...)
	cmd.Dir, cmd.Env = m.dir, env
	out, err := cmd.CombinedOutput()
	if err != nil {
		m.t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// offline is the environment without the network, and without settings.
func offline() []string {
	return append(os.Environ(), "GOPROXY=off", "GOFLAGS=-mod=readonly -buildvcs=false", "GOWORK=off", "SETTLED_SETTINGS=")
}

// sound fails unless the module is as it should be: formatted, vetted, its tests
// pass, and check finds nothing.
func (m made) sound() {
	m.t.Helper()
	if out := m.run("gofmt", "-l", "."); out != "" {
		m.t.Errorf("not formatted:\n%s", out)
	}
	m.run("go", "vet", "./...")
	m.run("go", "mod", "tidy", "-diff")
	m.run("go", "test", "./...")
	m.run("go", "build", "-o", "manage/", "./manage")
	if out := m.run("manage/manage", "check"); out != "System check identified no issues (0 silenced).\n" {
		m.t.Errorf("check says:\n%s", out)
	}
}

// modules brings those into the module cache that go mod tidy looks at and a
// build does not need, such as the ones of tests. A project's go.mod has no more
// than Settled's.
var modules = sync.OnceValue(func() error {
	if out, err := exec.Command("go", "mod", "tidy", "-diff").CombinedOutput(); err != nil {
		return fmt.Errorf("go mod tidy -diff, for Settled itself: %v\n%s", err, out)
	}
	return nil
})

// staticcheck runs it as CI does for Settled itself, from the module cache if it
// is there.
func (m made) staticcheck() {
	m.t.Helper()
	cache := strings.TrimSpace(m.run("go", "env", "GOMODCACHE"))
	out, err := exec.Command("go", "env", "GOPROXY").Output()
	if err != nil {
		m.t.Fatal(err)
	}
	proxy := "GOPROXY=file://" + filepath.ToSlash(cache) + "/cache/download," + strings.TrimSpace(string(out))
	m.runIn(append(offline(), proxy), "go", "run", "honnef.co/go/tools/cmd/staticcheck@v0.8.2", "./...")
}

// served is what runserver says it serves.
var served = regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)

// serve runs the project's server until the test ends and returns its address.
func (m made) serve() string {
	m.t.Helper()
	cmd := exec.CommandContext(m.t.Context(), "manage/manage", "runserver", "127.0.0.1:0")
	cmd.Dir, cmd.Env = m.dir, offline()
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	out, err := cmd.StdoutPipe()
	if err != nil {
		m.t.Fatal(err)
	}
	var log bytes.Buffer
	cmd.Stderr = &log
	if err := cmd.Start(); err != nil {
		m.t.Fatal(err)
	}
	m.t.Cleanup(func() { _ = cmd.Wait() })
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if url := served.FindString(lines.Text()); url != "" {
			go io.Copy(io.Discard, out)
			return url
		}
	}
	m.t.Fatalf("the server did not start:\n%s", &log)
	return ""
}

// get asks a server for a page.
func (m made) get(url string) (status int, body string) {
	m.t.Helper()
	r, err := http.Get(url)
	if err != nil {
		m.t.Fatal(err)
	}
	defer r.Body.Close()
	data, err := io.ReadAll(r.Body)
	if err != nil {
		m.t.Fatal(err)
	}
	return r.StatusCode, string(data)
}

// startProject makes a project with apps and returns it.
func startProject(t *testing.T, name string, apps ...string) made {
	t.Helper()
	bin, parent := stockProgram(t), made{t, t.TempDir()}
	parent.run(bin, "startproject", name)
	site := made{t, filepath.Join(parent.dir, name)}
	for _, app := range apps {
		site.run(bin, "startapp", app)
	}
	return site
}

// A new project builds as it comes, without the network, passes its own tests
// and checks, and answers; and so with new apps.
func TestStartProject(t *testing.T) {
	site := startProject(t, "mysite")
	site.sound()
	if info, err := os.Stat(filepath.Join(site.dir, "secret.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("secret.key: %v, %v", info.Mode(), err)
	}
	if status, body := site.get(site.serve()); status != http.StatusOK {
		t.Errorf("status %d:\n%s", status, body)
	}
	site.run("go", "run", "./manage", "startapp", "polls")
	site.run("go", "run", "./manage", "startapp", "my_cool_app", "apps/cool")
	site.sound()
	url := site.serve()
	for path, want := range map[string]string{
		"polls/":        "Hello from polls!\n",
		"polls/5":       "You're looking at \"5\".\n",
		"my_cool_app/":  "Hello from my_cool_app!\n",
		"my_cool_app/é": "You're looking at \"é\".\n",
	} {
		if status, body := site.get(url + path); status != http.StatusOK || body != want {
			t.Errorf("/%s: %d %q, want %q", path, status, body, want)
		}
	}
	if out := site.run("manage/manage", "check", "--explain", "polls.W001"); !strings.Contains(out, "POLLS_GREETING is empty.") {
		t.Errorf("check --explain says:\n%s", out)
	}
	if out := site.run("manage/manage", "settings", "show", "POLLS_GREETING"); !strings.Contains(out, "what visitors read first") {
		t.Errorf("settings show says:\n%s", out)
	}
	site.staticcheck()
}

// Whoever forgets the import of an app is told which one it is.
func TestForgottenImport(t *testing.T) {
	site := startProject(t, "mysite", "polls")
	site.edit("manage/main.go", func(text string) string { return strings.Replace(text, "\t_ \"mysite/polls\"\n", "", 1) })
	cmd := exec.Command("go", "run", "./manage", "check")
	cmd.Dir, cmd.Env = site.dir, offline()
	out, err := cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "add the package that registers it to the imports of your manage/main.go: _ \"mysite/polls\"\n") {
		t.Errorf("%v, check says:\n%s", err, out)
	}
}

// The middleware of a new app compiles when it is uncommented, and works.
func TestStartAppMiddleware(t *testing.T) {
	site := startProject(t, "mysite", "polls")
	site.edit("polls/middleware.go", func(text string) string {
		head, rest, found := strings.Cut(text, "\n// import (")
		if !found {
			t.Fatalf("no import to uncomment:\n%s", text)
		}
		rest = "\nimport (" + regexp.MustCompile(`(?m)^// ?`).ReplaceAllString(rest, "")
		return head + rest
	})
	site.edit("settings.toml", func(text string) string {
		cors := `"corsheaders.middleware.CorsMiddleware",`
		return strings.Replace(text, cors, cors+`"polls.middleware.PollsMiddleware",`, 1)
	})
	site.sound()
	if out := site.run("manage/manage", "middleware"); !strings.Contains(out, "polls.middleware.PollsMiddleware") {
		t.Errorf("middleware says:\n%s", out)
	}
}

// What is Settled's own template could be anybody's.
func TestStartTemplate(t *testing.T) {
	templates, err := filepath.Abs("internal/scaffold/templates")
	if err != nil {
		t.Fatal(err)
	}
	bin, parent := stockProgram(t), made{t, t.TempDir()}
	parent.run(bin, "startproject", "mysite", "--template", filepath.Join(templates, "project"), "-e", "go,key,md,mod,toml", "--module", "example.com/mysite")
	site := made{t, filepath.Join(parent.dir, "mysite")}
	site.run(bin, "startapp", "polls", "--template", filepath.Join(templates, "app"), "-e", "go,md")
	site.sound()
}

// edit changes a file.
func (m made) edit(name string, change func(string) string) {
	m.t.Helper()
	name = filepath.Join(m.dir, name)
	text, err := os.ReadFile(name)
	if err != nil {
		m.t.Fatal(err)
	}
	changed := change(string(text))
	if changed == string(text) {
		m.t.Fatalf("%s is as it was", name)
	}
	if err := os.WriteFile(name, []byte(changed), 0o666); err != nil {
		m.t.Fatal(err)
	}
}
