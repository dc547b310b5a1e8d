package settled_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
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
}

// djangos are settings that pages speak of and no app has: Django's, and wrong
// names.
var djangos = []string{"ALLOWED_HOST", "CORS_ALLOWED_HEADERS", "CORS_ORIGINS", "CSRF_HEADER_NAME", "CSRF_TRUSTED_ORIGINS", "SETTLED_SETTINGS", "SETTLED_"}

var settingInText = regexp.MustCompile("`([A-Z][A-Z0-9]*_[A-Z0-9_]*)[` ]")

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
