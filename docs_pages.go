package settled

import (
	"embed"
	"io/fs"
	"slices"
	"sync"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/docs"
)

//go:embed core.go silence.go docs/reference/*.md
var coreDocs embed.FS

// Docs are core's own pages and the source of its settings struct.
func (c *core) Docs() fs.FS { return coreDocs }

// A Page explains what a check id means.
type Page struct {
	ID  string
	App string // the app that brings the check
	// Check is the row that lists the id: its class, its tags, the settings it
	// reads.
	Check Check
	// Title is one sentence without markup: what is found. Text says how that
	// is decided, what follows from it and what to do, in Markdown. Both are
	// empty when the app is no Documenter.
	Title, Text string
}

// Level is that of the id's messages: its letter says it.
func (p Page) Level() checks.Level { return checks.LevelOf(p.ID) }

// Silenceable says whether SILENCED_SYSTEM_CHECKS may name the id.
func (p Page) Silenceable() bool { return p.Check.Class == checks.Finding }

// Linked are the apps of the program, installed or not: core, the builtin ones,
// then the others by name. Those that are not installed have their defaults.
func (p *Project) Linked() []AppInfo { return slices.Clone(p.linked) }

// Pages are those of all ids of the linked apps, app by app, sorted by id. They
// need no settings: those of any project of a program are the same.
func (p *Project) Pages() []Page { return slices.Clone(p.pages()) }

// Page is the page of an id; ok is false when no linked app has such an id.
func (p *Project) Page(id string) (page Page, ok bool) {
	i := slices.IndexFunc(p.pages(), func(page Page) bool { return page.ID == id })
	if i < 0 {
		return Page{}, false
	}
	return p.pages()[i], true
}

// newPages reads the pages when they are first asked for.
func newPages(linked []AppInfo) func() []Page {
	return sync.OnceValue(func() []Page {
		var all []Page
		for _, info := range linked {
			all = append(all, pagesOf(info)...)
		}
		return all
	})
}

// pagesOf are the pages of an app. An id without a text has a page too.
func pagesOf(info AppInfo) []Page {
	texts := map[string]docs.Section{}
	if d, ok := info.App.(Documenter); ok {
		// What can't be read is missing on the page, and settledtest.App says so.
		sections, _ := docs.Sections(d.Docs())
		for _, s := range sections {
			texts[s.Heading] = s
		}
	}
	var pages []Page
	if c, ok := info.App.(Checker); ok {
		for _, row := range c.Checks() {
			for _, id := range row.IDs {
				pages = append(pages, Page{ID: id, App: info.Name, Check: row, Title: texts[id].Title, Text: texts[id].Text})
			}
		}
	}
	slices.SortFunc(pages, func(a, b Page) int { return checks.CompareIDs(a.ID, b.ID) })
	return pages
}
