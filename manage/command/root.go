package command

import (
	"fmt"
	"io"
	"slices"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/nearest"
	"github.com/settled-go/settled/internal/printable"
	"github.com/spf13/cobra"
)

// coreGroup is the heading of the framework's own commands.
const coreGroup = "settled"

// root makes the command tree.
func (r *run) root() *cobra.Command {
	root := &cobra.Command{
		Use:               r.Name,
		Short:             "Runs the commands of a project.",
		Args:              cobra.ArbitraryArgs,
		SilenceErrors:     true,
		SilenceUsage:      true,
		PersistentPreRunE: r.options.check,
	}
	version := root.Flags().Bool("version", false, "print the version")
	root.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case *version:
			return r.printVersion(cmd, nil)
		case len(args) > 0:
			return r.unknown(cmd, args[0])
		}
		return cmd.Help()
	}
	root.SetIn(r.Stdin)
	root.SetOut(r.Stdout)
	root.SetErr(r.Stderr)
	r.options.declare(root.PersistentFlags())
	_ = root.MarkPersistentFlagFilename("settings", "toml")
	completeVerbosity(root)
	root.SetHelpFunc(r.help)
	root.SetFlagErrorFunc(r.badFlag)
	r.addCommands(root)
	return root
}

// addCommands gives the tree the framework's commands and those of the
// project's apps. Core's are added last, since a name belongs to an app before
// it belongs to core.
func (r *run) addCommands(root *cobra.Command) {
	root.SetHelpCommand(r.helpCommand())
	root.SetHelpCommandGroupID(coreGroup)
	root.CompletionOptions.DisableDefaultCmd = true
	root.AddGroup(&cobra.Group{ID: coreGroup})
	taken := []string{"help", "version", "completion", cobra.ShellCompRequestCmd, cobra.ShellCompNoDescRequestCmd}
	add := func(group string, cmd *cobra.Command) {
		if !slices.Contains(taken, cmd.Name()) {
			taken = append(taken, cmd.Name())
			cmd.GroupID = group
			root.AddCommand(cmd)
		}
	}
	for _, cmd := range []*cobra.Command{r.completionCommand(), r.versionCommand()} {
		cmd.GroupID = coreGroup
		root.AddCommand(cmd)
	}
	if r.needsProject() {
		r.eachAppCommand(func(app string, c settled.Command) {
			app = lastPart(app) // which is Django's heading
			if !root.ContainsGroup(app) {
				root.AddGroup(&cobra.Group{ID: app})
			}
			add(app, r.appCommand(c))
		})
	}
	for _, cmd := range []*cobra.Command{
		r.appsCommand(),
		r.checkCommand(),
		r.diffsettingsCommand(),
		r.dumpsettingsCommand(),
		r.middlewareCommand(),
		r.runserverCommand(),
		r.settingsCommand(),
		r.showurlsCommand(),
		r.startappCommand(),
		r.startprojectCommand(),
		r.testCommand(),
	} {
		add(coreGroup, cmd)
	}
}

// needsProject says whether the settings file has to be read to know the
// commands. Since apps may bring any name, only few are known without.
func (r *run) needsProject() bool {
	return !slices.Contains([]string{"version", "completion"}, r.options.name)
}

// unknown is Django's answer to a command that there is not.
func (r *run) unknown(root *cobra.Command, name string) error {
	text := "Unknown command: " + quote(name)
	var names []string
	for _, cmd := range root.Commands() {
		if !cmd.Hidden {
			names = append(names, cmd.Name())
		}
	}
	if near := nearest.Name(name, names); near != "" {
		text += fmt.Sprintf(". Did you mean %s?", near)
	}
	text += fmt.Sprintf("\nType '%s help' for usage.", r.Name)
	if note := r.note(); note != "" {
		text += "\n" + note
	}
	return &unknownCommand{text}
}

// note says that commands may be missing, and why; or it is "".
func (r *run) note() string {
	if problem := r.read().problem(); problem != "" {
		return fmt.Sprintf("Note that commands of apps may be missing as settings are not properly configured (error: %s).", printable.Line(problem))
	}
	return ""
}

func (r *run) versionCommand() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "Prints the version of Settled.", Args: noArgs, RunE: r.printVersion}
}

func (r *run) printVersion(*cobra.Command, []string) error {
	_, err := io.WriteString(r.Stdout, settled.Version+"\n")
	return err
}
