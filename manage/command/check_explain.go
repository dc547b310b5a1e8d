package command

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/settled-go/settled"
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
	for _, fact := range page.Facts() {
		fmt.Fprintf(&b, "    %-9s %s\n", fact[0], fact[1])
	}
	if page.Text != "" {
		b.WriteString("\n" + plainText(page.Text, r.width()))
	}
	_, err := io.WriteString(r.Stdout, b.String())
	return err
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
