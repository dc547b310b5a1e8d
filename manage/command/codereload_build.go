package command

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"slices"

	"github.com/settled-go/settled/internal/gobuild"
	"github.com/settled-go/settled/server/handover"
	"github.com/spf13/pflag"
)

// build makes the next program.
func (c *codeReload) build(ctx context.Context) (handover.Program, error) {
	file, err := c.nextFile()
	if err != nil {
		return nil, err
	}
	reread := c.watch.building()
	_ = os.Link(c.last(), file) // what is the same already need not be linked again
	if err := c.program.Build(ctx, file); err != nil {
		_ = os.Remove(file)
		return nil, err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if !reread && c.live != "" && gobuild.Same(file, c.live) {
		_ = os.Remove(file)
		return nil, handover.ErrSame
	}
	c.latest = file
	return func() *exec.Cmd { return c.successor(file) }, nil
}

// last is the program that was built last.
func (c *codeReload) last() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.latest
}

// nextFile is where to build the next program.
func (c *codeReload) nextFile() (string, error) {
	scratch, err := c.scratch()
	if err != nil {
		return "", err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.builds++
	return scratch.File(fmt.Sprintf("%s-%d", c.Name, c.builds)), nil
}

// successor is the command line that the user gave, for the program in the file.
func (c *codeReload) successor(file string) *exec.Cmd {
	args := slices.Clone(c.args)
	end := slices.Index(args, "--")
	if end < 0 {
		end = len(args)
	}
	cmd := exec.Command(file)
	cmd.Args = slices.Insert(args, end, "--"+successorFlag)
	cmd.Stdout, cmd.Stderr = c.Stdout, c.Stderr
	return cmd
}

// lives notes that the program that was built last serves.
func (c *codeReload) lives() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.live != "" && c.live != c.latest {
		_ = os.Remove(c.live)
	}
	c.live, c.troubles = c.latest, nil
}

// successorFlag is the hidden flag of a runserver that another one has built and
// started, and whose socket it serves.
const successorFlag = "successor"

func declareSuccessor(flags *pflag.FlagSet, to *bool) {
	flags.BoolVar(to, successorFlag, false, "serve the socket of the runserver that has built this program")
	_ = flags.MarkHidden(successorFlag)
}

// succeed serves the socket that this process has from another runserver, until
// it is told to stop.
func (s *serving) succeed(ctx context.Context) error {
	heir, err := handover.Inherit()
	if err != nil {
		return fmt.Errorf("--%s is for a runserver that starts another one: %w", successorFlag, err)
	}
	ctx = heir.Follow(ctx, func() { os.Exit(exitFailed) })
	if err := s.open(ctx); err != nil {
		return err
	}
	return s.serve(ctx, heir.Listener(), heir.Answering)
}
