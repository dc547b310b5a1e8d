package command_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/manage/command"
	"github.com/settled-go/settled/settings"
)

// wordy has words that are mended by taking an ! from their end. "stay!" is not
// mended by that, and "worse" and "refused" are worse than with it.
type wordy struct {
	settings wordySettings
	meddle   func() // called once a check
}

type wordySettings struct {
	Words []string `toml:"WORDS" validate:"words"`
}

func (a *wordy) Settings() any { return &a.settings }

func (a *wordy) Checks() []settled.Check {
	return []settled.Check{
		{IDs: []string{"wordy.W001", "wordy.E001", "wordy.E002"}, Run: func(*settled.Project) checks.Messages {
			if a.meddle != nil {
				a.meddle()
			}
			return nil
		}},
		{IDs: []string{"wordy.W002", "wordy.E005"}, Deploy: true, Run: a.deployed},
	}
}

// deployed finds what is wrong with words in a deployment alone.
func (a *wordy) deployed(*settled.Project) (ms checks.Messages) {
	for i, word := range a.settings.Words {
		on := checks.Path("WORDS").Index(i)
		switch word {
		case "draft":
			ms = append(ms, checks.Warningf("wordy.W002", "this is a draft").On(on).Fix(checks.Edit{Do: checks.Replace, Setting: on, Text: "final"}))
		case "local":
			ms = append(ms, checks.Errorf("wordy.E005", "this is local").On(on))
		}
	}
	return ms
}

func (wordySettings) Rules() []settings.Rule {
	return []settings.Rule{{Tag: "words", Find: func(_, value any) (ms checks.Messages) {
		for i, word := range value.([]string) {
			on := checks.Path("").Index(i)
			plain, loud := strings.CutSuffix(word, "!")
			if plain == "stay" {
				plain = word
			}
			switch {
			case loud:
				ms = append(ms, checks.Warningf("wordy.W001", "%s is loud", word).On(on).Fix(checks.Edit{Do: checks.Replace, Setting: on, Text: plain}))
			case word == "worse":
				ms = append(ms, checks.Errorf("wordy.E001", "this is worse").On(on))
			case word == "refused":
				ms = append(ms, checks.Errorf("wordy.E002", "this is refused").On(on).Of(checks.Refused))
			case word == "again":
				ms = append(ms, checks.Errorf("wordy.E004", "this can be mended in two steps").On(on).Fix(checks.Edit{Do: checks.Replace, Setting: on, Text: "fixable"}))
			case word == "fixable":
				ms = append(ms, checks.Errorf("wordy.E003", "this can be mended too").On(on).Fix(checks.Edit{Do: checks.Replace, Setting: on, Text: "x"}))
			}
		}
		return ms
	}}}
}

// runWordy runs a program with the app "wordy".
func runWordy(meddle func(), args ...string) result {
	var r settled.Registry
	r.Register("wordy", func() settled.App { return &wordy{meddle: meddle} })
	var stdout, stderr bytes.Buffer
	p := command.Program{Name: "manage", Setup: r.Setup, Stdin: strings.NewReader(""), Stdout: &stdout, Stderr: &stderr}
	return result{p.Run(context.Background(), args), stdout.String(), stderr.String()}
}

const wordyFile = "DEBUG = true\nINSTALLED_APPS = ['wordy']\nWORDS = [%s]\n"

func words(list ...string) string {
	return fmt.Sprintf(wordyFile, "'"+strings.Join(list, "', '")+"'")
}

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// Fixes that do not help or that make things worse are found among all the
// others, which are made.
func TestFixRefusesWhatIsWorse(t *testing.T) {
	in(t, words("a!", "worse!", "b!", "stay!", "c!", "refused!", "d!"))
	got := runWordy(nil, "check", "--fix")
	if text := read(t, "settings.toml"); text != words("a", "worse!", "b", "stay!", "c", "refused!", "d") {
		t.Errorf("got\n%s", text)
	}
	var fixed, left []string
	for line := range strings.Lines(got.Stderr) {
		switch {
		case strings.Contains(line, ": fixed: "):
			fixed = append(fixed, line)
		case strings.Contains(line, ": not fixed: the change would not help, or lead to another error (wordy.W001)"):
			left = append(left, line)
		}
	}
	slices.Sort(fixed)
	want := []string{
		"settings.toml:3:10: fixed: WORDS[0] is now 'a' (wordy.W001)\n",
		"settings.toml:3:25: fixed: WORDS[2] is now 'b' (wordy.W001)\n",
		"settings.toml:3:40: fixed: WORDS[4] is now 'c' (wordy.W001)\n",
		"settings.toml:3:58: fixed: WORDS[6] is now 'd' (wordy.W001)\n",
	}
	if len(left) != 3 || got.Status != 0 {
		t.Errorf("status %d, %q are left of\n%s", got.Status, left, got.Stderr)
	}
	for i, line := range fixed { // columns may be those of a later round
		if _, deed, _ := strings.Cut(line, ": fixed: "); len(fixed) != 4 || !strings.HasSuffix(want[i], deed) {
			t.Errorf("got %q, want %q", fixed, want)
		}
	}
}

// What --deploy finds is mended with it alone, and what would be worse there
// stays there alone.
func TestFixForDeployments(t *testing.T) {
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"check", "--fix"}, words("draft", "local")},
		{[]string{"check", "--fix", "--deploy"}, words("final", "local!")},
	} {
		in(t, words("draft", "local!"))
		got := runWordy(nil, tt.args...)
		if diff := cmp.Diff(tt.want, read(t, "settings.toml")); diff != "" {
			t.Errorf("%q: (-want +got):\n%s\n%s", tt.args, diff, got.Stderr)
		}
	}
}

// An error that can be mended in turn may take another's place.
func TestFixInTurns(t *testing.T) {
	in(t, words("again"))
	got := runWordy(nil, "check", "--fix")
	if text := read(t, "settings.toml"); text != words("x") {
		t.Errorf("got\n%s\n%s", text, got.Stderr)
	}
}

// One fix that would not do among many is found in few tries.
func TestFixOneOfMany(t *testing.T) {
	list := slices.Repeat([]string{"a!"}, 2000)
	list[1234] = "refused!"
	in(t, words(list...))
	checked := 0
	runWordy(func() { checked++ }, "check", "--fix")
	if text := read(t, "settings.toml"); strings.Count(text, "!") != 1 || checked > 60 {
		t.Errorf("%d are left after %d checks", strings.Count(text, "!"), checked)
	}
}

// A file that somebody else writes to stays as they leave it.
func TestFixOfWhatHasChanged(t *testing.T) {
	in(t, words("a!"))
	meddle := func() {
		if err := os.WriteFile("settings.toml", []byte("# mine\n"), 0o666); err != nil {
			t.Error(err)
		}
	}
	got := runWordy(meddle, "check", "--fix")
	want := result{1, "", "CommandError: settings.toml is not fixed: it has changed since it was read; run this again\n"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if text := read(t, "settings.toml"); text != "# mine\n" {
		t.Errorf("got\n%s", text)
	}
	if entries, err := os.ReadDir("."); err != nil || len(entries) != 1 {
		t.Errorf("got %v, %v", entries, err)
	}
}

// The file keeps its mode, and a link leads to it as before.
func TestFixKeepsModeAndLink(t *testing.T) {
	in(t, "")
	if err := os.Mkdir("real", 0o777); err != nil {
		t.Fatal(err)
	}
	real := filepath.Join("real", "base.toml")
	if err := os.WriteFile(real, []byte(words("a!")), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(real, "settings.toml"); err != nil {
		t.Skip(err)
	}
	runWordy(nil, "check", "--fix")
	info, err := os.Lstat(real)
	if err != nil || info.Mode() != 0o640 || read(t, real) != words("a") {
		t.Errorf("mode %v, %v:\n%s", info.Mode(), err, read(t, real))
	}
	if link, err := os.Readlink("settings.toml"); err != nil || link != real {
		t.Errorf("the link leads to %q, %v", link, err)
	}
}

// A last line without a line break, and CRLF, are shown as what they are.
func TestDiffLineEndings(t *testing.T) {
	in(t, "DEBUG = true\r\nINSTALLED_APPS = ['wordy']\r\nWORDS = ['a!']")
	got := runWordy(nil, "check", "--diff")
	want := "--- a/settings.toml\n+++ b/settings.toml\n@@ -1,3 +1,3 @@\n DEBUG = true\r\n INSTALLED_APPS = ['wordy']\r\n" +
		"-WORDS = ['a!']\n\\ No newline at end of file\n+WORDS = ['a']\n\\ No newline at end of file\n"
	if diff := cmp.Diff(result{1, want, "1 issue in 1 file would be fixed.\n"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
