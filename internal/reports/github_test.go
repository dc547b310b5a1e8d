package reports_test

import (
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/reports"
)

func github(w io.Writer, r reports.Report) error { return reports.GitHub(w, r, "7 issues.") }

func TestGitHub(t *testing.T) {
	want := `::error title=a.C001::a check panicked
::error file=settings.toml,line=4,endLine=4,col=25,endColumn=30,title=a.E001::an origin 'x'%0Asub/base.toml:2:1: this stands there%0Aand this nowhere%0Ahint: write 'y'
::error title=a.E002::SETTLED_DEBUG: from outside
::warning file=settings.toml,line=5,endLine=6,title=a.W001::two lines%0Afollows from a.E001
::warning file=/etc/base 1.toml,line=1,endLine=1,col=1,endColumn=4,title=a.W002::an old name
::notice file=settings.toml,title=bare.I001::about the file
::notice title=a.D001::a note
::error file=gone.toml,title=not checked::settings file "gone.toml": no such file
::error title=not checked::no settings file in {dir}
7 issues.
`
	if diff := cmp.Diff(want, written(t, github, full())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := written(t, github, empty()); got != "7 issues.\n" {
		t.Errorf("got %q, want the summary alone", got)
	}
}

// Nothing in a message ends its command, adds a property or begins another
// command.
func TestGitHubEscapes(t *testing.T) {
	r := empty()
	m := checks.Errorf("a.E001", "100%%\r\n::error::x,y: \x1b%%0A").WithHint("a,b:c")
	m.At = at("a,b:c%\n/é.toml", 1, 1, 2)
	r.Messages = checks.Messages{m}
	want := `::error file=a%2Cb%3Ac%25\x0a/é.toml,line=1,endLine=1,col=1,endColumn=2,title=a.E001::100%25\x0d\x0a::error::x,y: \x1b%250A%0Ahint: a,b:c` + "\n7 issues.\n"
	if diff := cmp.Diff(want, written(t, github, r)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
