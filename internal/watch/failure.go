package watch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// isFull says whether the system refuses to watch more folders.
func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) }

// explain makes one line of an error: what is not watched, why, and what to do.
func explain(folder string, err error) error {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("not all folders are watched: the system's limit is reached. Raise it with: sudo sysctl fs.inotify.max_user_watches=1048576 (%w)", err)
	case errors.Is(err, syscall.EMFILE) && folder == "":
		return fmt.Errorf("files can't be watched: the system's limit is reached. Stop another program that watches files, or raise the limit with: sudo sysctl fs.inotify.max_user_instances=1024 (%w)", err)
	case errors.Is(err, syscall.EMFILE):
		return fmt.Errorf("not all folders are watched: too many files are open. Raise the limit with: ulimit -n 65536 (%w)", err)
	case folder == "":
		return fmt.Errorf("files can't be watched: %w", err)
	}
	if path := (*fs.PathError)(nil); errors.As(err, &path) {
		err = path.Err
	}
	if sys := (*os.SyscallError)(nil); errors.As(err, &sys) {
		err = sys.Err
	}
	return fmt.Errorf("the folder %q is not watched: %w", folder, err)
}
