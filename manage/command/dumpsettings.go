package command

import (
	"fmt"
	"io"
	"reflect"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/spf13/cobra"
)

// dumpFormats are what dumpsettings --format takes.
var dumpFormats = []string{"toml", "json", "env"}

func (r *run) dumpsettingsCommand() *cobra.Command {
	format, all := choice{value: "toml", kind: "FORMAT", of: dumpFormats}, false
	cmd := &cobra.Command{
		Use:   "dumpsettings",
		Short: "Writes the settings as they count, for programs that deploy.",
		Long: `Writes the settings as they count: after EXTENDS, with what the environment
overrides, under their new names. Without --all, settings at their defaults are
left out.

    toml  a settings file that means the same
    json  an object of typed values
    env   SETTLED_NAME=value, a line each, quoted for shells where that is needed:
          set -a; . ./dump.env; they override any settings file

A reference to a secret, { env = "NAME" } or { file = "PATH" }, stays one, but for
the format env, which has no references. A secret that is written in the settings
is left out, and is null in JSON, and so is a setting that Django hides by its
name. A warning says what is left out. What else a format can't express is an
error.`,
		Args:              noArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(*cobra.Command, []string) error { return r.dumpsettings(format.value, all) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&all, "all", false, "write the settings at their defaults too")
	flags.Var(&format, "format", "how to write them: "+strings.Join(dumpFormats, ", "))
	_ = cmd.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(dumpFormats, cobra.ShellCompDirectiveNoFileComp))
	return cmd
}

// dumpsettings writes nothing of a project with errors: what counts in it is not
// known.
func (r *run) dumpsettings(format string, all bool) error {
	got := r.read()
	p, err := got.require()
	if err != nil {
		return err
	}
	found, _ := p.Silence(got.found)
	if failed := len(found.AtLeast(checks.Error)) > 0; failed {
		r.print(checks.Report{Messages: found, Failed: true, NoFooter: true})
		return errReported
	}
	list, err := r.dumps(p, all)
	if err != nil {
		return err
	}
	out := encoders[format](list)
	if _, err := io.WriteString(r.Stdout, out.text); err != nil {
		return err
	}
	for _, d := range list {
		for _, path := range d.left {
			r.advise(fmt.Sprintf("%s is left out, since it holds or may hold a secret%s", path, d.written()))
		}
	}
	for _, text := range out.missing {
		r.advise(text)
	}
	for _, problem := range out.problems {
		r.complain(problem)
	}
	if len(out.problems) > 0 {
		return errReported
	}
	return nil
}

// dumps are the settings that go into a dump.
func (r *run) dumps(p *settled.Project, all bool) ([]dumped, error) {
	base, err := r.base(p, "")
	if err != nil {
		return nil, err
	}
	var list []dumped
	for _, s := range settingsOf(p) {
		changed := !reflect.DeepEqual(s.value, base[s.name].value)
		if changed || all && !s.hidden {
			list = append(list, dump(s))
		}
	}
	return list, nil
}

// written says where a setting is, in brackets.
func (s setting) written() string {
	if at := originText(s.origin); at != "" {
		return " (" + at + ")"
	}
	return ""
}
