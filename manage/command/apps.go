package command

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/spf13/cobra"
)

func (r *run) appsCommand() *cobra.Command {
	return &cobra.Command{
		Use: "apps", Short: "Shows the apps of the project and what each brings.", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			return r.show(func(p *settled.Project, b *strings.Builder) {
				for _, info := range p.Apps() {
					describe(b, info)
				}
			})
		},
	}
}

// show prints what write writes of the project to stdout. What was found while
// the project was set up goes to stderr; with errors among it the picture is
// incomplete, and the command fails.
func (r *run) show(write func(*settled.Project, *strings.Builder)) error {
	got := r.read()
	p, err := got.require()
	if err != nil {
		return err
	}
	return r.showFound(p, got.found, write)
}

// showFound is show with what else was found.
func (r *run) showFound(p *settled.Project, found checks.Messages, write func(*settled.Project, *strings.Builder)) error {
	var b strings.Builder
	write(p, &b)
	if _, err := io.WriteString(r.Stdout, b.String()); err != nil {
		return err
	}
	found, _ = p.Silence(found)
	failed := len(found.AtLeast(checks.Error)) > 0
	if len(found) > 0 {
		r.print(checks.Report{Messages: found, Failed: failed, NoFooter: true})
	}
	if failed {
		return errReported
	}
	return nil
}

// describe writes an app's name and, a line for each hook that it has, what it
// brings.
func describe(b *strings.Builder, info settled.AppInfo) {
	b.WriteString(info.Name)
	if info.Builtin {
		b.WriteString(" (built in)")
	}
	b.WriteByte('\n')
	if app, ok := info.App.(settled.MiddlewareProvider); ok {
		for _, link := range app.Middleware() {
			fmt.Fprintf(b, "    middleware  %s\n", link.Name)
		}
	}
	if app, ok := info.App.(settled.Router); ok {
		for _, route := range app.Routes() {
			fmt.Fprintln(b, strings.TrimRight(fmt.Sprintf("    route       %s  %s", route.Pattern, route.Name), " "))
		}
	}
	if app, ok := info.App.(settled.Commander); ok {
		for _, c := range app.Commands() {
			fmt.Fprintf(b, "    command     %s\n", c.Name)
		}
	}
	if ids := slices.Sorted(slices.Values(idsOf(info.App))); len(ids) > 0 {
		fmt.Fprintf(b, "    checks      %s\n", wrap(ids, 80, "\n                "))
	}
}

// wrap joins words to lines of about so many characters.
func wrap(words []string, width int, newline string) string {
	var b strings.Builder
	column := 0
	for _, word := range words {
		switch {
		case column == 0:
		case column+1+len(word) > width:
			b.WriteString(newline)
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += len(word)
	}
	return b.String()
}
