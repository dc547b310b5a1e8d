package command

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/settled-go/settled/internal/printable"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The levels of -v, which are Django's.
const (
	minimal = iota // results and complaints alone
	normal
	verbose
	veryVerbose
)

// levels is an option that takes one of them.
type levels struct{ to *int }

func (l levels) String() string { return strconv.Itoa(*l.to) }
func (l levels) Type() string   { return "LEVEL" }

func (l levels) Set(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil {
		return errors.New("invalid int value")
	}
	if n < minimal || n > veryVerbose {
		return errors.New("invalid choice")
	}
	*l.to = n
	return nil
}

// problem says what is wrong with a value in argparse's words.
func (l levels) problem(value string) string {
	n, err := strconv.Atoi(value)
	if err != nil {
		return "int value: " + quote(value)
	}
	return "choice: " + strconv.Itoa(n) + " (choose from 0, 1, 2, 3)"
}

// declareVerbosity declares --verbosity, with a short form unless that is "".
func (o *options) declareVerbosity(flags *pflag.FlagSet, short string) {
	flags.VarP(levels{&o.verbosity}, "verbosity", short, "how much to say: 0 minimal, 1 normal, 2 verbose, 3 very verbose")
	flags.Lookup("verbosity").DefValue = strconv.Itoa(normal)
}

// withoutBareV leaves out each -v that is followed by another option: there it
// is a flag of a command, and must not swallow the option.
func withoutBareV(args []string) []string {
	rest := slices.Clone(args)
	for i := len(rest) - 2; i >= 0; i-- {
		if rest[i] == "-v" && strings.HasPrefix(rest[i+1], "-") {
			rest = slices.Delete(rest, i, i+1)
		}
	}
	return rest
}

// lenient is an option whose mistakes are for later.
type lenient struct{ pflag.Value }

func (l lenient) Set(s string) error {
	_ = l.Value.Set(s)
	return nil
}

// completeVerbosity offers the levels with what they mean.
func completeVerbosity(cmd *cobra.Command) {
	_ = cmd.RegisterFlagCompletionFunc("verbosity", cobra.FixedCompletions([]cobra.Completion{
		"0\tminimal", "1\tnormal", "2\tverbose", "3\tvery verbose",
	}, cobra.ShellCompDirectiveNoFileComp))
}

// tellChecked says, from -v 2 on, what was read, which apps were set up and how
// long it took.
func (r *run) tellChecked(all []result, took time.Duration) {
	if r.options.verbosity < verbose {
		return
	}
	for _, one := range all {
		if one.project == nil {
			continue
		}
		fmt.Fprintf(r.Stderr, "%s: read %s; apps %s\n", printable.Line(one.name),
			printable.Line(strings.Join(one.project.File().Files(), ", ")), printable.Line(cmp.Or(strings.Join(one.project.Core().InstalledApps, ", "), "none")))
	}
	fmt.Fprintf(r.Stderr, "Checked %s in %v\n", count(len(all), "settings file"), took.Round(100*time.Microsecond))
}

// logLevel is the least level of log records that are shown.
func (o *options) logLevel() slog.Level {
	switch o.verbosity {
	case minimal:
		return slog.LevelWarn
	case veryVerbose:
		return slog.LevelDebug
	}
	return slog.LevelInfo
}
