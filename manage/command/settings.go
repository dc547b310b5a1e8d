package command

import (
	"github.com/settled-go/settled/internal/reports"
	"github.com/spf13/cobra"
)

// settingsCommand is "settings schema" and "settings show".
func (r *run) settingsCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "settings", Short: "Explains settings, to people and to editors.", Args: aSubcommand,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(r.schemaCommand(), r.settingsShowCommand())
	return cmd
}

func (r *run) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use: "schema", Short: "Prints the JSON Schema of all settings.",
		Long: `Prints the JSON Schema of the settings of all apps that are linked in, installed
or not. With it, editors that know TOML complete settings, explain them and
underline mistakes. Write it to a file:

    ` + r.Name + ` settings schema > settings.schema.json

and name that file in the first line of settings.toml:

    #:schema ./settings.schema.json

No settings file is needed.`,
		Args: noArgs, ValidArgsFunction: cobra.NoFileCompletions,
		RunE: func(*cobra.Command, []string) error { return r.schema() },
	}
}

func (r *run) schema() error {
	return reports.Encode(r.Stdout, r.blank().Schema())
}
