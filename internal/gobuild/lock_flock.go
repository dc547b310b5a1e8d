//go:build darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd

package gobuild

import (
	"os"
	"syscall"
)

// tryLock locks the file until it is closed or its process ends, unless somebody
// else has.
func tryLock(f *os.File) bool {
	return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) == nil
}
