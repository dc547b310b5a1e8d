package settledtest

import (
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/internal/docs"
	"github.com/settled-go/settled/settings"
)

// docsConform looks at what an app has to say about its ids.
func docsConform(t *testing.T, app settled.App) {
	d, ok := app.(settled.Documenter)
	if !ok {
		return
	}
	commentsConform(t, app, d)
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

// commentsConform looks for the doc comments of an app's settings.
func commentsConform(t *testing.T, app settled.App, d settled.Documenter) {
	comments, err := docs.ReadComments(d.Docs())
	if err != nil {
		t.Error(err)
	}
	seen := map[string]bool{} // a struct may hold itself
	var look func([]settings.Field)
	look = func(fields []settings.Field) {
		for _, f := range fields {
			if seen[f.Struct+"."+f.Name] {
				continue
			}
			seen[f.Struct+"."+f.Name] = true
			if comments[f.Struct][f.Name] == "" {
				t.Errorf("%s: no Go file of Docs has a doc comment for it, on a field of a type %s", f.Name, f.Struct)
			}
			look(f.Entries())
		}
	}
	look(settings.Fields(app.Settings()))
}
