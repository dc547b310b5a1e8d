package command

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/printable"
	"github.com/spf13/cobra"
)

// check is the command of that name: what the command line asks for.
type check struct {
	labels    []string
	paths     []string
	tags      []string
	list      bool
	deploy    bool
	failLevel choice
	format    choice
	output    string
	explain   string
	accept    acceptance
	fix, diff bool
}

func (r *run) checkCommand() *cobra.Command {
	c := check{
		failLevel: choice{value: "ERROR", kind: "LEVEL", of: checks.LevelNames()},
		format:    choice{value: "text", kind: "FORMAT", of: formats},
	}
	cmd := &cobra.Command{
		Use:   "check [app_label | FILE | DIR ...]",
		Short: "Checks the project for problems.",
		Long: `Checks the project for problems. With app labels, only the checks of these apps
run. What makes a project impossible or unsafe is always reported, and fails at
any --fail-level.

With files, these settings files are checked, each a project of its own. The name
of an installed app is a label; a file of that name is ./name. In a directory, all
settings files are checked that no other one of them EXTENDS: files that end in
.toml and have INSTALLED_APPS, MIDDLEWARE or EXTENDS, or a name such as
settings.toml. Directories called node_modules, testdata or vendor are left out,
and those whose name begins with a point or an underscore.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			if c.explain != "" {
				return r.explain(c.explain)
			}
			c.labels, c.paths = r.targets(args)
			if len(c.paths) > 0 && r.options.settings != "" {
				return &usageError{cmd, "argument --settings: not allowed with argument FILE"}
			}
			if c.diff && (c.output != "" || c.format.value != "text") {
				return &usageError{cmd, "argument --diff: not allowed with arguments --format and --output"}
			}
			return r.check(cmd.Context(), c)
		},
		ValidArgsFunction: r.completeTargets,
	}
	r.checkFlags(cmd, &c)
	return cmd
}

// checkFlags are the flags of check, with what completes their values.
func (r *run) checkFlags(cmd *cobra.Command, c *check) {
	flags := cmd.Flags()
	flags.VarP(words{&c.tags, "TAG"}, "tag", "t", "run only the checks with this tag; may be given several times")
	flags.BoolVar(&c.list, "list-tags", false, "list the tags")
	flags.BoolVar(&c.fix, "fix", false, "mend what can be mended in the settings files, and report what is left")
	flags.BoolVar(&c.diff, "diff", false, "write nothing, and show what --fix would change; the exit status is 1 if there is something")
	flags.BoolVar(&c.deploy, "deploy", false, "run the checks for deployments too")
	flags.Var(word{&c.explain, "ID"}, "explain", "explain what a message's id means; needs no settings file")
	flags.Var(&c.failLevel, "fail-level", "the level of message that makes the exit status 1: "+strings.Join(c.failLevel.of, ", "))
	flags.Var(word{&c.accept.path, "FILE"}, "baseline", "accept the findings in this file, so that only new ones count; without such a file, write it")
	flags.BoolVar(&c.accept.update, "update-baseline", false, "write the --baseline file afresh, with all that is found")
	flags.Var(&c.format, "format", "how to write the report: "+strings.Join(formats, ", "))
	flags.Var(word{&c.output, "FILE"}, "output", "write the report to a file")
	_ = cmd.MarkFlagFilename("baseline", "json")
	_ = cmd.RegisterFlagCompletionFunc("explain", r.completeIDs)
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(formats, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.RegisterFlagCompletionFunc("tag", r.completeTags)
	_ = cmd.RegisterFlagCompletionFunc("fail-level", cobra.FixedCompletions(levelCompletions(), cobra.ShellCompDirectiveNoFileComp))
}

// selection is which checks to run.
func (c check) selection() settled.Selection {
	return settled.Selection{Tags: c.tags, Deploy: c.deploy}
}

func (r *run) check(ctx context.Context, c check) error {
	if err := c.accept.read(); err != nil {
		return err
	}
	begun := time.Now()
	done := r.progress("Reading the settings")
	all, err := r.results(ctx, c.paths)
	done()
	if err != nil {
		return err
	}
	known := projects(all)
	switch {
	case c.list && len(known) > 0:
		if _, err := io.WriteString(r.Stdout, strings.Join(tagsOf(known, c.deploy), "\n")+"\n"); err != nil {
			return err
		}
		return r.unreadable(all)
	case len(known) > 0:
		if err := c.makesSense(known); err != nil {
			return err
		}
	}
	sel := c.selection()
	if c.fix || c.diff {
		err = r.fix(ctx, c, sel, all)
	} else {
		done := r.progress("Checking " + count(len(all), "settings file"))
		err = judge(ctx, all, sel, c.labels)
		done()
	}
	if err != nil {
		return err
	}
	r.tellChecked(all, time.Since(begun))
	return r.report(c, all)
}

// makesSense fails for tags and labels that none of the projects has.
func (c check) makesSense(known []*settled.Project) error {
	if err := knownTags(tagsOf(known, c.deploy), c.tags); err != nil {
		return err
	}
	return knownLabels(known, c.labels)
}

// report prints what was found, then which files can't be read, and fails if
// there is reason to.
func (r *run) report(c check, all []result) error {
	report := summary(all)
	if c.accept.path != "" {
		c.accept.apply(&report, newScope(c, all))
	}
	level, _ := checks.ParseLevel(c.failLevel.value)
	report.Failed = len(report.Messages.AtLeast(level)) > 0 || len(report.Messages.Blocking()) > 0
	if err := r.deliver(c, report, all); err != nil {
		return err
	}
	if err := r.unreadable(all); err != nil {
		return err // nor is the baseline written: what stands there is not known
	}
	remark, err := c.accept.finish()
	if err != nil {
		return err
	}
	if remark != "" {
		fmt.Fprintln(r.Stderr, printable.Line(remark))
	}
	if report.Failed {
		return errReported
	}
	return nil
}

// unreadable says which files can't be read, and fails if there are any.
func (r *run) unreadable(all []result) error {
	var failed error
	for _, one := range all {
		if one.err != nil {
			r.complain(one.err)
			failed = errReported
		}
	}
	return failed
}

// tagsOf are the tags that the checks of some projects have.
func tagsOf(projects []*settled.Project, deploy bool) []string {
	var tags []string
	for _, p := range projects {
		tags = append(tags, p.Tags(deploy)...)
	}
	slices.Sort(tags)
	return slices.Compact(tags)
}

func knownTags(known, asked []string) error {
	for _, tag := range asked {
		if !slices.Contains(known, tag) {
			//lint:ignore ST1005 the sentence is Django's
			return fmt.Errorf("There is no system check with the %q tag.", tag)
		}
	}
	return nil
}
