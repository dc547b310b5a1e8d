package scaffold_test

import (
	"strings"
	"testing"

	"github.com/settled-go/settled/internal/scaffold"
)

func TestAddImport(t *testing.T) {
	for _, tt := range []struct{ name, before, after string }{
		{"sorted", "package main\n\nimport (\n\t_ \"a\"\n\t_ \"z\" // z\n\t\"zz\"\n)\n", "package main\n\nimport (\n\t_ \"a\"\n\t_ \"x/y\"\n\t_ \"z\" // z\n\t\"zz\"\n)\n"},
		{"groups", "package main\n\nimport (\n\t\"fmt\"\n\n\t// Apps.\n\t_ \"a\" // a\n\n\t\"z\"\n)\n", "package main\n\nimport (\n\t\"fmt\"\n\n\t// Apps.\n\t_ \"a\" // a\n\t_ \"x/y\"\n\n\t\"z\"\n)\n"},
		{"no blank one", "package main\n\nimport (\n\t// Talks.\n\t\"fmt\"\n)\n", "package main\n\nimport (\n\t_ \"x/y\"\n\t// Talks.\n\t\"fmt\"\n)\n"},
		{"an empty block", "package main\n\nimport ()\n", "package main\n\nimport (\n\t_ \"x/y\"\n)\n"},
		{"one import", "package main\n\nimport \"a\" // a\n\nfunc main() {}\n", "package main\n\nimport \"a\" // a\n\nimport _ \"x/y\"\n\nfunc main() {}\n"},
		{"no import", "// Doc.\npackage main // c\n\nfunc main() {}\n", "// Doc.\npackage main // c\n\nimport _ \"x/y\"\n\nfunc main() {}\n"},
		{"no line break", "package main", "package main\n\nimport _ \"x/y\"\n"},
		{"on one line", "package main\nimport (_ \"a\"; \"b\")\nfunc main() {  }\n", "package main\nimport (_ \"a\"; _ \"x/y\"; \"b\")\nfunc main() {  }\n"},
		{"unformatted", "package main\nimport (\n  _ \"z\"\n  \"b\"\n)\nfunc main() {  }\n", "package main\nimport (\n  _ \"z\"\n  _ \"x/y\"\n  \"b\"\n)\nfunc main() {  }\n"},
		{"CRLF", "package main\r\n\r\nimport (\r\n\t_ \"a\"\r\n)\r\n", "package main\r\n\r\nimport (\r\n\t_ \"a\"\r\n\t_ \"x/y\"\r\n)\r\n"},
	} {
		got, changed, err := scaffold.AddImport("main.go", tt.before, "x/y")
		if err != nil || !changed || got != tt.after {
			t.Errorf("%s: %v %v, got\n%s\nwant\n%s", tt.name, changed, err, got, tt.after)
		}
		again, changed, err := scaffold.AddImport("main.go", got, "x/y")
		if err != nil || changed || again != got {
			t.Errorf("%s: a second time: %v %v\n%s", tt.name, changed, err, again)
		}
	}
}

func TestAddImportRefuses(t *testing.T) {
	_, _, err := scaffold.AddImport("main.go", "package main\n\nimport (\n", "x/y")
	if err == nil || !strings.HasPrefix(err.Error(), "main.go:3:") || strings.Contains(err.Error(), "\n") {
		t.Errorf("got %v", err)
	}
}
