package reports_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/internal/reports"
)

const ownSchema = "../../docs/check-output.schema.json"

func TestJSON(t *testing.T) {
	v := decoded(t, ownSchema, written(t, reports.JSON, full()))
	for _, tt := range []struct {
		path []any
		want string
	}{
		{[]any{"version"}, `1`},
		{[]any{"tool"}, `{"name":"settled","version":"1.2.3"}`},
		{[]any{"failed"}, `true`},
		{[]any{"summary"}, `{"accepted":1,"critical":1,"debug":1,"error":2,"info":1,"silenced":2,"warning":2}`},
		{[]any{"files", 1}, `{"extends":["sub/base.toml","/etc/base 1.toml"],"file":"settings.toml"}`},
		{[]any{"files", 0}, `{"error":"settings file \"gone.toml\": no such file","file":"gone.toml"}`},
		{[]any{"messages", 0}, `{"class":"finding","files":["settings.toml"],"id":"a.C001","level":"critical","text":"a check panicked"}`},
		{[]any{"messages", 1, "class"}, `"refused"`},
		{[]any{"messages", 1, "setting"}, `"ORIGINS[2]"`},
		{[]any{"messages", 1, "range"}, `{"end":{"column":30,"line":4},"start":{"column":25,"line":4}}`},
		{[]any{"messages", 1, "related", 0},
			`{"file":"sub/base.toml","range":{"end":{"column":6,"line":2},"start":{"column":1,"line":2}},"setting":"OTHER","text":"this stands there"}`},
		{[]any{"messages", 1, "related", 1}, `{"text":"and this nowhere"}`},
		{[]any{"messages", 1, "fixes", 0},
			`{"changes":[{"file":"settings.toml","new":"y","range":{"end":{"column":30,"line":4},"start":{"column":25,"line":4}}}],"do":"replace","setting":"ORIGINS[2]","text":"y"}`},
		{[]any{"messages", 1, "fixes", 1, "to"}, `0`},
		{[]any{"messages", 2, "variable"}, `"SETTLED_DEBUG"`},
		{[]any{"messages", 2, "file"}, `null`},
		{[]any{"messages", 2, "fixes"}, `[{"changes":[],"do":"remove","setting":"DEBUG"}]`},
		{[]any{"messages", 3, "because"}, `{"id":"a.E001","setting":"ORIGINS[2]"}`},
		{[]any{"messages", 5}, `{"class":"finding","file":"settings.toml","files":["settings.toml"],"id":"bare.I001","level":"info","text":"about the file"}`},
		{[]any{"silenced", 0, "reason"}, `"intranet only"`},
		{[]any{"silenced", 1, "reason"}, `null`},
		{[]any{"accepted", 0, "id"}, `"a.W004"`},
	} {
		if diff := cmp.Diff(tt.want, compact(t, part(t, v, tt.path...))); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.path, diff)
		}
	}
}

// The example in the documentation is what could be written.
func TestJSONExample(t *testing.T) {
	page, err := os.ReadFile("../../docs/check-output.md")
	if err != nil {
		t.Fatal(err)
	}
	_, example, _ := strings.Cut(string(page), "```json\n")
	example, _, found := strings.Cut(example, "```")
	if !found {
		t.Fatal("the page has no example")
	}
	v := decoded(t, ownSchema, example)
	if got, want := len(v.(map[string]any)), len(decoded(t, ownSchema, written(t, reports.JSON, empty())).(map[string]any)); got != want {
		t.Errorf("the example has %d parts, want %d", got, want)
	}
}

func TestEmptyJSON(t *testing.T) {
	v := decoded(t, ownSchema, written(t, reports.JSON, empty()))
	want := `{"accepted":[],"failed":false,"files":[{"file":"settings.toml"}],"messages":[],"silenced":[],` +
		`"summary":{"accepted":0,"critical":0,"debug":0,"error":0,"info":0,"silenced":0,"warning":0},"tool":{"name":"settled","version":"1.2.3"},"version":1}`
	if diff := cmp.Diff(want, compact(t, v)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The text arrives as it is, and nothing in the output steers a terminal.
func TestJSONEscapes(t *testing.T) {
	evil := "\x1b[2J\x7f\u009b\u202e<&> é \U0001f600\n"
	r := empty()
	m := checks.Errorf("a.E001", "%s", evil)
	m.At = at("settings.toml", 1, 1, 2)
	r.Messages = checks.Messages{m}
	text := written(t, reports.JSON, r)
	if got := part(t, decoded(t, ownSchema, text), "messages", 0, "text"); got != evil {
		t.Errorf("got %q, want %q", got, evil)
	}
	if want := `\u001b[2J\u007f\u009b\u202e<&> é 😀\n`; !strings.Contains(text, want) {
		t.Errorf("no %s in\n%s", want, text)
	}
}
