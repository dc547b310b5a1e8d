//go:build !unix

package gobuild

import (
	"context"
	"os/exec"
)

// runGroup runs a command, and ends it when ctx is done.
func runGroup(ctx context.Context, c *exec.Cmd) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	c.WaitDelay = stopWait
	if err := c.Start(); err != nil {
		return err
	}
	stop := context.AfterFunc(ctx, func() { _ = c.Process.Kill() })
	defer stop()
	return c.Wait()
}
