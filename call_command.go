package settled

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// CallCommand runs a command of one of the project's apps from code, Django's
// call_command: with its flags and arguments as they stand on the command line,
// which for a subcommand begin with its name. As in Django, no system checks run
// before it. A command of one's own passes its Env on; otherwise Env needs a
// Project, and streams that are nil are those of the process, without an input.
//
// The error is that of the command, or a UsageError for flags and names that do
// not exist. Commands of the framework, such as check, are not among them:
// Project.Check and its like do what they do.
func CallCommand(ctx context.Context, env Env, name string, args ...string) error {
	all := env.Project.Commands()
	i := slices.IndexFunc(all, func(c AppCommand) bool { return c.Name == name })
	if i < 0 {
		return UsageError(fmt.Sprintf("Unknown command: %q", name))
	}
	c := all[i].Command
	for len(args) > 0 {
		sub := slices.IndexFunc(c.Commands, func(sub Command) bool { return sub.Name == args[0] })
		if sub < 0 {
			break
		}
		c, args = c.Commands[sub], args[1:]
	}
	if c.Run == nil {
		return UsageError(fmt.Sprintf("the command %q needs a subcommand", c.Name))
	}
	own := flag.NewFlagSet(c.Name, flag.ContinueOnError)
	own.SetOutput(io.Discard)
	if c.Flags != nil {
		c.Flags(own)
	}
	var err error
	if env.Args, err = parseMixed(own, args); err != nil {
		return UsageError(err.Error())
	}
	if c.NoArgs && len(env.Args) > 0 {
		return UsageError("unrecognized arguments: " + strings.Join(env.Args, " "))
	}
	if env.Stdin == nil {
		env.Stdin = strings.NewReader("")
	}
	if env.Stdout == nil {
		env.Stdout = os.Stdout
	}
	if env.Stderr == nil {
		env.Stderr = os.Stderr
	}
	return c.Run(ctx, env)
}

// parseMixed reads flags that may stand between and behind the arguments, as
// manage does, and returns the arguments. Behind "--" all are arguments.
func parseMixed(flags *flag.FlagSet, args []string) (plain []string, err error) {
	for {
		if err := flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				err = errors.New("help is for people: call manage help")
			}
			return nil, err
		}
		rest := flags.Args()
		if read := len(args) - len(rest); len(rest) == 0 || read > 0 && args[read-1] == "--" {
			return append(plain, rest...), nil
		}
		plain, args = append(plain, rest[0]), rest[1:]
	}
}
