package command

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// noArgs refuses arguments.
func noArgs(cmd *cobra.Command, args []string) error { return atMost(0)(cmd, args) }

// atMost refuses more than n arguments.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return &usageError{cmd, "unrecognized arguments: " + strings.Join(args[n:], " ")}
		}
		return nil
	}
}

// oneOf asks for one argument out of a few.
func oneOf(name string, words []string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return &usageError{cmd, "the following arguments are required: " + name}
		case !slices.Contains(words, args[0]):
			return &usageError{cmd, fmt.Sprintf("argument %s: invalid choice: %s (choose from %s)", name, quote(args[0]), quoteAll(words))}
		}
		return atMost(1)(cmd, args)
	}
}

// aSubcommand refuses what is no subcommand, for commands that only have some.
func aSubcommand(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &usageError{cmd, fmt.Sprintf("argument subcommand: invalid choice: %s (choose from %s)", quote(args[0]), quoteAll(commandNames(cmd)))}
}
