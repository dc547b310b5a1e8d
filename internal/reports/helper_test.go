package reports_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/reports"
)

// at is a place on one line.
func at(file string, line, from, to int) checks.Range {
	return checks.Range{File: file, Start: checks.Pos{Line: line, Column: from}, End: checks.Pos{Line: line, Column: to}}
}

func rule(id string) reports.Rule {
	if id == "bare.I001" {
		return reports.Rule{ID: id, Level: checks.Info}
	}
	return reports.Rule{ID: id, Level: checks.LevelOf(id), Title: "A title.", Tags: []string{"security"},
		Text: "The [first](https://example.com)\nparagraph.\n\nThe second.\n"}
}

// full has a message of every kind.
func full() reports.Report {
	placed := checks.Errorf("a.E001", "an origin %s", "'x'").On("ORIGINS", 2).WithHint("write 'y'").Of(checks.Refused).
		See("OTHER", "this stands there").See("", "and this nowhere")
	placed.At = at("settings.toml", 4, 25, 30)
	placed.Related[0].At = at("sub/base.toml", 2, 1, 6)
	placed = placed.Fix(checks.Edit{Do: checks.Replace, Setting: "ORIGINS[2]", Text: "y",
		Changes: []checks.Change{{At: at("settings.toml", 4, 25, 30), New: "y"}}}).
		Fix(checks.Edit{Do: checks.Move, Setting: "ORIGINS[2]", To: 0, Changes: []checks.Change{
			{At: at("sub/base.toml", 1, 1, 1), New: "a\n"}, {At: at("sub/base.toml", 2, 1, 6), New: ""}}})

	several := checks.Warningf("a.W001", "two lines").On("OTHER").From("a.E001", "ORIGINS[2]")
	several.At = checks.Range{File: "settings.toml", Start: checks.Pos{Line: 5, Column: 3}, End: checks.Pos{Line: 6, Column: 2}}
	variable := checks.Errorf("a.E002", "from outside").On("DEBUG").Of(checks.Unbuildable).
		Fix(checks.Edit{Do: checks.Remove, Setting: "DEBUG"})
	variable.At = checks.Range{File: "SETTLED_DEBUG"}
	wide := checks.Infof("bare.I001", "about the file")
	wide.At = checks.Range{File: "settings.toml"}
	renamed := checks.Warningf("a.W002", "an old name").On("OLD").Fix(checks.Edit{Do: checks.Rename, Setting: "OLD", Text: "NEW",
		Changes: []checks.Change{{At: at("/etc/base 1.toml", 1, 1, 4), New: "NEW"}}})
	renamed.At = at("/etc/base 1.toml", 1, 1, 4)

	quiet := checks.Warningf("a.W003", "known")
	quiet.At = at("settings.toml", 9, 1, 2)
	return reports.Report{
		Version: "1.2.3", Root: "/repo", Failed: true, Rule: rule,
		Files: []reports.File{
			{Name: "gone.toml", Err: errors.New(`settings file "gone.toml": no such file`)},
			{Name: "settings.toml", Sources: []string{"settings.toml", "sub/base.toml", "/etc/base 1.toml"}},
			{Err: errors.New("no settings file in {dir}")},
		},
		Messages: checks.Messages{
			{Level: checks.Critical, ID: "a.C001", Text: "a check panicked"},
			placed, variable, several, renamed, wide, {Level: checks.Debug, ID: "a.D001", Text: "a note"},
		},
		Silenced: []checks.Silenced{{Message: quiet, Reason: "intranet only"}, {Message: quiet}},
		Accepted: checks.Messages{checks.Warningf("a.W004", "of old")},
	}
}

// empty found nothing.
func empty() reports.Report {
	return reports.Report{Version: "1.2.3", Root: "/repo", Rule: rule, Files: []reports.File{{Name: "settings.toml", Sources: []string{"settings.toml"}}}}
}

// written is what an encoder writes.
func written(t *testing.T, encode func(io.Writer, reports.Report) error, r reports.Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// decoded is a document by a schema of its own, which it has to keep.
func decoded(t *testing.T, schema, document string) any {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	compiled, err := c.Compile(schema)
	if err != nil {
		t.Fatal(err)
	}
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(document))
	if err != nil {
		t.Fatalf("%v in\n%s", err, document)
	}
	if err := compiled.Validate(v); err != nil {
		t.Errorf("%v\n%s", err, document)
	}
	return v
}

// part is a part of a document: names of entries, and indexes.
func part(t *testing.T, v any, path ...any) any {
	t.Helper()
	for _, step := range path {
		switch step := step.(type) {
		case string:
			v = v.(map[string]any)[step]
		case int:
			v = v.([]any)[step]
		}
	}
	return v
}

// compact is a part of a document on one line.
func compact(t *testing.T, v any) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("the pipe is gone") }

func TestWriteErrors(t *testing.T) {
	github := func(w io.Writer, r reports.Report) error { return reports.GitHub(w, r, "summary") }
	for name, encode := range map[string]func(io.Writer, reports.Report) error{"json": reports.JSON, "sarif": reports.SARIF, "github": github} {
		if err := encode(brokenWriter{}, full()); err == nil {
			t.Errorf("%s: the error of the writer was lost", name)
		}
	}
}
