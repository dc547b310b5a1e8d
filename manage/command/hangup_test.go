//go:build unix

package command_test

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/settled-go/settled/manage/command"
)

// The first hang-up ends the context, the second nothing; what nobody reads is
// no end, either.
func TestUntilHangUp(t *testing.T) {
	if os.Getenv("SETTLEDTEST_HANG_UP") == "" {
		r, w, err := os.Pipe()
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		c := exec.Command(os.Args[0], "-test.run=^TestUntilHangUp$")
		c.Env, c.Stderr = append(os.Environ(), "SETTLEDTEST_HANG_UP=1"), w
		if out, err := c.Output(); err != nil {
			t.Errorf("%v\n%s", err, out)
		}
		return
	}
	ctx, stop := command.UntilHangUp(t.Context())
	defer stop()
	for range 2 {
		if err := syscall.Kill(os.Getpid(), syscall.SIGHUP); err != nil {
			t.Fatal(err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(20 * time.Second):
			t.Fatal("nothing happens")
		}
	}
	if _, err := fmt.Fprintln(os.Stderr, "unread"); err == nil {
		t.Error("somebody reads")
	}
}
