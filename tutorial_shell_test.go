//go:build unix

package settled_test

import (
	"bytes"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// tutorialShell is the reader's terminal, and the other one in which the server
// runs.
type tutorialShell struct {
	root, home, dir string
	env             []string
	port            string
	server          *exec.Cmd
	printed         *syncBuffer
	read            int // what of printed the document has had
}

func newTutorialShell(t *testing.T) *tutorialShell {
	root, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	l.Close()
	sh := &tutorialShell{root: root, home: t.TempDir(), port: port}
	sh.dir = sh.home
	caches, err := exec.Command("go", "env", "GOCACHE", "GOMODCACHE").Output()
	if err != nil {
		t.Fatal(err)
	}
	dirs := strings.Fields(string(caches))
	sh.env = append(os.Environ(), "HOME="+sh.home, "GOCACHE="+dirs[0], "GOMODCACHE="+dirs[1],
		"GOPROXY=off", "GOWORK=off", "GOFLAGS=", "GOTOOLCHAIN=local", "NO_COLOR=1", "LC_ALL=C")
	t.Cleanup(sh.stop)
	return sh
}

// runAll runs the commands of a block.
func (sh *tutorialShell) runAll(t *testing.T, step tutorialStep) {
	t.Helper()
	for i, part := range strings.Split("\n"+step.text, "\n$ ") {
		if i == 0 {
			if part != "" {
				t.Fatalf("tutorial.md:%d: the block does not begin with a command", step.line)
			}
			continue
		}
		command, want, _ := strings.Cut(part, "\n")
		sh.run(t, step.line, command, strings.TrimRight(want, "\n"))
	}
}

func (sh *tutorialShell) run(t *testing.T, line int, command, want string) {
	t.Helper()
	dir, isCD := strings.CutPrefix(command, "cd ")
	switch {
	case strings.HasPrefix(command, "git clone "):
	case command == "cd settled":
		sh.dir = sh.root
	case isCD:
		sh.dir = filepath.Join(sh.dir, dir)
		if below, ok := strings.CutPrefix(dir, "~/"); ok {
			sh.dir = filepath.Join(sh.home, below)
		}
	case strings.Contains(command, " runserver"):
		sh.serve(t, command)
		sh.expectOfServer(t, tutorialStep{line: line, text: want})
	case strings.HasPrefix(command, "curl "):
		// The server takes up a change when it is done.
		sh.until(t, line, want, func() string { return sh.output(command) })
	default:
		if got := sh.output(command); !tutorialMatch(want, got) {
			t.Fatalf("tutorial.md:%d: $ %s\n--- printed:\n%s\n--- in the tutorial:\n%s", line, command, got, want)
		}
	}
}

// output is what a command prints, as in a terminal.
func (sh *tutorialShell) output(command string) string {
	cmd := exec.Command("sh", "-c", strings.ReplaceAll(command, ":8000", ":"+sh.port))
	cmd.Dir, cmd.Env = sh.dir, append(sh.env, "PWD="+sh.dir)
	out, _ := cmd.CombinedOutput()
	return sh.asWritten(string(out))
}

// asWritten is output as it would be in the document.
func (sh *tutorialShell) asWritten(out string) string {
	out = strings.NewReplacer("\r\n", "\n", ":"+sh.port, ":8000", sh.home, "~").Replace(out)
	return strings.TrimRight(out, "\n")
}

func (sh *tutorialShell) serve(t *testing.T, command string) {
	sh.stop()
	sh.printed, sh.read = new(syncBuffer), 0
	cmd := exec.Command("sh", "-c", "exec "+command+" "+sh.port)
	cmd.Dir, cmd.Env = sh.dir, append(sh.env, "PWD="+sh.dir)
	cmd.Stdout, cmd.Stderr = sh.printed, sh.printed
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	sh.server = cmd
}

// stop ends the server, as Ctrl-C does.
func (sh *tutorialShell) stop() {
	if sh.server == nil {
		return
	}
	_ = syscall.Kill(-sh.server.Process.Pid, syscall.SIGINT)
	done := time.AfterFunc(20*time.Second, func() { _ = syscall.Kill(-sh.server.Process.Pid, syscall.SIGKILL) })
	_ = sh.server.Wait()
	done.Stop()
	sh.server = nil
}

// expectOfServer waits for what the server prints next.
func (sh *tutorialShell) expectOfServer(t *testing.T, step tutorialStep) {
	t.Helper()
	want := strings.TrimSuffix(step.text, "\n")
	sh.until(t, step.line, "...\n"+want+"\n...", func() string {
		return "\n" + sh.asWritten(tutorialRequest.ReplaceAllString(sh.printed.from(sh.read), "")) + "\n"
	})
	sh.read = sh.printed.len()
}

// until asks again and again for what is to come.
func (sh *tutorialShell) until(t *testing.T, line int, want string, ask func() string) {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		got := ask()
		if tutorialMatch(want, got) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("tutorial.md:%d:\n--- came:\n%s\n--- in the tutorial:\n%s\n--- server:\n%s", line, got, want, tutorialRequest.ReplaceAllString(sh.printed.from(0), ""))
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// tutorialRequest is a request in the server's log.
var tutorialRequest = regexp.MustCompile(`(?m)^\[.*" \d+ \d+\n`)

// tutorialMatch compares output with what the document says: "..." stands for
// any text in a line, alone for any lines.
func tutorialMatch(want, got string) bool {
	pattern := regexp.QuoteMeta(want)
	pattern = regexp.MustCompile(`(?m)^\\\.\\\.\\\.$`).ReplaceAllString(pattern, `(?s:.*)`)
	pattern = strings.ReplaceAll(pattern, `\.\.\.`, `.*`)
	return regexp.MustCompile(`\A` + pattern + `\z`).MatchString(got)
}

// syncBuffer can be read while it is written to.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) from(i int) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()[i:]
}

func (s *syncBuffer) len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Len()
}
