package command_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/manage/command"
)

// mender finds what can be mended with what must not be shown.
type mender struct{}

func (mender) Settings() any { return nil }

func (mender) Checks() []settled.Check {
	change := func(text string) []checks.Change {
		at := checks.Range{File: "settings.toml", Start: checks.Pos{Line: 1, Column: 1}, End: checks.Pos{Line: 1, Column: 2}}
		return []checks.Change{{At: at, New: text}}
	}
	find := func(*settled.Project) checks.Messages {
		return checks.Messages{
			checks.Warningf("mender.W001", "a").Fix(checks.Edit{Setting: "DEBUG", Text: "https://me:open-sesame@host"}),
			checks.Warningf("mender.W001", "b").Fix(checks.Edit{Do: checks.Move, Setting: "DEBUG", Changes: change("https://me:open-sesame@host")}),
			checks.Warningf("mender.W001", "c").Fix(checks.Edit{Setting: "API_KEYS[0]", Text: "open-sesame"}),
			checks.Warningf("mender.W002", "d").Fix(checks.Edit{Setting: "DEBUG", Text: "https://me:open-sesame@host"}),
			checks.Warningf("mender.W001", "e").Fix(checks.Edit{Do: checks.Rename, Setting: "API_KEY", Text: "NEW_API_KEY", Changes: change("NEW_API_KEY")}),
		}
	}
	return []settled.Check{{IDs: []string{"mender.W001", "mender.W002"}, Tags: []string{"mender"}, Run: find}}
}

// A fix is what the file will hold; where that is a secret, the formats for
// machines have none.
func TestReportsHideSecretFixes(t *testing.T) {
	in(t, "DEBUG = true\nSILENCED_SYSTEM_CHECKS = [\"mender.W002\"]\n")
	for _, format := range []string{"json", "sarif", "github"} {
		var r settled.Registry
		r.RegisterBuiltin("mender", func() settled.App { return mender{} })
		var stdout, stderr bytes.Buffer
		p := command.Program{Name: "manage", Setup: r.Setup, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr}
		if status := p.Run(t.Context(), []string{"check", "--format", format}); status != 0 {
			t.Errorf("%s: status %d, %s", format, status, stderr.String())
		}
		if strings.Contains(stdout.String(), "sesame") {
			t.Errorf("%s shows a secret:\n%s", format, stdout.String())
		}
		if format != "github" && !strings.Contains(stdout.String(), `"NEW_API_KEY"`) {
			t.Errorf("%s lacks the fix without a secret:\n%s", format, stdout.String())
		}
	}
}
