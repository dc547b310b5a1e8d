package command

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// shells are those that completion makes a script for, with how to load it.
var shells = []struct {
	name, load string
	write      func(*run, *cobra.Command) error
}{
	{"bash", "source <(NAME completion bash)", (*run).bashCompletion},
	{"fish", "NAME completion fish | source", func(r *run, root *cobra.Command) error {
		return root.GenFishCompletion(r.Stdout, true)
	}},
	{"powershell", "NAME completion powershell | Out-String | Invoke-Expression", func(r *run, root *cobra.Command) error {
		return root.GenPowerShellCompletionWithDesc(r.Stdout)
	}},
	{"zsh", "source <(NAME completion zsh)", func(r *run, root *cobra.Command) error {
		return root.GenZshCompletion(r.Stdout)
	}},
}

func (r *run) completionCommand() *cobra.Command {
	var names []string
	help := "Prints a script that makes a shell complete this program's commands, options,\napps, settings, ids of checks and tags. To load it:\n\n"
	for _, shell := range shells {
		names = append(names, shell.name)
		help += "    " + strings.ReplaceAll(shell.load, "NAME", r.Name) + "\n"
	}
	help += "\nShells complete programs by their name, which go run hides. Build one, and put it\non the PATH:\n\n    go build -o " + r.Name + " ./manage\n"
	return &cobra.Command{
		Use: "completion {" + strings.Join(names, ",") + "}", Short: "Prints a script for the completion of commands.", Long: help,
		Args: oneOf("shell", names), ValidArgs: names,
		RunE: func(cmd *cobra.Command, args []string) error {
			return shells[slices.Index(names, args[0])].write(r, cmd.Root())
		},
	}
}
