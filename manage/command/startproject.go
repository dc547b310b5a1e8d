package command

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/gobuild"
	"github.com/settled-go/settled/internal/scaffold"
	"github.com/spf13/cobra"
)

func (r *run) startprojectCommand() *cobra.Command {
	s := &start{kind: scaffold.Project}
	path := ""
	cmd := &cobra.Command{
		Use: "startproject name [directory]", Short: "Makes a project: settings, a program and a test.",
		Long: `Makes a project in a new directory of that name, or in the directory given, where
no file is replaced. It is a Go module with settings.toml, manage/main.go, a secret
key that stays out of version control, and a test.
` + startHelp + `

    project_name camel_case_project_name project_directory secret_key
    module go_version settled_version docs_version`,
		Args: s.args, ValidArgsFunction: completeDirectory,
		RunE: func(cmd *cobra.Command, args []string) error { return r.startproject(cmd.Context(), s, path, args) },
	}
	cmd.Flags().VarP(word{&path, "PATH"}, "module", "m", "the path of the Go module, such as example.com/mysite; without it the name")
	s.declare(cmd)
	return cmd
}

func (r *run) startproject(ctx context.Context, s *start, path string, args []string) error {
	name := args[0]
	if err := scaffold.CheckName(s.kind, name, r.conflicts(s.kind)); err != nil {
		return err
	}
	if path == "" {
		path = name
	} else if err := scaffold.CheckModule(path); err != nil {
		return err
	}
	dir, err := s.directory(args)
	if err != nil {
		return err
	}
	template, err := s.source()
	if err != nil {
		return err
	}
	framework := scaffold.FindFramework(ctx, settled.Version)
	values := s.variables(name, dir, path)
	values["secret_key"] = scaffold.SecretKey()
	values["settled_version"] = framework.Version
	values["go_version"] = scaffold.GoVersion
	files, err := template.Render(s.kind, values)
	if err != nil {
		return err
	}
	done := r.progress("Looking for the modules that the project needs")
	files, ready, err := scaffold.Complete(ctx, files, framework)
	done()
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return err
	}
	if err := r.write(s, template, scaffold.Plan{Kind: s.kind, Dir: dir, Files: files}); err != nil {
		return err
	}
	r.nextSteps(dir, files, ready)
	return nil
}

// nextSteps says what to type now.
func (r *run) nextSteps(dir string, files []scaffold.File, ready bool) {
	if r.options.verbosity < normal {
		return
	}
	var steps []string
	if here, err := os.Getwd(); err == nil && here != dir {
		steps = append(steps, "cd "+shortest(dir))
	}
	runs := slices.ContainsFunc(files, func(f scaffold.File) bool { return f.Path == "manage/main.go" })
	if gobuild.Workspace(dir) != "" {
		steps = append(steps, "go work use .") // without it, the go command refuses what is below a go.work
	}
	if !ready {
		steps = append(steps, "go mod tidy")
	}
	if runs {
		steps = append(steps, "go run ./manage runserver")
	}
	if ready && !runs {
		fmt.Fprintln(r.Stdout, "The project is there.")
		return
	}
	fmt.Fprintf(r.Stdout, "The project is there. Next:\n\n    %s\n\n", strings.Join(steps, "\n    "))
}

// completeDirectory offers directories for the second argument.
func completeDirectory(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	if len(args) == 1 {
		return nil, cobra.ShellCompDirectiveFilterDirs
	}
	return nil, cobra.ShellCompDirectiveNoFileComp
}
