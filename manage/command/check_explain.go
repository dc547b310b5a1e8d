package command

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/nearest"
	"github.com/spf13/cobra"
)

// explain prints the page of a check id. It needs no settings file: the pages
// are those of the apps that are linked in.
func (r *run) explain(id string) error {
	p := r.blank()
	page, ok := p.Page(id)
	if !ok {
		return unknownID(id, p.Pages())
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\n\n", paint(r.options.color(r.Stdout), bold, page.ID), cmp.Or(page.Title, "(the app explains nothing)"))
	for _, fact := range facts(page) {
		fmt.Fprintf(&b, "    %-9s %s\n", fact[0], fact[1])
	}
	if page.Text != "" {
		b.WriteString("\n" + plainText(page.Text, r.width()))
	}
	_, err := io.WriteString(r.Stdout, b.String())
	return err
}

// facts are what a page's row says, in a few words each.
func facts(page settled.Page) [][2]string {
	all := [][2]string{
		{"level", page.Level().String()},
		{"class", className(page.Check.Class)},
		{"app", page.App},
		{"tags", strings.Join(page.Check.Tags, ", ")},
	}
	if names := page.Check.Settings; len(names) > 0 {
		all = append(all, [2]string{"settings", strings.Join(names, ", ")})
	}
	switch {
	case page.Check.Deploy:
		all = append(all, [2]string{"runs", "with --deploy only"})
	case page.Check.Develop:
		all = append(all, [2]string{"runs", "without --deploy only"})
	}
	if page.Check.Fixable {
		all = append(all, [2]string{"fix", "check --fix can mend it"})
	}
	return all
}

// className says what a class means for whoever reads a message.
func className(c checks.Class) string {
	switch c {
	case checks.Refused:
		return "refused: nothing starts, and it can't be silenced or skipped"
	case checks.Unbuildable:
		return "impossible: nothing can start, and it can't be silenced or skipped"
	}
	return "finding: it can be silenced and skipped"
}

func unknownID(id string, pages []settled.Page) error {
	ids := make([]string, len(pages))
	for i, page := range pages {
		ids[i] = page.ID
	}
	text := fmt.Sprintf("No check has the id %s.", quote(id))
	if near := nearest.Name(id, ids); near != "" {
		return fmt.Errorf("%s Did you mean %s?", text, quote(near))
	}
	return fmt.Errorf("%s", text+" It stands in brackets at the end of a message.")
}

// completeIDs offers the ids of the linked apps with their titles.
func (r *run) completeIDs(*cobra.Command, []string, string) ([]cobra.Completion, cobra.ShellCompDirective) {
	var ids []cobra.Completion
	for _, page := range r.blank().Pages() {
		ids = append(ids, cobra.CompletionWithDesc(page.ID, page.Title))
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
