//go:build unix

package gobuild

import (
	"context"
	"os/exec"
	"syscall"
)

// runGroup runs a command in a process group of its own: a Ctrl-C in the terminal
// is not meant for it, and when ctx is done, all that it has started ends with
// it.
func runGroup(ctx context.Context, c *exec.Cmd) error {
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	c.WaitDelay = stopWait
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	group := -c.Process.Pid
	stop := context.AfterFunc(ctx, func() { _ = syscall.Kill(group, syscall.SIGINT) })
	defer stop()
	err := c.Wait()
	if ctx.Err() != nil {
		_ = syscall.Kill(group, syscall.SIGKILL) // compilers that are still there
	}
	return err
}
