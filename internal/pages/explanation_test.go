package pages_test

import (
	"html"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/crash"
	"github.com/settled-go/settled/internal/pages"
)

var deep = pages.Explanation{
	Short: pages.ShortServerError, Title: "Error at /",
	Causes: []crash.Cause{
		{Type: "*a", Text: "one\ntwo"}, {Type: "*b", Text: "one\ntwo", Depth: 1}, {Type: "*c", Text: "one", Depth: 2}, {Type: "*d", Text: "two", Depth: 1},
	},
	Stack: []crash.Frame{
		{Function: "polls.deep", File: "polls.go", Line: 5, Kind: crash.App},
		{Function: "polls.deep", File: "polls.go", Line: 4, Kind: crash.App},
		{Function: "polls.deep", File: "polls.go", Line: 4, Kind: crash.App},
		{Function: "polls.deep", File: "polls.go", Line: 4, Kind: crash.App},
		{Function: "http.serve", Kind: crash.Standard}, {Function: "settled.serve", Kind: crash.Framework}, {Function: "http.serve", Kind: crash.Standard},
	},
}

// An error stands inside the one that wraps it, and lines of a text stay together.
func TestCauses(t *testing.T) {
	tree := deep.CauseTree()
	if len(tree) != 1 || len(tree[0].Inside) != 2 || tree[0].Inside[0].Inside[0].Type != "*c" || tree[0].Inside[1].Type != "*d" {
		t.Errorf("the tree is %+v", tree)
	}
	if want := "\n  *b: one\n    two\n    *c: one\n  *d: two\n"; !strings.Contains(deep.Text(), want) {
		t.Errorf("%q is missing:\n%s", want, deep.Text())
	}
}

// Recursion is told once, with how often; whose the other calls are is said.
func TestFolds(t *testing.T) {
	folds := deep.Folds()
	if len(folds) != 3 || folds[0].Times != 1 || folds[1].Times != 3 || folds[2].Kinds != "the standard library and Settled" {
		t.Errorf("got %+v", folds)
	}
}

// A page that stands alone has its icon in itself: for one that it has not, browsers
// ask the site, and the log has a line that nobody understands.
func TestIcon(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set("Accept", "text/html")
	shown := httptest.NewRecorder()
	deep.Render(r).ServeHTTP(shown, r)
	greeting := httptest.NewRecorder()
	pages.Welcome{}.ServeHTTP(greeting, r)
	for _, page := range []string{html.UnescapeString(shown.Body.String()), html.UnescapeString(greeting.Body.String())} {
		if want := `<link rel="icon" href="data:image/svg+xml;base64,`; !strings.Contains(page, want) {
			t.Errorf("%s is missing:\n%s", want, page)
		}
	}
}
