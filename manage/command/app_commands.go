package command

import (
	"context"
	"errors"
	"flag"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/panics"
	"github.com/spf13/cobra"
)

// eachAppCommand visits the commands of the project's apps in the order in which
// apps win a name: those of INSTALLED_APPS as listed, then the builtin ones.
func (r *run) eachAppCommand(visit func(app string, c settled.Command)) {
	project := r.read().project
	if project == nil {
		return
	}
	for _, c := range project.Commands() {
		visit(c.App, c.Command)
	}
}

// appCommand makes a subcommand of an app's command. It runs in a project
// without errors.
func (r *run) appCommand(c settled.Command) *cobra.Command {
	cmd := &cobra.Command{Use: c.Name + " [args ...]", Short: c.Short, Long: c.Long, Args: cobra.ArbitraryArgs}
	for _, sub := range c.Commands {
		cmd.AddCommand(r.appCommand(sub))
	}
	if c.NoArgs {
		cmd.Use, cmd.Args = c.Name, noArgs
	}
	if c.Run == nil {
		cmd.Use, cmd.Args = c.Name, aSubcommand
		cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		return cmd
	}
	own, err := flagsOf(c)
	if err != nil {
		cmd.DisableFlagParsing = true
		cmd.RunE = func(*cobra.Command, []string) error { return err }
		return cmd
	}
	cmd.Flags().AddGoFlagSet(own)
	completeFlags(cmd, own)
	if cmd.Flags().ShorthandLookup("h") != nil && cmd.Flags().Lookup("help") == nil {
		cmd.Flags().Bool("help", false, "help for "+c.Name) // cobra would panic over a second -h
	}
	if cmd.Flags().ShorthandLookup("v") != nil && cmd.Flags().Lookup("verbosity") == nil {
		r.options.declareVerbosity(cmd.Flags(), "") // its -v is its own
		completeVerbosity(cmd)
	}
	skip := &c.Unchecked
	if !c.Unchecked {
		skip = skipChecksFlag(cmd)
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		project, err := r.gate(*skip, checks.Report{NoFooter: true})
		if err != nil {
			return err
		}
		err = runDiscreetly(cmd.Context(), c.Run, settled.Env{
			Args: args, Stdin: r.Stdin, Stdout: r.Stdout, Stderr: r.Stderr, Project: project,
			Verbosity: r.options.verbosity,
		})
		if usage := settled.UsageError(""); errors.As(err, &usage) {
			return &usageError{cmd, string(usage)}
		}
		return err
	}
	return cmd
}

// flagsOf are the flags that a command declares. A panic over them is the failure
// of that command alone.
func flagsOf(c settled.Command) (own *flag.FlagSet, err error) {
	defer func() {
		if value := recover(); value != nil {
			err = panics.Caught(value)
		}
	}()
	own = flag.NewFlagSet(c.Name, flag.ContinueOnError)
	if c.Flags != nil {
		c.Flags(own)
	}
	return own, nil
}

// runDiscreetly runs a command of an app. What it returns, or panics with, is an error
// without the secrets of the settings.
func runDiscreetly(ctx context.Context, run func(context.Context, settled.Env) error, env settled.Env) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = panics.Caught(value)
		}
		err = env.Project.Discreet(err)
	}()
	return run(ctx, env)
}

// completeFlags offers what an app's flags say that they take: those with a
// method Complete. Without one, the shell offers files.
func completeFlags(cmd *cobra.Command, flags *flag.FlagSet) {
	flags.VisitAll(func(f *flag.Flag) {
		if c, ok := f.Value.(interface{ Complete() []string }); ok {
			_ = cmd.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(c.Complete(), cobra.ShellCompDirectiveNoFileComp))
		}
	})
}

const skipChecksHelp = "skip the system checks, but for what makes the project impossible or unsafe"

// skipChecksFlag declares --skip-checks, unless the command has one of its own.
func skipChecksFlag(cmd *cobra.Command) *bool {
	if cmd.Flags().Lookup("skip-checks") != nil {
		return new(bool)
	}
	return cmd.Flags().Bool("skip-checks", false, skipChecksHelp)
}
