package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/spf13/cobra"
)

// gotest is the command test: what the command line asks for.
type gotest struct {
	failfast   bool
	parallel   int
	patterns   []string
	shuffle    string
	skipChecks bool
}

func (r *run) testCommand() *cobra.Command {
	var c gotest
	cmd := &cobra.Command{
		Use:   "test [app_label | DIR | PACKAGE ...] [-- FLAG ...]",
		Short: "Runs the tests of the project.",
		Long: `Runs go test for apps, directories with what is below them, or packages; without
any, for all of the module. What stands behind -- goes to go test as it is, and its
exit status is that of this command.

The tests find the settings file in SETTLED_SETTINGS, where settledtest.Open and
settledtest.Load look. With -v 2, each test is named as it runs.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return r.test(cmd, c, args)
		},
		ValidArgsFunction: r.completeTargets,
	}
	flags := cmd.Flags()
	flags.BoolVar(&c.failfast, "failfast", false, "stop at the first test of a package that fails")
	flags.IntVar(&c.parallel, "parallel", 0, "run at most `N` packages, and as many tests of each, at the same time")
	flags.VarP(words{&c.patterns, "PATTERN"}, "k", "k", "run only tests whose name holds this, or, with stars in it, matches; may be given several times")
	flags.Var(word{&c.shuffle, "SEED"}, "shuffle", "run the tests in random order")
	flags.Lookup("shuffle").NoOptDefVal = "on"
	flags.Lookup("parallel").DefValue = "0"
	flags.BoolVar(&c.skipChecks, "skip-checks", false, skipChecksHelp)
	return cmd
}

// test runs go test with this process's streams. An interruption is passed on to
// it.
func (r *run) test(cmd *cobra.Command, c gotest, args []string) error {
	packages, own := args, []string(nil)
	if i := cmd.ArgsLenAtDash(); i >= 0 {
		packages, own = args[:i], args[i:]
	}
	if cmd.Flags().Changed("parallel") && c.parallel < 1 {
		return &usageError{cmd, fmt.Sprintf("argument --parallel: invalid choice: %d (choose a number from 1)", c.parallel)}
	}
	settingsFile, err := r.settingsForTests(c.skipChecks)
	if err != nil {
		return err
	}
	if packages, err = r.packages(packages); err != nil {
		return err
	}
	goCommand, err := exec.LookPath("go")
	if err != nil {
		return errors.New("test needs the command go, and there is none on the PATH: install Go from https://go.dev/dl/")
	}
	ctx := cmd.Context()
	process := exec.CommandContext(ctx, goCommand, slices.Concat([]string{"test"}, c.flags(r.options.verbosity), packages, own)...)
	process.Stdin, process.Stdout, process.Stderr = r.Stdin, r.Stdout, r.Stderr
	if r.showsProgress() {
		done := r.progress("Compiling and running the tests")
		defer done()
		process.Stdout, process.Stderr = firstWrite{r.Stdout, done}, firstWrite{r.Stderr, done}
	}
	process.Env = os.Environ()
	if settingsFile != "" {
		process.Env = append(process.Env, "SETTLED_SETTINGS="+settingsFile)
	}
	process.Cancel = func() error { return process.Process.Signal(os.Interrupt) }
	process.WaitDelay = 10 * time.Second
	if r.options.verbosity == veryVerbose {
		fmt.Fprintln(r.Stderr, "+ "+strings.Join(process.Args, " "))
	}
	return exitOf(ctx, process.Run())
}

// exitOf passes on the exit status of a program, which has said what is wrong.
func exitOf(ctx context.Context, err error) error {
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &exit):
		return &settled.CommandError{Status: max(exit.ExitCode(), exitFailed)}
	}
	return err
}

// settingsForTests is the settings file's absolute path, after the system
// checks. Without one, unless it was asked for, tests run without: then it is "".
func (r *run) settingsForTests(skipChecks bool) (string, error) {
	name, _ := r.options.settingsFile()
	asked := r.options.settings != "" || os.Getenv("SETTLED_SETTINGS") != ""
	if got := r.read(); errors.Is(got.err, fs.ErrNotExist) && !asked {
		return "", nil
	}
	if _, err := r.gate(skipChecks, checks.Report{NoFooter: true}); err != nil {
		return "", err
	}
	return filepath.Abs(name)
}
