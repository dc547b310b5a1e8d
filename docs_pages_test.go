package settled_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/apps/staticfiles"
	"github.com/settled-go/settled/apps/stock"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/docs"
	"github.com/settled-go/settled/settings"
	"github.com/settled-go/settled/settledtest"
)

// The pages of apps that are linked are there, installed or not.
func TestPage(t *testing.T) {
	p, _ := settledtest.Setup(t, exampleApps, "DEBUG = true\n")
	page, ok := p.Page("corsheaders.W109")
	if !ok || page.App != "corsheaders" || page.Level() != checks.Warning || !page.Silenceable() || page.Title == "" || page.Text == "" || len(page.Check.Settings) == 0 {
		t.Errorf("%+v, %v", page, ok)
	}
	if page, ok := p.Page("corsheaders.E101"); !ok || page.Silenceable() {
		t.Errorf("%+v, %v", page, ok)
	}
	if page, ok := p.Page("nowhere.E001"); ok {
		t.Errorf("%+v", page)
	}
}

// An app without documentation has pages too, which are empty.
func TestPageWithoutText(t *testing.T) {
	p, _ := settledtest.Setup(t, settledtest.Apps{"audit": func() settled.App { return audit{} }}, "DEBUG = true\n")
	if page, ok := p.Page("audit.W001"); !ok || page.App != "audit" || page.Title != "" {
		t.Errorf("%+v, %v", page, ok)
	}
}

// Each id has a page that says what is found, how that is decided and what to
// do.
func TestEveryIDHasAPage(t *testing.T) {
	p, _ := settledtest.Setup(t, exampleApps, "DEBUG = true\n")
	seen := map[string]bool{}
	for _, page := range p.Pages() {
		switch {
		case seen[page.ID]:
			t.Errorf("%s is brought by two apps", page.ID)
		case page.Title == "" || page.Text == "":
			t.Errorf("%s has no title or no text: write a section with that heading in the Markdown files of %s", page.ID, page.App)
		case !strings.HasSuffix(page.Title, ".") || strings.ContainsAny(page.Title, "`*[]") || strings.Contains(page.Title, ". "):
			t.Errorf("%s: the title is not one plain sentence: %s", page.ID, page.Title)
		}
		seen[page.ID] = true
	}
	for _, id := range everyID(t) {
		if !seen[id] {
			t.Errorf("%s has no page", id)
		}
	}
	for _, dir := range []string{"docs/reference", "apps/corsheaders/docs"} {
		sections, err := docs.Sections(os.DirFS(dir))
		if err != nil {
			t.Error(err)
		}
		for _, s := range sections {
			if !seen[s.Heading] {
				t.Errorf("%s/%s: the page of %q is about no id", dir, s.File, s.Heading)
			}
		}
	}
}

// djangos are settings that pages speak of and no app has: Django's, and wrong
// names.
var djangos = []string{"ALLOWED_HOST", "CORS_ALLOWED_HEADERS", "CORS_ORIGINS", "SESSION_COOKIE_SAMESITE", "SETTLED_SETTINGS", "SETTLED_"}

var settingInText = regexp.MustCompile("`([A-Z][A-Z0-9]*_[A-Z0-9_]*[A-Z0-9])[` ]")

// The settings that rows and texts name are settings.
func TestPagesNameSettings(t *testing.T) {
	p, _ := settledtest.Setup(t, exampleApps, "DEBUG = true\n")
	known := map[string]bool{"EXTENDS": true}
	for _, name := range djangos {
		known[name] = true
	}
	for _, info := range p.Linked() {
		for _, f := range settings.Fields(info.Settings) {
			known[f.Name], known[f.Alias] = true, true
		}
	}
	for _, page := range p.Pages() {
		for _, name := range page.Check.Settings {
			if !known[name] {
				t.Errorf("%s reads %s, which is no setting", page.ID, name)
			}
		}
		for _, m := range settingInText.FindAllStringSubmatch(page.Text, -1) {
			if !known[m[1]] {
				t.Errorf("the text of %s names %s, which is no setting", page.ID, m[1])
			}
		}
	}
}

// Rows tell the truth: what the settings of each id's script provoke is of the
// level and class that its row says, and can be fixed only if the row says so.
func TestRowsAreTrue(t *testing.T) {
	fixed := map[string]bool{}
	for _, id := range everyID(t) {
		script, err := txtar.ParseFile(filepath.Join(scripts, id+".txtar"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range script.Files {
			f, err := settings.Parse(file.Name, file.Data, settings.Options{})
			if !strings.HasPrefix(file.Name, "bad") || err != nil {
				continue
			}
			var r settled.Registry
			r.Register("corsheaders", exampleApps["corsheaders"])
			for name, new := range stock.Apps() {
				r.RegisterBuiltin(name, new)
			}
			r.Register(staticfiles.Name, exampleApps[staticfiles.Name])
			p, _ := r.Setup(f)
			for _, m := range append(p.Check(settled.Selection{}), p.Check(settled.Selection{Deploy: true})...) {
				judgeRow(t, p, m)
				fixed[m.ID] = fixed[m.ID] || len(m.Fixes) > 0
			}
		}
	}
	p, _ := settledtest.Setup(t, exampleApps, "")
	for _, page := range p.Pages() {
		if page.Check.Fixable && !fixed[page.ID] {
			t.Errorf("%s is said to be fixable, and no script's message has a fix", page.ID)
		}
	}
}

func judgeRow(t *testing.T, p *settled.Project, m checks.Message) {
	t.Helper()
	page, ok := p.Page(m.ID)
	isClass := page.Check.Class == m.Class || m.ID == "middleware.E003" && m.Class == checks.Refused
	switch {
	case !ok:
		t.Errorf("no row lists %s", m.ID)
	case page.Level() != m.Level:
		t.Errorf("%s is a message of level %v", m.ID, m.Level)
	case !isClass:
		t.Errorf("%s is of class %d, its row says %d: %v", m.ID, m.Class, page.Check.Class, m)
	case len(m.Fixes) > 0 && !page.Check.Fixable:
		t.Errorf("%s can be fixed, and its row says not: %v", m.ID, m)
	}
}
