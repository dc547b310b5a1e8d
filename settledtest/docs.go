package settledtest

import (
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/docs"
)

// docsConform looks at what an app has to say about its ids.
func docsConform(t *testing.T, app settled.App) {
	d, ok := app.(settled.Documenter)
	if !ok {
		return
	}
	sections, err := docs.Sections(d.Docs())
	if err != nil {
		t.Error(err)
	}
	written := map[string]bool{}
	for _, s := range sections {
		if written[s.Heading] {
			t.Errorf("%s: the page of %s is there twice", s.File, s.Heading)
		}
		if s.Title == "" || s.Text == "" {
			t.Errorf("%s: the page of %s has no title or no text", s.File, s.Heading)
		}
		written[s.Heading] = true
	}
	ids := map[string]bool{}
	if c, ok := app.(settled.Checker); ok {
		for _, row := range c.Checks() {
			for _, id := range row.IDs {
				ids[id] = true
			}
		}
	}
	for id := range ids {
		if !written[id] {
			t.Errorf("%s has no page: no Markdown file of Docs has a heading %q", id, "## "+id)
		}
	}
	for _, s := range sections {
		if !ids[s.Heading] {
			t.Errorf("%s: the page of %q is about no id of Checks", s.File, s.Heading)
		}
	}
}
