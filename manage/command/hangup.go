package command

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// untilHangUp is done when the terminal is closed, too: then requests finish, as
// on a SIGTERM. The shell says so a second time, which must not cut them off.
// What nohup has started goes on. Who read the log may be gone as well, like the
// tee that a Ctrl-C ends first: without stop a line more would be the end.
func untilHangUp(ctx context.Context) (_ context.Context, stop func()) {
	unread := make(chan os.Signal, 1)
	signal.Notify(unread, syscall.SIGPIPE)
	free := func() { signal.Stop(unread) }
	if signal.Ignored(syscall.SIGHUP) {
		return ctx, free
	}
	ctx, hungUp := signal.NotifyContext(ctx, syscall.SIGHUP)
	return ctx, func() { hungUp(); free() }
}
