package docs_test

import (
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/internal/docs"
)

func TestSections(t *testing.T) {
	fsys := fstest.MapFS{
		"settings.go":  {Data: []byte("## not.E001\n")},
		"docs/b.md":    {Data: []byte("## b.E001\r\n\r\nWindows.\r\n\r\nLines.\r\n")},
		"docs/a.md":    {Data: []byte("# A\n\nLeft out.\n\n## a.E001 \n\nA title on\ntwo lines.\n\nText.\n\n```toml\n## a comment\n```\n\n### Deeper\n## a.E002\n## a.E003\nTitle.")},
		"docs/none.md": {Data: []byte("# Nothing\n\n    ## indented\n")},
	}
	got, err := docs.Sections(fsys)
	want := []docs.Section{
		{Heading: "a.E001", Title: "A title on two lines.", Text: "Text.\n\n```toml\n## a comment\n```\n\n### Deeper", File: "docs/a.md"},
		{Heading: "a.E002", File: "docs/a.md"},
		{Heading: "a.E003", Title: "Title.", File: "docs/a.md"},
		{Heading: "b.E001", Title: "Windows.", Text: "Lines.", File: "docs/b.md"},
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}
