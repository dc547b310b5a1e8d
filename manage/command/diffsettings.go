package command

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/printable"
	"github.com/settled-go/settled/settings"
	"github.com/spf13/cobra"
)

// diffsettings is the command of that name: what the command line asks for.
type diffsettings struct {
	all    bool
	base   string
	output choice
}

func (r *run) diffsettingsCommand() *cobra.Command {
	c := diffsettings{output: choice{value: "hash", kind: "FORMAT", of: []string{"hash", "unified"}}}
	cmd := &cobra.Command{
		Use:   "diffsettings",
		Short: "Shows the settings that differ from the defaults.",
		Long: `Shows the settings that differ from the defaults, with the place where each value
is written. Secrets, and what Django hides by its name, are shown as stars.`,
		Args:              noArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(*cobra.Command, []string) error { return r.diffsettings(c) },
	}
	flags := cmd.Flags()
	flags.BoolVar(&c.all, "all", false, "show the settings at their defaults too")
	flags.Var(word{&c.base, "FILE"}, "default", "compare with another settings file instead of the defaults")
	flags.Var(&c.output, "output", "hash marks what is at its default with ###, unified marks changes with - and +")
	_ = cmd.RegisterFlagCompletionFunc("output", cobra.FixedCompletions(c.output.of, cobra.ShellCompDirectiveNoFileComp))
	_ = cmd.MarkFlagFilename("default", "toml")
	return cmd
}

func (r *run) diffsettings(c diffsettings) error {
	p, err := r.read().require()
	if err != nil {
		return err
	}
	base, err := r.base(p, c.base)
	if err != nil {
		return err
	}
	return r.show(func(p *settled.Project, b *strings.Builder) {
		for _, s := range settingsOf(p) {
			was, known := base[s.name]
			if changed := !known || !s.equal(was); changed || c.all {
				r.writeSetting(b, c.output.value, s, was, known, changed)
			}
		}
	})
}

// writeSetting writes a line, or two, as Django's formats have it.
func (r *run) writeSetting(b *strings.Builder, format string, s, was setting, known, changed bool) {
	color := r.options.color(r.Stdout)
	now := s.String() + s.place()
	switch {
	case format == "hash" && changed:
		fmt.Fprintln(b, now)
	case format == "hash":
		fmt.Fprintln(b, "### "+s.String())
	case !changed:
		fmt.Fprintln(b, "  "+s.String())
	default:
		if known {
			fmt.Fprintln(b, paint(color, roleError, "- "+was.String()))
		}
		fmt.Fprintln(b, paint(color, roleSuccess, "+ "+now))
	}
}

// base is what to compare with, by name: the settings of another file, or the
// defaults.
func (r *run) base(p *settled.Project, file string) (map[string]setting, error) {
	base := map[string]setting{}
	if file != "" {
		other, err := newReader(r.Setup, file, "--default has to name an existing file")().require()
		if err == nil {
			base = byName(other)
		}
		return base, err
	}
	for _, text := range []string{"INSTALLED_APPS = " + settings.TOML(p.Core().InstalledApps), ""} {
		f, err := settings.Parse("", []byte(text), settings.Options{})
		if err != nil {
			return nil, err
		}
		fresh, _ := r.Setup(f)
		// The second project has no apps, and so the default of INSTALLED_APPS.
		for name, s := range byName(fresh) {
			base[name] = s
		}
	}
	return base, nil
}

// setting is a setting of an installed app.
type setting struct {
	name   string
	kind   string // its type in plain words
	value  any
	secret bool
	hidden bool         // by its name, or by its old one
	origin checks.Range // zero for a default
}

// settingsOf are the settings of the installed apps by name.
func settingsOf(p *settled.Project) []setting {
	var all []setting
	for _, info := range p.Apps() {
		for _, f := range settings.Fields(info.Settings) {
			if f.Removed {
				continue
			}
			at := p.File().Origin(checks.Path(f.Name))
			if at == (checks.Range{}) && f.Alias != "" {
				at = p.File().Origin(checks.Path(f.Alias))
			}
			all = append(all, setting{f.Name, f.Type, f.Value, f.Secret, f.Hidden, at})
		}
	}
	slices.SortFunc(all, func(a, b setting) int { return cmp.Compare(a.name, b.name) })
	return all
}

func byName(p *settled.Project) map[string]setting {
	m := map[string]setting{}
	for _, s := range settingsOf(p) {
		m[s.name] = s
	}
	return m
}

// equal compares what can be written; two secrets read the same and need not be.
func (s setting) equal(other setting) bool {
	if s.secret && !reflect.DeepEqual(s.value, other.value) {
		return false
	}
	return settings.TOML(s.value) == settings.TOML(other.value)
}

// String is the setting as the file may have it, but for what must not be shown.
func (s setting) String() string {
	return s.name + " = " + settings.Field{Name: s.name, Value: s.value, Hidden: s.hidden}.Shown()
}

// place is a comment that says where the value is written.
func (s setting) place() string {
	switch {
	case s.origin.File == "":
		return ""
	case s.origin.Start.Line == 0:
		return "  # " + printable.Line(s.origin.File)
	}
	return fmt.Sprintf("  # %s:%d", printable.Line(s.origin.File), s.origin.Start.Line)
}
