//go:build unix

package handover

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"syscall"
)

// Supported says whether this system lets a process inherit a socket.
const Supported = true

// share returns another file for the listener's socket. It is not
// net.TCPListener's File: giving that to a process makes the socket blocking, for
// all who have it, and an Accept that blocks can't be stopped.
func share(l *net.TCPListener) (*os.File, error) {
	raw, err := l.SyscallConn()
	if err != nil {
		return nil, err
	}
	var copied int
	var failed error
	err = raw.Control(func(fd uintptr) {
		syscall.ForkLock.RLock()
		defer syscall.ForkLock.RUnlock()
		if copied, failed = syscall.Dup(int(fd)); failed == nil {
			syscall.CloseOnExec(copied)
		}
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(copied), "listener"), nil
}

// inheritFile is a file that this process was started with. It is not passed on.
func inheritFile(fd int, name string) (*os.File, error) {
	// In a background group of a terminal with tostop, each line of the log
	// would stop the process.
	signal.Ignore(syscall.SIGTTOU)
	var info syscall.Stat_t
	if err := syscall.Fstat(fd, &info); err != nil {
		return nil, fmt.Errorf("there is no file %d: %w", fd, err)
	}
	syscall.CloseOnExec(fd)
	return os.NewFile(uintptr(fd), name), nil
}

// ownGroup puts the process into a process group of its own.
func ownGroup(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// passedOn are the signals that are meant for the program and not for its
// supervisor: the one that shows all stacks, and those whose meaning programs
// choose.
var passedOn = []os.Signal{syscall.SIGQUIT, syscall.SIGUSR1, syscall.SIGUSR2}
