package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/nearest"
	"github.com/spf13/cobra"
)

// check is the command of that name: what the command line asks for.
type check struct {
	tags      []string
	list      bool
	deploy    bool
	failLevel choice
}

func (r *run) checkCommand() *cobra.Command {
	c := check{failLevel: choice{value: "ERROR", kind: "LEVEL", of: checks.LevelNames()}}
	cmd := &cobra.Command{
		Use:   "check [app_label ...]",
		Short: "Checks the project for problems.",
		Long: `Checks the project for problems. With app labels, only the checks of these apps
run. What makes a project impossible or unsafe is always reported, and fails at
any --fail-level.`,
		RunE:              func(_ *cobra.Command, labels []string) error { return r.check(c, labels) },
		ValidArgsFunction: r.completeLabels,
	}
	flags := cmd.Flags()
	flags.VarP(words{&c.tags, "TAG"}, "tag", "t", "run only the checks with this tag; may be given several times")
	flags.BoolVar(&c.list, "list-tags", false, "list the tags")
	flags.BoolVar(&c.deploy, "deploy", false, "run the checks for deployments too")
	flags.Var(&c.failLevel, "fail-level", "the level of message that makes the exit status 1: "+strings.Join(c.failLevel.of, ", "))
	_ = cmd.RegisterFlagCompletionFunc("tag", r.completeTags)
	_ = cmd.RegisterFlagCompletionFunc("fail-level", cobra.FixedCompletions(levelCompletions(), cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

func (r *run) check(c check, labels []string) error {
	got := r.read()
	if got.err != nil {
		return got.err
	}
	if got.project == nil {
		return r.report(c, got.found, 0)
	}
	p := got.project
	if c.list {
		_, err := io.WriteString(r.Stdout, strings.Join(p.Tags(c.deploy), "\n")+"\n")
		return err
	}
	for _, tag := range c.tags {
		if !slices.Contains(p.Tags(c.deploy), tag) {
			//lint:ignore ST1005 the sentence is Django's
			return fmt.Errorf("There is no system check with the %q tag.", tag)
		}
	}
	ms := p.Check(settled.Selection{Tags: c.tags, Deploy: c.deploy})
	ms, err := ofApps(p, ms, labels)
	if err != nil {
		return err
	}
	kept, silenced := p.Silence(ms)
	return r.report(c, kept, silenced)
}

// report prints the messages and fails if they do.
func (r *run) report(c check, ms checks.Messages, silenced int) error {
	level, _ := checks.ParseLevel(c.failLevel.value)
	failed := len(ms.AtLeast(level)) > 0 || len(ms.Blocking()) > 0
	r.print(checks.Report{Messages: ms, Silenced: silenced, Failed: failed})
	if failed {
		return errReported
	}
	return nil
}

// ofApps keeps what the checks of some apps report, and what stops the project
// anyway. No label keeps all.
func ofApps(p *settled.Project, ms checks.Messages, labels []string) (checks.Messages, error) {
	if len(labels) == 0 {
		return ms, nil
	}
	ids, names := map[string]bool{"apps.C001": true}, []string{}
	for _, info := range p.Apps() {
		names = append(names, info.Name)
		if slices.Contains(labels, info.Name) {
			for _, id := range idsOf(info.App) {
				ids[id] = true
			}
		}
	}
	for _, label := range labels {
		if !slices.Contains(names, label) {
			return nil, unknownLabel(label, names)
		}
	}
	return ms.Select(func(m checks.Message) bool { return m.Class != checks.Finding || ids[m.ID] }), nil
}

// unknownLabel is Django's text.
func unknownLabel(label string, names []string) error {
	text := fmt.Sprintf("No installed app with label %s.", quote(label))
	last := label[strings.LastIndexAny(label, "./")+1:]
	for _, name := range []string{last, label} {
		if near := nearest.Name(name, names); near != "" {
			return fmt.Errorf("%s Did you mean %s?", text, quote(near))
		}
	}
	return fmt.Errorf("%s", text)
}

// idsOf are the ids that an app's checks may report.
func idsOf(app settled.App) []string {
	var ids []string
	if c, ok := app.(settled.Checker); ok {
		for _, row := range c.Checks() {
			ids = append(ids, row.IDs...)
		}
	}
	return ids
}
