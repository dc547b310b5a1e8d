//go:build unix

package settled_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A reloadProject is a real project in a folder of its own, whose page says a
// number. It is the sum of what code, an embedded file and a template say.
type reloadProject struct {
	dir, tmp string
	manage   string
	says     map[string]int // by file
}

const reloadApp = `package numbers

import (
	_ "embed"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"

	"github.com/settled-go/settled"
)

//go:embed number.txt
var embedded string

var template, _ = os.ReadFile("numbers/templates/number.html")

func init() { settled.Register("numbers", func() settled.App { return app{} }) }

type app struct{}

func (app) Settings() any { return nil }

func (app) Routes() []settled.Route {
	return []settled.Route{settled.Path("/number/", number, "number"), settled.Path("/pid/", pid, "pid"), settled.Path("/exit/", exit, "exit")}
}

func number(w http.ResponseWriter, r *http.Request) {
	sum := code
	for _, text := range []string{embedded, string(template)} {
		n, _ := strconv.Atoi(strings.TrimSpace(text))
		sum += n
	}
	fmt.Fprint(w, sum)
}

func pid(w http.ResponseWriter, r *http.Request)  { fmt.Fprint(w, os.Getpid()) }
func exit(w http.ResponseWriter, r *http.Request) { os.Exit(3) }
`

// Files of the project that say a number, and how.
var reloadNumbers = map[string]string{
	"numbers/code.go":               "package numbers\n\nimport \"polls/deep\"\n\nconst code = deep.Number + %d\n",
	"deep/deep.go":                  "package deep\n\nconst Number = %d\n",
	"numbers/number.txt":            "%d\n",
	"numbers/templates/number.html": "%d\n",
}

func newReloadProject(t *testing.T) *reloadProject {
	t.Helper()
	home := t.TempDir()
	p := &reloadProject{
		dir: filepath.Join(home, "polls"), tmp: filepath.Join(home, "tmp"),
		manage: filepath.Join(home, "manage"), says: map[string]int{},
	}
	if err := os.Mkdir(p.tmp, 0o777); err != nil {
		t.Fatal(err)
	}
	p.run(t, ".", "go", "build", "-o", p.manage, "./manage")
	p.run(t, home, p.manage, "startproject", "polls")
	p.write(t, "numbers/app.go", reloadApp)
	for name := range reloadNumbers {
		p.say(t, name, 0)
	}
	p.replace(t, "settings.toml", `"corsheaders",`, `"corsheaders", "numbers",`)
	p.replace(t, "manage/main.go", "import (", "import (\n\t_ \"polls/numbers\"")
	p.run(t, p.dir, "go", "build", "-o", p.manage, "./manage")
	return p
}

func (p *reloadProject) env() []string {
	return append(os.Environ(), "GOFLAGS=-mod=mod", "GOPROXY=off", "TMPDIR="+p.tmp)
}

func (p *reloadProject) run(t *testing.T, dir, name string, args ...string) {
	t.Helper()
	c := exec.Command(name, args...)
	c.Dir, c.Env = dir, p.env()
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
}

// write writes a file as editors do: another one that takes its name.
func (p *reloadProject) write(t *testing.T, name, text string) {
	t.Helper()
	path := filepath.Join(p.dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+"~", []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path+"~", path); err != nil {
		t.Fatal(err)
	}
}

func (p *reloadProject) say(t *testing.T, name string, n int) {
	t.Helper()
	p.says[name] = n
	p.write(t, name, fmt.Sprintf(reloadNumbers[name], n))
}

// number is what the page has to say.
func (p *reloadProject) number() (sum int) {
	for _, n := range p.says {
		sum += n
	}
	return sum
}

func (p *reloadProject) replace(t *testing.T, name, old, new string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(p.dir, name))
	if err != nil || !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%s has no %q: %v", name, old, err)
	}
	p.write(t, name, strings.Replace(string(data), old, new, 1))
}

// A reloadServer is the project's runserver.
type reloadServer struct {
	cmd   *exec.Cmd
	addr  string
	out   lockedBuffer
	seen  int // of out
	ended chan error
}

func (p *reloadProject) serve(t *testing.T) *reloadServer {
	t.Helper()
	s := &reloadServer{cmd: exec.Command(p.manage, "runserver", "127.0.0.1:0"), ended: make(chan error, 1)}
	s.cmd.Dir, s.cmd.Env = p.dir, p.env()
	s.cmd.Stdout, s.cmd.Stderr = &s.out, &s.out
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() { s.ended <- s.cmd.Wait() }()
	t.Cleanup(func() {
		_ = s.cmd.Process.Kill()
		if t.Failed() {
			t.Logf("runserver:\n%s", regexp.MustCompile(`(?m)^\[.*\n`).ReplaceAllString(s.out.String(), ""))
		}
	})
	s.addr = s.await(t, `Starting server at http://(\S+)/\n`)
	s.await(t, `Quit the server with CONTROL-C\.\n`)
	return s
}

// await waits until the server has printed, after all that was awaited before,
// what matches, and returns the first submatch.
func (s *reloadServer) await(t *testing.T, pattern string) string {
	t.Helper()
	re := regexp.MustCompile(pattern)
	for begun := time.Now(); time.Since(begun) < 3*time.Minute; time.Sleep(time.Millisecond) {
		text := s.out.String()
		if m := re.FindStringSubmatchIndex(text[s.seen:]); m != nil {
			match := re.FindStringSubmatch(text[s.seen:])
			s.seen += m[1]
			return match[len(match)-1]
		}
	}
	t.Fatalf("waited for %s", pattern)
	return ""
}

// isAlive says whether there is a process with that id that has not ended.
func isAlive(pid int) bool { return syscall.Kill(pid, 0) == nil }
