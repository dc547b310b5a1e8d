package command

import (
	"github.com/settled-go/settled/checks"
	"github.com/spf13/cobra"
)

// completeTags offers what check --tag takes in this project.
func (r *run) completeTags(cmd *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	p := r.read().project
	if p == nil {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	deploy, _ := cmd.Flags().GetBool("deploy")
	return p.Tags(deploy), cobra.ShellCompDirectiveNoFileComp
}

// completeTargets offers the names of the installed apps, and files.
func (r *run) completeTargets(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return labelsOf(r.read().project), cobra.ShellCompDirectiveDefault
}

func levelCompletions() []cobra.Completion { return checks.LevelNames() }
