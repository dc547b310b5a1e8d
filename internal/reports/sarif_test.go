package reports_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/reports"
)

const sarifSchema = "testdata/sarif-schema-2.1.0.json"

// sarifRun is the run of a report, which has to keep the official schema.
func sarifRun(t *testing.T, r reports.Report) any {
	t.Helper()
	return part(t, decoded(t, sarifSchema, written(t, reports.SARIF, r)), "runs", 0)
}

func TestSARIF(t *testing.T) {
	v := sarifRun(t, full())
	for _, tt := range []struct {
		path []any
		want string
	}{
		{[]any{"columnKind"}, `"unicodeCodePoints"`},
		{[]any{"tool", "driver", "semanticVersion"}, `"1.2.3"`},
		{[]any{"tool", "driver", "rules", 1}, `{"defaultConfiguration":{"level":"error"},"fullDescription":{"text":"The first paragraph."},` +
			`"help":{"markdown":"The [first](https://example.com)\nparagraph.\n\nThe second.\n","text":"The [first](https://example.com)\nparagraph.\n\nThe second.\n"},` +
			`"id":"a.E001","properties":{"problem.severity":"error","tags":["security"]},"shortDescription":{"text":"A title."}}`},
		{[]any{"tool", "driver", "rules", 5}, `{"defaultConfiguration":{"level":"note"},"fullDescription":{"text":"bare.I001"},` +
			`"help":{"text":"bare.I001"},"id":"bare.I001","properties":{"problem.severity":"recommendation","tags":[]},"shortDescription":{"text":"bare.I001"}}`},
		{[]any{"invocations", 0, "executionSuccessful"}, `false`},
		{[]any{"invocations", 0, "toolExecutionNotifications", 0}, `{"level":"error","locations":[{"physicalLocation":{"artifactLocation":` +
			`{"uri":"gone.toml","uriBaseId":"%SRCROOT%"}}}],"message":{"text":"settings file \"gone.toml\": no such file"}}`},
		{[]any{"invocations", 0, "toolExecutionNotifications", 1}, `{"level":"error","message":{"text":"no settings file in {{dir}}"}}`},
		// Without a place it is in the settings file.
		{[]any{"results", 0, "locations"}, `[{"physicalLocation":{"artifactLocation":{"uri":"settings.toml","uriBaseId":"%SRCROOT%"}}}]`},
		{[]any{"results", 1, "ruleIndex"}, `1`},
		{[]any{"results", 1, "message"}, `{"text":"an origin 'x'\nHint: write 'y'"}`},
		{[]any{"results", 1, "locations"}, `[{"logicalLocations":[{"fullyQualifiedName":"ORIGINS[2]","kind":"value"}],"physicalLocation":` +
			`{"artifactLocation":{"uri":"settings.toml","uriBaseId":"%SRCROOT%"},"region":{"endColumn":30,"endLine":4,"startColumn":25,"startLine":4}}}]`},
		{[]any{"results", 1, "relatedLocations", 0, "message"}, `{"text":"this stands there"}`},
		{[]any{"results", 1, "relatedLocations", 0, "physicalLocation", "artifactLocation", "uri"}, `"sub/base.toml"`},
		// The changes of all edits are one fix, file by file.
		{[]any{"results", 1, "fixes"}, `[{"artifactChanges":[` +
			`{"artifactLocation":{"uri":"settings.toml","uriBaseId":"%SRCROOT%"},"replacements":[` +
			`{"deletedRegion":{"endColumn":30,"endLine":4,"startColumn":25,"startLine":4},"insertedContent":{"text":"y"}}]},` +
			`{"artifactLocation":{"uri":"sub/base.toml","uriBaseId":"%SRCROOT%"},"replacements":[` +
			`{"deletedRegion":{"endColumn":1,"endLine":1,"startColumn":1,"startLine":1},"insertedContent":{"text":"a\n"}},` +
			`{"deletedRegion":{"endColumn":6,"endLine":2,"startColumn":1,"startLine":2}}]}],"description":{"text":"write 'y'"}}]`},
		{[]any{"results", 1, "suppressions"}, `[]`},
		{[]any{"results", 1, "properties"}, `{"class":"refused"}`},
		// A variable is in no file, and so has no fix.
		{[]any{"results", 2, "locations"}, `[{"logicalLocations":[{"fullyQualifiedName":"DEBUG","kind":"value"},` +
			`{"fullyQualifiedName":"SETTLED_DEBUG","kind":"variable"}],"physicalLocation":{"artifactLocation":{"uri":"settings.toml","uriBaseId":"%SRCROOT%"}}}]`},
		{[]any{"results", 2, "fixes"}, `null`},
		{[]any{"results", 3, "locations", 0, "physicalLocation", "region"}, `{"endColumn":2,"endLine":6,"startColumn":3,"startLine":5}`},
		{[]any{"results", 3, "properties"}, `{"because":"a.E001","class":"finding"}`},
		{[]any{"results", 4, "locations", 0, "physicalLocation", "artifactLocation"}, `{"uri":"file:///etc/base%201.toml"}`},
		{[]any{"results", 7, "suppressions"}, `[{"justification":"intranet only","kind":"external","status":"accepted"}]`},
		{[]any{"results", 8, "suppressions"}, `[{"kind":"external","status":"accepted"}]`},
		{[]any{"results", 9, "suppressions", 0, "justification"}, `"The baseline has it."`},
	} {
		if diff := cmp.Diff(tt.want, compact(t, part(t, v, tt.path...))); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.path, diff)
		}
	}
}

func TestEmptySARIF(t *testing.T) {
	v := sarifRun(t, empty())
	for path, want := range map[string]string{"results": `[]`, "invocations": `[{"executionSuccessful":true}]`} {
		if got := compact(t, part(t, v, path)); got != want {
			t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
}

// With no file that can be read there is a document too.
func TestUnreadableSARIF(t *testing.T) {
	r := empty()
	r.Files = []reports.File{{Err: errors.New("no file")}}
	if got, want := compact(t, part(t, sarifRun(t, r), "invocations", 0, "executionSuccessful")), "false"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestURIs(t *testing.T) {
	for _, tt := range []struct{ file, want string }{
		{"settings.toml", `{"uri":"settings.toml","uriBaseId":"%SRCROOT%"}`},
		{"./a/../settings.toml", `{"uri":"settings.toml","uriBaseId":"%SRCROOT%"}`},
		{"a b/é%#?.toml", `{"uri":"a%20b/%C3%A9%25%23%3F.toml","uriBaseId":"%SRCROOT%"}`},
		{"a:b.toml", `{"uri":"./a:b.toml","uriBaseId":"%SRCROOT%"}`},
		{"/repo/sub/settings.toml", `{"uri":"sub/settings.toml","uriBaseId":"%SRCROOT%"}`},
		{"../settings.toml", `{"uri":"file:///settings.toml"}`},
		{"..settings/x.toml", `{"uri":"..settings/x.toml","uriBaseId":"%SRCROOT%"}`},
		{"/repository/x.toml", `{"uri":"file:///repository/x.toml"}`},
	} {
		r := empty()
		m := checks.Errorf("a.E001", "x")
		m.At = at(tt.file, 1, 1, 2)
		r.Messages = checks.Messages{m}
		got := compact(t, part(t, sarifRun(t, r), "results", 0, "locations", 0, "physicalLocation", "artifactLocation"))
		if got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.file, got, tt.want)
		}
	}
}

// What has a meaning in SARIF's messages is escaped.
func TestSARIFText(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"a {b} {0}", "a {{b}} {{0}}"},
		{"^[a-z](x)$", `^\[a-z\](x)$`},
		{"ORIGINS[2] and [x] (y)", "ORIGINS[2] and [x] (y)"},
		{`a\d`, `a\d`},
	} {
		r := empty()
		r.Messages = checks.Messages{checks.Errorf("a.E001", "%s", tt.text)}
		if got := part(t, sarifRun(t, r), "results", 0, "message", "text"); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.text, got, tt.want)
		}
	}
}

// A fingerprint stays when lines are added above, and when an entry moves in
// its list. It differs between results.
func TestFingerprints(t *testing.T) {
	prints := func(ms ...checks.Message) (all []string) {
		r := empty()
		r.Messages = ms
		for i := range ms {
			all = append(all, compact(t, part(t, sarifRun(t, r), "results", i, "partialFingerprints")))
		}
		return all
	}
	message := func(id, text string, line, index int, file string) checks.Message {
		m := checks.Errorf(id, "%s", text).On("ORIGINS", index)
		m.At = at(file, line, 1, 2)
		return m
	}
	one := prints(message("a.E001", "x", 4, 2, "settings.toml"))[0]
	if moved := prints(message("a.E001", "x", 9, 3, "/repo/settings.toml"))[0]; moved != one {
		t.Errorf("got %s, want %s", moved, one)
	}
	all := prints(message("a.E001", "x", 4, 2, "settings.toml"), message("a.E001", "x", 5, 3, "settings.toml"),
		message("a.E002", "x", 4, 2, "settings.toml"), message("a.E001", "y", 4, 2, "settings.toml"), message("a.E001", "x", 4, 2, "b.toml"))
	seen := map[string]bool{}
	for _, print := range all {
		if seen[print] {
			t.Errorf("%s comes twice in %v", print, all)
		}
		seen[print] = true
	}
	if all[0] != one {
		t.Errorf("got %s, want %s", all[0], one)
	}
}
