//go:build unix

package settled_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestTutorial does what docs/tutorial.md says, step by step, in a home
// directory of its own: files are written and changed as in the document,
// commands run as in the document, and print what the document says that they
// do. What the document must look like for that:
//
//   - A block "console" holds commands after "$ ", and their output. In it, "..."
//     stands for any text in a line, and alone for any lines.
//   - A block "console server" is what the server prints next, besides requests.
//   - A block whose first line names a file, "```go polls/views.go", is that
//     file; "```diff polls/views.go" changes it.
//
// The clone is this checkout, and the server listens on a free port.
func TestTutorial(t *testing.T) {
	if testing.Short() {
		t.Skip("builds programs")
	}
	if _, err := exec.LookPath("curl"); err != nil {
		if os.Getenv("SETTLEDTEST_CURL") == "required" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	sh := newTutorialShell(t)
	for _, step := range tutorialSteps(t, "docs/tutorial.md") {
		switch {
		case step.language == "console" && step.arg == "server":
			sh.expectOfServer(t, step)
		case step.language == "console":
			sh.runAll(t, step)
		case step.language == "diff":
			sh.patch(t, step)
		default:
			sh.write(t, step)
		}
	}
}

// tutorialStep is a fenced block of the document.
type tutorialStep struct {
	language, arg string
	text          string
	line          int // of the fence
}

func tutorialSteps(t *testing.T, name string) []tutorialStep {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	document := string(data)
	block := regexp.MustCompile("(?ms)^```(\\w+)(?: (\\S+))?\n(.*?)^```$")
	var steps []tutorialStep
	for _, m := range block.FindAllStringSubmatchIndex(document, -1) {
		step := tutorialStep{language: document[m[2]:m[3]], text: document[m[6]:m[7]], line: 1 + strings.Count(document[:m[0]], "\n")}
		if m[4] >= 0 {
			step.arg = document[m[4]:m[5]]
		}
		if step.arg == "" && step.language != "console" {
			t.Fatalf("%s:%d: the block says no file", name, step.line)
		}
		if before := document[max(0, m[0]-600):m[0]]; strings.Contains(step.arg, ".") && !strings.Contains(before, "`"+step.arg+"`") {
			t.Errorf("%s:%d: the text does not tell the reader to write %s", name, step.line, step.arg)
		}
		steps = append(steps, step)
	}
	if fences := strings.Count(document, "\n```"); fences != 2*len(steps) {
		t.Fatalf("%s has %d fences for %d blocks", name, fences, len(steps))
	}
	return steps
}

func (sh *tutorialShell) write(t *testing.T, step tutorialStep) {
	path := filepath.Join(sh.dir, step.arg)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(step.text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// patch takes a diff without line numbers, in which a line "@@" separates
// places: the lines that stay and those that go stand in the file once.
func (sh *tutorialShell) patch(t *testing.T, step tutorialStep) {
	path := filepath.Join(sh.dir, step.arg)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("tutorial.md:%d: %v", step.line, err)
	}
	text := string(data)
	for _, hunk := range strings.Split(step.text, "@@\n") {
		var was, is strings.Builder
		for line := range strings.Lines(hunk) {
			if line == "\n" {
				line = " \n"
			}
			if line[0] != '+' {
				was.WriteString(line[1:])
			}
			if line[0] != '-' {
				is.WriteString(line[1:])
			}
		}
		if n := strings.Count(text, was.String()); n != 1 {
			t.Fatalf("tutorial.md:%d: %s has this %d times:\n%s", step.line, step.arg, n, was.String())
		}
		text = strings.Replace(text, was.String(), is.String(), 1)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
