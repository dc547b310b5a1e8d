package settled_test

import (
	"bufio"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// straceVariable says "required" where a missing strace is a failure.
const straceVariable = "SETTLEDTEST_STRACE"

// harmless are command lines of check with a settings file of every kind of
// input, in all formats.
var harmless = [][]string{
	{"check"},
	{"check", "settings.toml", "other", "nowhere.toml"},
	{"check", ".", "--deploy", "--fail-level", "INFO"},
	{"check", "--baseline", "baseline.json", "--format", "json"},
	{"check", "--format", "sarif"},
	{"check", "--format", "github", "other"},
	{"check", "--diff"},
	{"check", "--list-tags"},
	{"check", "--explain", "corsheaders.E014"},
}

var harmlessFiles = map[string]string{
	"settings.toml": `EXTENDS = "base.toml"
INSTALLED_APPS = ["corsheaders"]
SECRET_KEY = { file = "secret" }
CORS_ALLOWED_ORIGINS = ["https://www.example.com/", "http://localhost:3000"]
CORS_ALLOWED_ORIGIN_REGEXES = ['^https://.*example\.com']
CORS_ALOW_CREDENTIALS = true
SILENCED_SYSTEM_CHECKS = [{ id = "corsheaders.W104", reason = "a test", until = 2020-01-01 }]
`,
	"base.toml":         "MIDDLEWARE = [\"corsheaders.middleware.CorsMiddleware\"]\nALLOWED_HOSTS = [\"www.example.com\"]\n",
	"secret":            "not for the eyes of check",
	"other/broken.toml": "MIDDLEWARE = [\n",
	"other/prod.toml":   "EXTENDS = \"../base.toml\"\nSECRET_KEY = { env = \"NO_SUCH_VARIABLE\" }\n",
	"good.toml":         "INSTALLED_APPS = []\nDEBUG = true\n",
	"baseline.json":     "{\"version\": 1, \"findings\": []}\n",
}

// A sandbox is the program and a directory of files for it.
type sandbox struct{ bin, dir string }

func newSandbox(t *testing.T) sandbox {
	t.Helper()
	if testing.Short() {
		t.Skip("builds a program")
	}
	s := sandbox{filepath.Join(t.TempDir(), "manage"), t.TempDir()}
	if out, err := exec.Command("go", "build", "-o", s.bin, "./manage").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	for name, text := range harmlessFiles {
		path := filepath.Join(s.dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o444)); err != nil {
			t.Fatal(err)
		}
	}
	for _, dir := range []string{s.dir, filepath.Dir(s.bin), filepath.Dir(s.dir)} { // for anybody to read
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// command is one of the program, or of another one that starts it.
func (s sandbox) command(args []string, before ...string) *exec.Cmd {
	line := slices.Concat(before, []string{s.bin}, args)
	cmd := exec.Command(line[0], line[1:]...)
	cmd.Dir = s.dir
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "SETTLED_DEBUG=true"}
	return cmd
}

// What a process may do to the file system, and what opens a file for more than
// reading.
var (
	readsOnly = regexp.MustCompile(`^(access|faccessat2?|fstat|getcwd|lstat|newfstatat|readlink|readlinkat|stat|statfs|statx)\(`)
	opens     = regexp.MustCompile(`^(open|openat)\(.*\b(O_RDONLY|O_PATH)\b`)
	writes    = regexp.MustCompile(`\b(O_WRONLY|O_RDWR|O_CREAT|O_TRUNC|O_APPEND|O_TMPFILE)\b`)
	call      = regexp.MustCompile(`^[0-9]+ +([a-z0-9_]+\(.*)$`)
)

// misdeeds are the calls in strace's output that check has no business with:
// all of those on the network, and those that change the file system.
func misdeeds(trace []byte) (bad []string, seen int) {
	execs := 0
	lines := bufio.NewScanner(bytes.NewReader(trace))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		match := call.FindStringSubmatch(lines.Text())
		if match == nil {
			continue // a signal, an exit, the second half of a call
		}
		seen++
		c := match[1]
		switch {
		case readsOnly.MatchString(c), opens.MatchString(c) && !writes.MatchString(c):
		case strings.HasPrefix(c, "execve(") && execs == 0:
			execs++
		default:
			bad = append(bad, c)
		}
	}
	return bad, seen
}

// trace is what strace says of a run.
func (s sandbox) trace(t *testing.T, args ...string) []byte {
	t.Helper()
	missing := t.Skipf
	if os.Getenv(straceVariable) == "required" {
		missing = t.Fatalf
	}
	strace, err := exec.LookPath("strace")
	if err != nil {
		missing("%v; apt-get install strace", err)
	}
	out := filepath.Join(t.TempDir(), "trace")
	said, _ := s.command(args, strace, "-f", "-qq", "-o", out,
		"-e", "trace=%network,%file,?ftruncate,?fchmod,?fchown,?fallocate,?memfd_create,?io_uring_setup").CombinedOutput()
	data, err := os.ReadFile(out)
	if err != nil || len(data) == 0 || bytes.Contains(said, []byte("PTRACE")) {
		missing("strace does not work here: %v\n%s", err, said)
	}
	return data
}

// check opens no socket and changes no file, and needs neither.
func TestCheckIsHarmless(t *testing.T) {
	s := newSandbox(t)
	for _, args := range harmless {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			bad, seen := misdeeds(s.trace(t, args...))
			if len(bad) > 0 || seen < 10 {
				t.Errorf("of %d system calls these are no reading:\n%s", seen, strings.Join(bad, "\n"))
			}
		})
	}
	t.Run("without a network and the right to write", s.needsNothing)
	t.Run("sockets are seen", s.seesSockets)
	t.Run("only what is asked for is written", s.writesWhatItIsTold)
}

func (s sandbox) writesWhatItIsTold(t *testing.T) {
	if err := os.Chmod(filepath.Join(s.dir, "settings.toml"), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		args []string
	}{
		{"new.json", []string{"check", "--baseline", "new.json"}},
		{"report.json", []string{"check", "--format", "json", "--output", "report.json"}},
		{"settings.toml", []string{"check", "--fix"}},
	} {
		bad, _ := misdeeds(s.trace(t, tt.args...))
		if len(bad) == 0 {
			t.Errorf("%q: the trace does not show that a file was written", tt.args)
		}
		for _, c := range bad {
			if !strings.Contains(c, tt.name) && !strings.HasPrefix(c, "fchmod(") {
				t.Errorf("%q: not about %s: %s", tt.args, tt.name, c)
			}
		}
	}
}

// The address is for documentation, so that no machine has it.
func (s sandbox) seesSockets(t *testing.T) {
	bad, _ := misdeeds(s.trace(t, "runserver", "192.0.2.1:8000", "--settings", "good.toml"))
	if !slices.ContainsFunc(bad, func(c string) bool { return strings.HasPrefix(c, "socket(") }) {
		t.Errorf("the trace shows no socket: %q", bad)
	}
}

// Without a network, in a directory that it may not write to, check says the
// same.
func (s sandbox) needsNothing(t *testing.T) {
	alone := &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
	if os.Geteuid() == 0 {
		alone.Credential = &syscall.Credential{Uid: 65534, Gid: 65534} // root may write anywhere
	} else {
		alone.Cloneflags |= syscall.CLONE_NEWUSER
	}
	for _, dir := range []string{s.dir, filepath.Join(s.dir, "other")} {
		if err := os.Chmod(dir, 0o555); err != nil {
			t.Fatal(err)
		}
		defer os.Chmod(dir, 0o755)
	}
	for _, args := range harmless {
		want, status := output(t, s.command(args))
		cmd := s.command(args)
		cmd.SysProcAttr = alone
		if got, gotStatus := output(t, cmd); got != want || gotStatus != status {
			t.Errorf("%q: got %d, %s, want %d, %s", args, gotStatus, got, status, want)
		}
	}
}

func output(t *testing.T, cmd *exec.Cmd) (text string, status int) {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if errors.Is(err, syscall.EPERM) {
		t.Skip("this container gives no process a network of its own")
	}
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return string(out), cmd.ProcessState.ExitCode()
}
