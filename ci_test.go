package settled_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Each command of the page about CI is tried in a script.
func TestCIPage(t *testing.T) {
	page, err := os.ReadFile("docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(filepath.Join(scripts, "ci.txtar"))
	if err != nil {
		t.Fatal(err)
	}
	commands := regexp.MustCompile(`(?:go run \./manage|/tmp/manage) (check[^#|\n\]]*)`).FindAllStringSubmatch(string(page), -1)
	if len(commands) < 10 {
		t.Errorf("the page has %d commands, want more", len(commands))
	}
	for _, c := range commands {
		if command := strings.TrimSpace(c[1]); !strings.Contains(string(script), "\nexec manage "+command+"\n") {
			t.Errorf("no script tries %q", command)
		}
	}
}

// The hook for pre-commit starts the stock program, and the page names it.
func TestPreCommitHook(t *testing.T) {
	hook, err := os.ReadFile(".pre-commit-hooks.yaml")
	if err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile("docs/ci.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\n  entry: manage check\n", "\n  language: golang\n", "\n  additional_dependencies: [./manage]\n", "\n  pass_filenames: false\n"} {
		if !strings.Contains(string(hook), want) {
			t.Errorf(".pre-commit-hooks.yaml has no line %q", strings.TrimSpace(want))
		}
	}
	id := regexp.MustCompile(`(?m)^- id: (.+)$`).FindStringSubmatch(string(hook))
	if id == nil || !strings.Contains(string(page), "- id: "+id[1]+"\n") {
		t.Errorf("the page does not use the hook %q", id)
	}
}
