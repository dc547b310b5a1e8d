package command

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// helpCommand is "help [--commands] [subcommand]".
func (r *run) helpCommand() *cobra.Command {
	cmd := &cobra.Command{Use: "help [subcommand]", Short: "Shows the commands, or how to use one.", Args: cobra.ArbitraryArgs}
	names := cmd.Flags().Bool("commands", false, "list the names of the commands alone")
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		root := cmd.Root()
		switch {
		case *names:
			_, err := io.WriteString(r.Stdout, strings.Join(commandNames(root), "\n")+"\n")
			return err
		case len(args) == 0:
			return root.Help()
		}
		found, rest, err := root.Find(args)
		if err != nil || found == root {
			return r.unknown(root, args[0])
		}
		if len(rest) > 0 && found.HasSubCommands() {
			return aSubcommand(found, rest)
		}
		if len(rest) > 0 {
			return &usageError{cmd, "unrecognized arguments: " + strings.Join(rest, " ")}
		}
		found.InitDefaultHelpFlag()
		return found.Help()
	}
	cmd.ValidArgsFunction = func(cmd *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return commandNames(cmd.Root()), cobra.ShellCompDirectiveNoFileComp
	}
	return cmd
}

// commandNames are the names of a command's subcommands, sorted.
func commandNames(cmd *cobra.Command) []string {
	var names []string
	for _, sub := range cmd.Commands() {
		if !sub.Hidden {
			names = append(names, sub.Name())
		}
	}
	slices.Sort(names)
	return names
}

// help prints the help text of a command.
func (r *run) help(cmd *cobra.Command, _ []string) {
	var b strings.Builder
	if cmd == cmd.Root() {
		r.writeOverview(&b, cmd)
	} else {
		r.writeHelp(&b, cmd)
	}
	_, _ = io.WriteString(r.Stdout, b.String())
}

// writeOverview writes the commands by app, as Django does, with the options
// that all of them have.
func (r *run) writeOverview(b *strings.Builder, root *cobra.Command) {
	fmt.Fprintf(b, "\nType '%s help <subcommand>' for help on a specific subcommand.\n\nAvailable subcommands:\n", r.Name)
	groups := root.Groups()
	slices.SortFunc(groups, func(a, b *cobra.Group) int { return strings.Compare(a.ID, b.ID) })
	for _, group := range groups {
		if list := listing(root, func(c *cobra.Command) bool { return c.GroupID == group.ID }); list != "" {
			fmt.Fprintf(b, "\n%s\n%s", paint(r.options.color(r.Stdout), roleNotice, "["+group.ID+"]"), list)
		}
	}
	if note := r.note(); note != "" {
		fmt.Fprintf(b, "\n%s\n", paint(r.options.color(r.Stdout), roleNotice, note))
	}
	fmt.Fprintf(b, "\noptions of every subcommand:\n%s", root.PersistentFlags().FlagUsages())
}

// listing is a line for each subcommand that keep is true for, sorted by name.
func listing(cmd *cobra.Command, keep func(*cobra.Command) bool) string {
	var b strings.Builder
	for _, sub := range cmd.Commands() {
		if !sub.Hidden && keep(sub) {
			b.WriteString(strings.TrimRight(fmt.Sprintf("    %-14s %s", sub.Name(), sub.Short), " ") + "\n")
		}
	}
	return b.String()
}

// writeHelp writes how to use one command.
func (r *run) writeHelp(b *strings.Builder, cmd *cobra.Command) {
	fmt.Fprintf(b, "%s\n\n%s\n", usageLine(cmd), strings.TrimSpace(cmp.Or(cmd.Long, cmd.Short)))
	if cmd.HasAvailableSubCommands() {
		fmt.Fprintf(b, "\nsubcommands:\n%s", listing(cmd, func(*cobra.Command) bool { return true }))
	}
	fmt.Fprintf(b, "\noptions:\n%s", cmd.LocalFlags().FlagUsages())
	fmt.Fprintf(b, "\noptions of every subcommand:\n%s", cmd.Root().PersistentFlags().FlagUsages())
}

// usageLine is how a command is called.
func usageLine(cmd *cobra.Command) string {
	path, args, _ := strings.Cut(cmd.Use, " ")
	if cmd.HasParent() {
		path = cmd.Parent().CommandPath() + " " + path
	}
	if cmd.HasSubCommands() {
		args = "subcommand"
	}
	return strings.TrimSpace(fmt.Sprintf("usage: %s [options] %s", path, args))
}
