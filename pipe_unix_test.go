//go:build unix

package settled_test

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"testing"
)

// Who stops reading, as in manage help | head -1, hears nothing more.
func TestBrokenPipe(t *testing.T) {
	program, err := exec.LookPath("manage") // TestMain's
	if err != nil {
		t.Fatal(err)
	}
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	defer w.Close()
	cmd := exec.Command(program, "settings", "schema")
	var stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = w, &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGPIPE || stderr.Len() > 0 {
		t.Errorf("%v, %q, want the end by SIGPIPE and silence", err, &stderr)
	}
}
