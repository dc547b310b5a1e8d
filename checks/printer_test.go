package checks_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled/checks"
)

func at(line, column int, source string, from, to int) checks.Range {
	return checks.Range{
		File: "settings.toml", Start: checks.Pos{Line: line, Column: column},
		Source: source, Mark: [2]int{from, to},
	}
}

func sample() checks.Messages {
	order := checks.Errorf("middleware.E001", "what is wrong").On("MIDDLEWARE", 1).WithHint("the next action")
	order.At = at(9, 5, `    "django.middleware.common.CommonMiddleware",`, 4, 47)
	order = order.See("MIDDLEWARE[0]", "this stands above it")
	order.Related[0].At = at(8, 5, "\t\"above\",", 1, 8)
	return checks.Messages{
		order,
		checks.Warningf("corsheaders.W141", "an old name").On("CORS_ORIGIN_WHITELIST"),
		checks.Infof("settings.I010", "no such variable"),
	}
}

func TestPrint(t *testing.T) {
	for _, tt := range []struct {
		name   string
		report checks.Report
		want   string
	}{
		{"nothing", checks.Report{}, "System check identified no issues (0 silenced).\n"},
		{"nothing but silenced", checks.Report{Silenced: 2}, "System check identified no issues (2 silenced).\n"},
		{"all parts", checks.Report{Messages: sample(), Failed: true, Silenced: 1}, `SystemCheckError: System check identified some issues:

ERRORS:
settings.toml:9:5: error: what is wrong (middleware.E001)
   9 |     "django.middleware.common.CommonMiddleware",
     |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   settings.toml:8:5: note: this stands above it
   8 | 	"above",
     | 	^^^^^^^
   hint: the next action

WARNINGS:
CORS_ORIGIN_WHITELIST: warning: an old name (corsheaders.W141)

INFOS:
?: info: no such variable (settings.I010)

System check identified 3 issues (1 silenced).
`},
		{"before a command", checks.Report{Messages: sample()[2:], NoFooter: true},
			"System check identified some issues:\n\nINFOS:\n?: info: no such variable (settings.I010)\n\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := (checks.Printer{}).Print(&b, tt.report); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, b.String()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestPrintColor(t *testing.T) {
	var b bytes.Buffer
	if err := (checks.Printer{Color: true}).Print(&b, checks.Report{Messages: sample()}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"\x1b[31;1msettings.toml:9:5: error", "\x1b[33;1mCORS_ORIGIN_WHITELIST: warning", "\x1b[0m"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in %q", want, b.String())
		}
	}
}

// Line numbers of any width keep the bar straight.
func TestPrintWideLineNumbers(t *testing.T) {
	m := checks.Errorf("a.E001", "text")
	m.At = at(123456, 1, "A = 1", 0, 5)
	var b bytes.Buffer
	if err := (checks.Printer{}).Print(&b, checks.Report{Messages: checks.Messages{m}, NoFooter: true}); err != nil {
		t.Fatal(err)
	}
	if want := " 123456 | A = 1\n        | ^^^^^\n"; !strings.Contains(b.String(), want) {
		t.Errorf("got %q, want %q in it", b.String(), want)
	}
}

// Nothing in a message can steer the terminal or forge a line.
func TestPrintEscapes(t *testing.T) {
	evil := "\x1b[2J\n\u202e\x9b"
	m := checks.Errorf("a.E001", "text %s", evil).WithHint("%s", evil).See(checks.Path("A"+evil), "%s", evil)
	m.At = at(1, 1, "A = 1\t"+evil, 0, 1)
	m.At.File = "name" + evil
	var b bytes.Buffer
	if err := (checks.Printer{}).Print(&b, checks.Report{Messages: checks.Messages{m}, NoFooter: true}); err != nil {
		t.Fatal(err)
	}
	want := `System check identified some issues:

ERRORS:
name\x1b[2J\x0a\x202e\x9b:1:1: error: text \x1b[2J\x0a\x202e\x9b (a.E001)
   1 | A = 1	\uFFFD[2J\uFFFD\uFFFD\uFFFD
     | ^
   A\x1b[2J\x0a\x202e\x9b: note: \x1b[2J\x0a\x202e\x9b
   hint: \x1b[2J\x0a\x202e\x9b

`
	if diff := cmp.Diff(strings.ReplaceAll(want, `\uFFFD`, "\uFFFD"), b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestStringEscapesTheSetting(t *testing.T) {
	got := checks.Errorf("a.E001", "x").On("A\x1b\nB").String()
	if want := `A\x1b\x0aB: error: x (a.E001)`; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("the pipe is gone") }

func TestPrintReportsWriteErrors(t *testing.T) {
	if err := (checks.Printer{}).Print(brokenWriter{}, checks.Report{}); err == nil {
		t.Error("the error of the writer was lost")
	}
}

// What follows from another message stands below it, under the graver one's
// level; without its cause, or in a circle, a message stands alone.
func TestPrintFolds(t *testing.T) {
	ms := checks.Messages{
		checks.Warningf("a.W001", "cause").On("A").WithHint("mend it"),
		checks.Errorf("a.E002", "follows").On("B").WithHint("not needed").From("a.W001", "A"),
		checks.Errorf("a.E003", "follows from what follows").On("C").From("a.E002", ""),
		checks.Errorf("a.E004", "alone").On("D").From("a.W001", "B"),
		checks.Errorf("a.E005", "circle").On("E").From("a.E006", ""),
		checks.Errorf("a.E006", "circle").On("F").From("a.E005", ""),
	}
	var b bytes.Buffer
	if err := (checks.Printer{}).Print(&b, checks.Report{Messages: ms}); err != nil {
		t.Fatal(err)
	}
	want := `System check identified some issues:

ERRORS:
A: warning: cause (a.W001)
   hint: mend it
   follows: B: error: follows (a.E002)
   follows: C: error: follows from what follows (a.E003)
D: error: alone (a.E004)
E: error: circle (a.E005)
F: error: circle (a.E006)

System check identified 6 issues (0 silenced).
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
