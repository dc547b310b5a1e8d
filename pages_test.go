package settled_test

import (
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
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
