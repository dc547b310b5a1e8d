package command

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// options are the options of every command.
type options struct {
	settings   string
	noColor    bool
	forceColor bool
	verbosity  int
	traceback  bool
	// name is the command asked for, as far as it is known early.
	name string
}

func (o *options) declare(flags *pflag.FlagSet) {
	flags.Var(word{&o.settings, "FILE"}, "settings", "the settings file; without it SETTLED_SETTINGS, else settings.toml")
	flags.Lookup("settings").DefValue = "" // else help shows what was given as a default
	flags.BoolVar(&o.noColor, "no-color", false, "don't colour the output")
	flags.BoolVar(&o.forceColor, "force-color", false, "colour the output even if it is no terminal")
	flags.BoolVar(&o.traceback, "traceback", false, "show where an error comes from: its causes, or the stack of a panic")
	o.declareVerbosity(flags, "v")
}

// early reads what has to be known before the commands are, since apps bring
// some of them: like Django's it takes the options wherever they stand, and
// leaves mistakes for later.
func early(args []string) options {
	o := options{verbosity: normal}
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	flags.ParseErrorsAllowlist.UnknownFlags = true
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	flags.BoolP("help", "h", false, "")
	o.declare(flags)
	level := flags.Lookup("verbosity")
	level.Value = lenient{level.Value}
	_ = flags.Parse(withoutBareV(args))
	o.name = flags.Arg(0)
	return o
}

// defaultSettings is the settings file when none is named.
const defaultSettings = "settings.toml"

// settingsFile is which file to read, and what to do when there is none. Empty
// names count as none, as in Django.
func (o options) settingsFile() (name, advice string) {
	const variable = "SETTLED_SETTINGS"
	if o.settings != "" {
		return o.settings, "--settings has to name an existing file"
	}
	if name := os.Getenv(variable); name != "" {
		return name, "the variable " + variable + " has to name an existing file"
	}
	where := "where it is"
	if dir := above(); dir != "" {
		where = "in " + dir + ", where there is one"
	}
	return defaultSettings, "run this " + where + ", or name a file with --settings or " + variable
}

// above is the nearest directory above the working directory that has settings;
// "" for none.
func above() string {
	dir, err := os.Getwd()
	for parent := filepath.Dir(dir); err == nil && parent != dir; parent = filepath.Dir(dir) {
		dir = parent
		if info, err := os.Stat(filepath.Join(dir, defaultSettings)); err == nil && info.Mode().IsRegular() {
			return dir
		}
	}
	return ""
}

// check refuses options that contradict each other.
func (o *options) check(cmd *cobra.Command, _ []string) error {
	if !cmd.Flags().Changed("verbosity") {
		o.verbosity = normal // what was read early was an option of the command's own
	}
	if o.noColor && o.forceColor {
		//lint:ignore ST1005 the sentence is Django's
		return errors.New("The --no-color and --force-color options can't be used together.")
	}
	return nil
}

// color says whether to colour what is written to w: when it is a terminal,
// unless the options, DJANGO_COLORS or NO_COLOR (no-color.org) say otherwise.
func (o options) color(w io.Writer) bool {
	if o.noColor || currentPalette() == nil {
		return false
	}
	if o.forceColor {
		return true
	}
	return os.Getenv("NO_COLOR") == "" && isTerminal(w)
}
