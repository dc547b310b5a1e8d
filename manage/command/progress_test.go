//go:build linux

package command_test

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"unsafe"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/manage/command"
)

// terminal is a pseudo-terminal: what a program writes to it can be read.
type terminal struct {
	program *os.File
	mu      sync.Mutex
	shown   strings.Builder
	changed chan struct{}
}

func newTerminal(t *testing.T) *terminal {
	t.Helper()
	screen, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	t.Cleanup(func() { screen.Close() })
	var number uint32
	var unlocked int32
	raw, err := screen.SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	_ = raw.Control(func(fd uintptr) {
		for request, argument := range map[uintptr]unsafe.Pointer{syscall.TIOCGPTN: unsafe.Pointer(&number), syscall.TIOCSPTLCK: unsafe.Pointer(&unlocked)} {
			if _, _, failed := syscall.Syscall(syscall.SYS_IOCTL, fd, request, uintptr(argument)); failed != 0 {
				t.Fatal(failed)
			}
		}
	})
	program, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip(err)
	}
	term := &terminal{program: program, changed: make(chan struct{}, 1)}
	t.Cleanup(func() { program.Close() })
	go func() {
		buffer := make([]byte, 4096)
		for {
			n, err := screen.Read(buffer)
			term.mu.Lock()
			term.shown.Write(buffer[:n])
			term.mu.Unlock()
			select {
			case term.changed <- struct{}{}:
			default:
			}
			if err != nil {
				return
			}
		}
	}()
	return term
}

func (term *terminal) text() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.shown.String()
}

// wait waits until the text has been written.
func (term *terminal) wait(text string) {
	for !strings.Contains(term.text(), text) {
		<-term.changed
	}
}

// slowCheck is an app with a check that waits.
type slowCheck struct{ entered, release chan struct{} }

func (slowCheck) Settings() any { return nil }

func (a slowCheck) Checks() []settled.Check {
	return []settled.Check{{IDs: []string{"slow.W001"}, Tags: []string{"slow"}, Run: func(*settled.Project) checks.Messages {
		a.entered <- struct{}{}
		<-a.release
		return checks.Messages{checks.Warningf("slow.W001", "this took long")}
	}}}
}

// On a terminal, what takes long is said, and the line is erased when it is
// over.
func TestProgress(t *testing.T) {
	t.Cleanup(command.SetProgressDelay(0))
	in(t, "DEBUG = true\nINSTALLED_APPS = [\"slow\"]\n")
	t.Setenv("CI", "")
	t.Setenv("TERM", "xterm")
	app := slowCheck{make(chan struct{}), make(chan struct{})}
	var r settled.Registry
	r.Register("slow", func() settled.App { return app })
	run := func(stderr *os.File, args ...string) (stdout *bytes.Buffer, status chan int) {
		stdout, status = new(bytes.Buffer), make(chan int)
		p := command.Program{Name: "manage", Setup: r.Setup, Stdout: stdout, Stderr: stderr}
		go func() { status <- p.Run(t.Context(), append([]string{"check", "--no-color"}, args...)) }()
		<-app.entered
		return stdout, status
	}

	term := newTerminal(t)
	_, status := run(term.program)
	term.wait("\r\x1b[KChecking 1 settings file (0 s)")
	app.release <- struct{}{}
	<-status
	term.wait("slow.W001")
	shown := strings.ReplaceAll(term.text(), "\r\n", "\n")
	if i := strings.LastIndex(shown, "\r\x1b[K"); i < 0 || !strings.HasPrefix(shown[i:], "\r\x1b[KSystem check identified some issues:\n") {
		t.Errorf("the line is not erased: %q", shown)
	}

	// Nowhere else, and never with -v 0 or in CI.
	file, err := os.Create("stderr")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for name, tt := range map[string]struct {
		stderr *os.File
		ci     string
		args   []string
	}{
		"a file": {file, "", nil}, "CI": {newTerminal(t).program, "true", nil}, "-v 0": {newTerminal(t).program, "", []string{"-v", "0"}},
	} {
		t.Setenv("CI", tt.ci)
		_, status := run(tt.stderr, tt.args...)
		if command.ShowsProgress(tt.stderr, tt.args...) {
			t.Errorf("%s: progress is shown", name)
		}
		app.release <- struct{}{}
		<-status
	}
	t.Setenv("CI", "false")
	if !command.ShowsProgress(term.program) || command.ShowsProgress(nil) {
		t.Error("progress is for terminals")
	}
	if data, err := os.ReadFile("stderr"); err != nil || bytes.Contains(data, []byte("\r")) {
		t.Errorf("%v, the file has %q", err, data)
	}
}
