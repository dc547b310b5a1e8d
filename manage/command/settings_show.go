package command

import (
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/django"
	"github.com/settled-go/settled/internal/nearest"
	"github.com/settled-go/settled/internal/printable"
	"github.com/spf13/cobra"
)

func (r *run) settingsShowCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "show [NAME ...]",
		Short: "Explains settings: type, default, value, place, documentation and checks.",
		Long: `Explains settings: the type, the default, the value in this project, where that is
written and what it overrides, the documentation, and the checks that read it.
Without names it lists all settings of the apps that are linked in.`,
		ValidArgsFunction: r.completeSettings,
		RunE:              func(_ *cobra.Command, names []string) error { return r.showSettings(names) },
	}
}

func (r *run) showSettings(names []string) error {
	defaults := r.blank()
	if len(names) == 0 {
		return r.show(func(p *settled.Project, b *strings.Builder) { writeSettings(b, p.Settings()) })
	}
	known := defaults.Settings()
	chosen := make([]settled.Setting, len(names))
	for i, name := range names {
		found, err := findSetting(known, name)
		if err != nil {
			return err
		}
		chosen[i] = found
	}
	return r.show(func(p *settled.Project, b *strings.Builder) {
		now := p.Settings()
		for i, s := range chosen {
			if i > 0 {
				b.WriteByte('\n')
			}
			r.writeSettingPage(b, p, s, settingIn(now, s))
		}
	})
}

// findSetting is the setting of that name, which may be an old one.
func findSetting(known []settled.Setting, name string) (settled.Setting, error) {
	i := slices.IndexFunc(known, func(s settled.Setting) bool { return s.Name == name || s.Alias == name })
	if i >= 0 {
		return known[i], nil
	}
	text := fmt.Sprintf("No linked app has a setting %s", quote(name))
	if why, _, ok := strings.Cut(django.Setting(name), ": take it out"); ok {
		return settled.Setting{}, fmt.Errorf("%s: %s", text, why)
	}
	if near := nearest.Name(name, settingNames(known)); near != "" {
		return settled.Setting{}, fmt.Errorf("%s. Did you mean %s?", text, near)
	}
	return settled.Setting{}, fmt.Errorf("%s", text+". Without a name, all are listed.")
}

func settingNames(known []settled.Setting) []string {
	var names []string
	for _, s := range known {
		if names = append(names, s.Name); s.Alias != "" {
			names = append(names, s.Alias)
		}
	}
	return names
}

// writeSettings lists settings by app, each with its type.
func writeSettings(b *strings.Builder, all []settled.Setting) {
	app := ""
	table := tabwriter.NewWriter(b, 0, 0, 2, ' ', 0)
	for _, s := range all {
		if s.Removed {
			continue
		}
		if s.App != app {
			_ = table.Flush()
			app = s.App
			b.WriteString(heading(s))
		}
		fmt.Fprintf(table, "    %s\t%s\n", s.Name, s.Type)
	}
	_ = table.Flush()
}

func heading(s settled.Setting) string {
	if s.Installed {
		return s.App + "\n"
	}
	return s.App + " (linked, not installed)\n"
}

// writeSettingPage writes all that there is to say of a setting: s has the
// default, now the value in the project.
func (r *run) writeSettingPage(b *strings.Builder, p *settled.Project, s, now settled.Setting) {
	fmt.Fprintln(b, paint(r.options.color(r.Stdout), bold, s.Name))
	if doc := s.About(); doc != "" {
		b.WriteString("\n" + plainText(doc, r.width()))
	}
	b.WriteByte('\n')
	for _, fact := range settingFacts(p, s, now) {
		fmt.Fprintf(b, "    %-9s %s\n", fact[0], fact[1])
	}
	writeEntries(b, s.Entries)
	writeReaders(b, p, s)
}

// settingFacts are type, default, value and places, in a few words each.
func settingFacts(p *settled.Project, s, now settled.Setting) [][2]string {
	facts := [][2]string{{"type", s.Type}, {"app", strings.TrimSuffix(heading(now), "\n")}}
	if s.Alias != "" {
		facts = append(facts, [2]string{"old name", s.Alias})
	}
	if s.Removed {
		return facts
	}
	facts = append(facts, [2]string{"default", s.Shown()})
	if now.Installed && s.Name != "EXTENDS" {
		facts = append(facts, [2]string{"value", now.Shown()})
	}
	origins := p.File().Origins(s.Name)
	if len(origins) == 0 {
		return append(facts, [2]string{"from", "the default"})
	}
	word, effect := "from", ""
	if !now.Installed {
		effect = ", without effect"
	}
	for _, at := range origins {
		facts = append(facts, [2]string{word, originText(at) + effect})
		if s.Name != "EXTENDS" {
			word = "overrides"
		}
	}
	return facts
}

// settingIn is the one of a project's settings that s is.
func settingIn(now []settled.Setting, s settled.Setting) settled.Setting {
	i := slices.IndexFunc(now, func(other settled.Setting) bool { return other.Name == s.Name && other.App == s.App })
	if i < 0 {
		return s
	}
	return now[i]
}

func originText(at checks.Range) string {
	if at.Start.Line == 0 {
		return "the variable " + printable.Line(at.File)
	}
	return at.String()
}

// writeEntries writes what a table may hold, and the tables in it.
func writeEntries(b *strings.Builder, entries []settled.Setting) {
	if len(entries) == 0 {
		return
	}
	fmt.Fprintln(b, "\nIts tables have:")
	lines := entryLines("", entries)
	width := 9
	for _, line := range lines {
		width = max(width, len(line[0]))
	}
	for _, line := range lines {
		fmt.Fprintf(b, "    %-*s %s\n", width, line[0], line[1])
	}
}

// entryLines are the names and types of entries, with those below them.
func entryLines(above string, entries []settled.Setting) (lines [][2]string) {
	for _, e := range entries {
		lines = append(lines, [2]string{above + e.Name, e.Type})
		lines = append(lines, entryLines(above+e.Name+".", e.Entries)...)
	}
	return lines
}

// writeReaders writes the checks that read a setting, with their titles.
func writeReaders(b *strings.Builder, p *settled.Project, s settled.Setting) {
	var lines []string
	for _, page := range p.Pages() {
		if slices.Contains(page.Check.Settings, s.Name) {
			lines = append(lines, strings.TrimRight(fmt.Sprintf("    %-16s  %s", page.ID, page.Title), " "))
		}
	}
	if len(lines) > 0 {
		fmt.Fprintf(b, "\nChecks that read it:\n%s\n", strings.Join(lines, "\n"))
	}
}

// completeSettings offers the names of settings.
func (r *run) completeSettings(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var names []cobra.Completion
	for _, s := range r.blank().Settings() {
		if !s.Removed {
			names = append(names, cobra.CompletionWithDesc(s.Name, s.Type))
		}
	}
	return names, cobra.ShellCompDirectiveNoFileComp
}
