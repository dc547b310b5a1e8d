package checks_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/checks"
)

// in is a message on a line of a file.
func in(file string, line int, m checks.Message) checks.Message {
	m.At = checks.Range{File: file, Start: checks.Pos{Line: line, Column: 1}, End: checks.Pos{Line: line, Column: 2}}
	return m
}

func TestGather(t *testing.T) {
	shared := in("base.toml", 3, checks.Errorf("x.E001", "shared"))
	same := in("b.toml", 1, checks.Errorf("x.E002", "same words"))
	got := checks.Gather([]checks.Found{
		{"b.toml", checks.Messages{shared, same, checks.Infof("x.I001", "nowhere")}},
		{"a.toml", checks.Messages{in("a.toml", 1, same), shared, shared, checks.Infof("x.I001", "nowhere")}},
	})
	var lines []string
	for _, m := range got {
		lines = append(lines, fmt.Sprint(m, " ", m.Files))
	}
	want := []string{
		"a.toml:1:1: error: same words (x.E002) [a.toml]",
		"b.toml:1:1: error: same words (x.E002) [b.toml]",
		"base.toml:3:1: error: shared (x.E001) [b.toml a.toml]",
		"a.toml: info: nowhere (x.I001) [a.toml]",
		"b.toml: info: nowhere (x.I001) [b.toml]",
	}
	if diff := cmp.Diff(want, lines); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// What follows from a message stands below that of its own project, be it said
// for another one too.
func TestGatherKeepsCauses(t *testing.T) {
	cause := checks.Errorf("x.E001", "cause").On("S")
	follows := checks.Warningf("x.W002", "consequence").From("x.E001", "S")
	shared := in("base.toml", 1, cause)
	report := checks.Report{Checked: 4, Messages: checks.Gather([]checks.Found{
		{"a.toml", checks.Messages{in("a.toml", 1, cause), in("a.toml", 2, follows)}},
		{"b.toml", checks.Messages{in("b.toml", 1, cause), in("b.toml", 2, follows)}},
		{"c.toml", checks.Messages{shared, in("c.toml", 2, follows)}},
		{"d.toml", checks.Messages{shared, in("d.toml", 2, follows)}},
	})}
	var b bytes.Buffer
	if err := (checks.Printer{}).Print(&b, report); err != nil {
		t.Fatal(err)
	}
	want := `System check identified some issues:

ERRORS:
a.toml:1:1: error: cause (x.E001)
   follows: a.toml:2:1: warning: consequence (x.W002)
b.toml:1:1: error: cause (x.E001)
   follows: b.toml:2:1: warning: consequence (x.W002)
base.toml:1:1: error: cause (x.E001)
   follows: c.toml:2:1: warning: consequence (x.W002)
   follows: d.toml:2:1: warning: consequence (x.W002)

System check identified 7 issues (0 silenced) in 4 of 4 files.
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
