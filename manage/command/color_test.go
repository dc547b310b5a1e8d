package command_test

import (
	"bytes"
	"os"
	"runtime"
	"testing"

	"github.com/settled-go/settled/manage/command"
)

func TestColor(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("needs a pseudo-terminal of Linux")
	}
	terminal, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	defer terminal.Close()
	file, err := os.Create(t.TempDir() + "/log")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for _, tt := range []struct {
		name           string
		args           []string
		noColor, term  string
		terminal, file bool
	}{
		{"nothing said", []string{"check"}, "", "xterm", true, false},
		{"NO_COLOR", []string{"check"}, "1", "xterm", false, false},
		{"dumb terminal", []string{"check"}, "", "dumb", false, false},
		{"--no-color", []string{"check", "--no-color"}, "", "xterm", false, false},
		{"--force-color", []string{"--force-color", "check"}, "1", "dumb", true, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Setenv("NO_COLOR", tt.noColor)
			t.Setenv("TERM", tt.term)
			if got := command.Color(terminal, tt.args...); got != tt.terminal {
				t.Errorf("terminal: %v", got)
			}
			if got := command.Color(file, tt.args...); got != tt.file {
				t.Errorf("file: %v", got)
			}
			if got := command.Color(new(bytes.Buffer), tt.args...); got != tt.file {
				t.Errorf("buffer: %v", got)
			}
		})
	}
}
