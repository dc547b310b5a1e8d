package command

import (
	"context"
	"errors"
	"fmt"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/panics"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/server/handover"
	"github.com/settled-go/settled/settings"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The exit statuses, as in Django.
const (
	exitFailed = 1
	exitUsage  = 2
)

// errReported is a failure of which everything has been printed.
var errReported = errors.New("reported")

// usageError is a command line that makes no sense.
type usageError struct {
	cmd  *cobra.Command
	text string
}

func (e *usageError) Error() string { return e.text }

// unknownCommand is a command line that names no command.
type unknownCommand struct{ text string }

func (e *unknownCommand) Error() string { return e.text }

// status prints what is left to say of a command's error and returns the exit
// status.
func (r *run) status(ctx context.Context, err error) int {
	switch e := err.(type) {
	case nil:
		return 0
	case *usageError:
		fmt.Fprintf(r.Stderr, "%s\n%s: error: %s\n", usageLine(e.cmd), e.cmd.CommandPath(), printable.Line(e.text))
		return exitUsage
	case *unknownCommand:
		fmt.Fprintln(r.Stderr, e.text)
		return exitFailed
	case *handover.Exit:
		return e.Code() // what there was to say, the program has said
	case *checks.Failure:
		r.print(checks.Report{Messages: e.Messages, Failed: true, NoFooter: true})
		return exitFailed
	}
	status := exitFailed
	if failure := (*settled.CommandError)(nil); errors.As(err, &failure) && failure.Status != 0 {
		status = failure.Status
	}
	switch {
	case err == errReported, errors.Is(err, settled.ErrFailed), err.Error() == "":
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		fmt.Fprintln(r.Stderr, r.red("CommandError: interrupted"))
	default:
		r.complain(err)
	}
	return status
}

// complain prints an error as Django does.
func (r *run) complain(err error) {
	if r.options.traceback {
		r.traceBack(err)
	}
	fmt.Fprintln(r.Stderr, r.red("CommandError: "+r.line(err)))
}

// warnOf prints an error after which the command goes on.
func (r *run) warnOf(err error) {
	if r.options.traceback {
		r.traceBack(err)
	}
	fmt.Fprintln(r.Stderr, r.red(r.line(err)))
}

// line is what an error says, ready to be printed.
func (r *run) line(err error) string {
	text := printable.Lines(settings.HideText(err.Error()))
	if caught := (*panics.Error)(nil); errors.As(err, &caught) && !r.options.traceback {
		text += "; run with --traceback for the stack"
	}
	return text
}

// say prints a line about what goes on while a server runs, as Django does on
// stderr.
func (r *run) say(text string) {
	if r.options.verbosity > minimal {
		fmt.Fprintln(r.Stderr, text)
	}
}

// warn is say for what went wrong.
func (r *run) warn(text string) { fmt.Fprintln(r.Stderr, r.red(text)) }

// advise prints a line of advice on stderr.
func (r *run) advise(text string) {
	fmt.Fprintln(r.Stderr, paint(r.options.color(r.Stderr), roleWarning, "WARNING: "+printable.Line(text)))
}

// red is how Django shows an error on stderr.
func (r *run) red(text string) string { return paint(r.options.color(r.Stderr), roleError, text) }

// print writes a report: to stdout when there is nothing to complain about.
func (r *run) print(report checks.Report) {
	w := r.Stderr
	if len(report.Messages) == 0 {
		if r.options.verbosity == minimal {
			return
		}
		w = r.Stdout
	}
	_ = r.printer(r.options.color(w)).Print(w, report)
}

// badFlag says what is wrong with an option in the words of Python's argparse.
func (r *run) badFlag(cmd *cobra.Command, err error) error {
	if cmd == cmd.Root() && r.options.name != "" {
		return r.unknown(cmd, r.options.name)
	}
	return &usageError{cmd, flagProblem(err)}
}

func flagProblem(err error) string {
	var missing *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	var unknown *pflag.NotExistError
	switch {
	case errors.As(err, &missing):
		return fmt.Sprintf("argument %s: expected one argument", flagName(missing.GetFlag()))
	case errors.As(err, &invalid):
		return fmt.Sprintf("argument %s: invalid %s", flagName(invalid.GetFlag()), invalidValue(invalid))
	case errors.As(err, &unknown):
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			return "unrecognized arguments: -" + short
		}
		return "unrecognized arguments: --" + unknown.GetSpecifiedName()
	}
	return err.Error()
}

func flagName(f *pflag.Flag) string {
	if f.Name == "verbosity" && f.Shorthand != "" { // as Django declares it
		return "-v/--verbosity"
	}
	if f.Shorthand == f.Name {
		return "-" + f.Name
	}
	if f.Shorthand != "" {
		return "--" + f.Name + "/-" + f.Shorthand
	}
	return "--" + f.Name
}

func invalidValue(err *pflag.InvalidValueError) string {
	switch c := err.GetFlag().Value.(type) {
	case levels:
		return c.problem(err.GetValue())
	case *choice:
		return fmt.Sprintf("choice: %s (choose from %s)", quote(err.GetValue()), quoteAll(c.of))
	}
	return fmt.Sprintf("%s value: %s", err.GetFlag().Value.Type(), quote(err.GetValue()))
}
