package scaffold_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled/internal/scaffold"
)

var values = map[string]string{"app_name": "polls", "camel_case_app_name": "Polls", "secret_key": "s3cret"}

// render renders one file, whose extension has variables.
func render(text string) (string, fs.FileMode, error) {
	t := scaffold.Template{Dir: "tpl", FS: fstest.MapFS{"a.go": {Data: []byte(text), Mode: 0o640}}, Extensions: []string{"go"}}
	files, err := t.Render(scaffold.App, values)
	if err != nil {
		return "", 0, err
	}
	return string(files[0].Data), files[0].Mode, nil
}

func TestVariables(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"package {{ app_name }}\n", "package polls\n"},
		{"package a\n\nvar x = map[int]int{\n\t1: 2,\n\tlen(\"{{ app_name }}\"): 3,\n}\n", "package a\n\nvar x = map[int]int{\n\t1:            2,\n\tlen(\"polls\"): 3,\n}\n"},
		{"{{app_name}}{{  camel_case_app_name  }}", "pollsPolls"},
		{"a\r\n{{ app_name }}\r\n", "a\r\npolls\r\n"},
		{"x := [][]int{{1, 2}, {3}}", "x := [][]int{{1, 2}, {3}}"},
		{`"{{.Name}} {{range .Items}} {{"a"}} {{ }}" {{`, `"{{.Name}} {{range .Items}} {{"a"}} {{ }}" {{`},
		{`fmt.Printf("{%d} {#}", n)`, `fmt.Printf("{%d} {#}", n)`},
		{"{{\napp_name }}", "{{\napp_name }}"}, // a variable stands on one line, as in Django
		{"a{# {{ nothing }} #}b", "ab"},
		{"a{% comment %}\n{{ nothing }}\n{% if x %}\n{% endcomment %}b", "ab"},
		{"a{% comment \"note\" %}x{% endcomment %}b", "ab"},
		{"{% verbatim %}{{ app_name }}{# x #}{% if %}{% endverbatim %}{{ app_name }}", "{{ app_name }}{# x #}{% if %}polls"},
	} {
		got, mode, err := render(tt.text)
		if err != nil || got != tt.want || mode != 0o640 {
			t.Errorf("%q: got %q, mode %v, %v, want %q", tt.text, got, mode, err, tt.want)
		}
	}
}

// A bad template is one line with its place.
func TestBadTemplates(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"a\n\n{{ nothing }}", "tpl/a.go:3: there is no variable nothing, only app_name, camel_case_app_name, secret_key; what is to stay as it is goes between {% verbatim %} and {% endverbatim %}"},
		{"{{ app.name }}", "tpl/a.go:1: there is no variable app.name, only"},
		{"\n{{ app_name|upper }}", "tpl/a.go:2: {{ app_name|upper }}: there are no filters here"},
		{"\n{% if x %}", "tpl/a.go:2: the tag {% if x %} is not known here"},
		{"{% endverbatim %}", "tpl/a.go:1: the tag {% endverbatim %} is not known here"},
		{"\n{% verbatim %}\n\n{% endcomment %}", "tpl/a.go:2: {% verbatim %} has no {% endverbatim %}"},
	} {
		_, _, err := render(tt.text)
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: got %v, want %q", tt.text, err, tt.want)
		}
	}
}

// What a template's files become: their names, whether they have variables, and
// what is left out.
func TestRender(t *testing.T) {
	text := &fstest.MapFile{Data: []byte("{{ app_name }}"), Mode: 0o444}
	tpl := scaffold.Template{Dir: "tpl", Extensions: []string{"go", "html.txt"}, Names: []string{"Makefile"}, Exclude: []string{"out"}, FS: fstest.MapFS{
		"app.go-tpl":              text,
		"app_name/app_name_x.go":  text,
		"page.html.txt":           text,
		"page.txt":                text,
		"Makefile":                text,
		".hidden":                 text,
		"run.sh":                  {Data: []byte("#!/bin/sh"), Mode: 0o755},
		"key.go":                  {Data: []byte("{{ secret_key }}"), Mode: 0o755},
		".git/config":             text,
		"a/.idea/x.go":            text,
		"a/__pycache__/x.go":      text,
		"a/node_modules/b/x.go":   text,
		"a/out/x.go":              text,
		"out.go":                  text,
		"binary.png":              {Data: []byte{0xff, '{', '{', 0, '}', '}'}, Mode: 0o600},
		"project_name/go.mod-tpl": text,
	}}
	files, err := tpl.Render(scaffold.App, values)
	if err != nil {
		t.Fatal(err)
	}
	type file struct {
		Text string
		Mode fs.FileMode
	}
	got := map[string]file{}
	for _, f := range files {
		got[f.Path] = file{string(f.Data), f.Mode}
	}
	want := map[string]file{
		"app.go":              {"polls", 0o644},
		"polls/polls_x.go":    {"polls", 0o644},
		"page.html.txt":       {"polls", 0o644},
		"page.txt":            {"{{ app_name }}", 0o644},
		"Makefile":            {"polls", 0o644},
		".hidden":             {"{{ app_name }}", 0o644},
		"run.sh":              {"#!/bin/sh", 0o755},
		"key.go":              {"s3cret", 0o600},
		"out.go":              {"polls", 0o644},
		"binary.png":          {"\xff{{\x00}}", 0o600},
		"project_name/go.mod": {"{{ app_name }}", 0o644},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRenderRefuses(t *testing.T) {
	for want, files := range map[string]fstest.MapFS{
		"tpl/a.go-tpl: another file of the template becomes a.go too": {"a.go": {}, "a.go-tpl": {}},
		"tpl/pipe is not a regular file":                              {"pipe": {Mode: fs.ModeNamedPipe}},
	} {
		_, err := scaffold.Template{Dir: "tpl", FS: files}.Render(scaffold.App, values)
		if err == nil || err.Error() != want {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
