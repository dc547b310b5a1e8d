package command_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/manage/command"
)

// An error is one line; --traceback says what caused it.
func TestTraceback(t *testing.T) {
	disk := fmt.Errorf("no luck: %w", errors.Join(&fs.PathError{Op: "open", Path: "a\x1b", Err: fs.ErrNotExist}, errors.New("token=https://u:hunter2@host/")))
	for _, tt := range []struct {
		name string
		err  error
		args []string
		want string
	}{
		{"without", errors.New("no luck"), []string{"fail"}, "CommandError: no luck\n"},
		{"no causes", errors.New("no luck"), []string{"fail", "--traceback"}, "CommandError: no luck\n"},
		{"nothing to say", fmt.Errorf("%w", settled.ErrFailed), []string{"fail", "--traceback"}, ""},
		{"causes", disk, []string{"--traceback", "fail"}, `Causes of the error, the outermost first:
  *fmt.wrapError: no luck: open a\x1b: file does not exist\ntoken=https://u:********************@host/
    *errors.joinError: open a\x1b: file does not exist\ntoken=https://u:********************@host/
      *fs.PathError: open a\x1b: file does not exist
        *errors.errorString: file does not exist
      *errors.errorString: token=https://u:********************@host/
CommandError: no luck: open a\x1b: file does not exist
token=https://u:********************@host/
`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in(t, sound)
			got := run(t.Context(), &testApp{err: tt.err}, tt.args...)
			if diff := cmp.Diff(result{1, "", tt.want}, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A panic is an error like any other, with its place; --traceback shows its
// stack.
func TestPanic(t *testing.T) {
	in(t, sound)
	for _, tt := range []struct {
		args []string
		want string
	}{
		{[]string{"panic"}, `^CommandError: panic: no luck \(at manage/command/helpers_test\.go:\d+\); run with --traceback for the stack\n$`},
		{[]string{"panic", "--traceback"}, `^Causes of the error, the outermost first:\n  \*panics\.Error: .*\n    \*errors\.errorString: no luck\n` +
			`Stack of the panic, the innermost call first:\n  \S+command_test\.\(\*testApp\)\.Commands\.\S+\n      \S+helpers_test\.go:\d+\n` +
			`(  .*\n)+CommandError: panic: no luck \(at manage/command/helpers_test\.go:\d+\)\n$`},
	} {
		got := run(t.Context(), &testApp{err: errors.New("no luck")}, tt.args...)
		if got.Status != 1 || got.Stdout != "" || !regexp.MustCompile(tt.want).MatchString(got.Stderr) {
			t.Errorf("%q: got %+v, want %s", tt.args, got, tt.want)
		}
	}
}

// unborn is an app whose constructor panics after the first time.
func TestConstructorPanics(t *testing.T) {
	in(t, sound)
	var r settled.Registry
	made := false
	r.Register("demo", func() settled.App {
		if made {
			panic("stillborn")
		}
		made = true
		return new(testApp)
	})
	for _, args := range [][]string{{"check"}, {"check", "settings.toml", "other.toml"}, {"help"}, {"apps"}} {
		var stdout, stderr bytes.Buffer
		p := command.Program{Name: "manage", Setup: r.Setup, Stdout: &stdout, Stderr: &stderr}
		status := p.Run(t.Context(), args)
		if status != 1 || strings.Count(stderr.String(), "\n") != 1 || !strings.HasPrefix(stderr.String(), "CommandError: panic: stillborn (at manage/command/traceback_test.go:") {
			t.Errorf("%q: %d, %q, %q", args, status, stdout.String(), stderr.String())
		}
	}
}

// An error may say the exit status.
func TestExitStatus(t *testing.T) {
	in(t, sound)
	for _, tt := range []struct {
		err  error
		want result
	}{
		{&settled.CommandError{Text: "bad name", Status: 7}, result{7, "", "CommandError: bad name\n"}},
		{fmt.Errorf("wrapped: %w", &settled.CommandError{Text: "bad name", Status: 7}), result{7, "", "CommandError: wrapped: bad name\n"}},
		{&settled.CommandError{Status: 3}, result{3, "", ""}},
		{&settled.CommandError{Text: "bad name"}, result{1, "", "CommandError: bad name\n"}},
		{settled.UsageError("which one?"), result{2, "", "usage: manage fail [options] [args ...]\nmanage fail: error: which one?\n"}},
	} {
		if diff := cmp.Diff(tt.want, run(t.Context(), &testApp{err: tt.err}, "fail")); diff != "" {
			t.Errorf("%v (-want +got):\n%s", tt.err, diff)
		}
	}
}

// What an app's command says of a secret is not shown, with --traceback neither.
func TestSecretsInErrorsOfCommands(t *testing.T) {
	const key = "q2zTEvHbe8yKX0n1o7LfJdWsMgUi4rPa9cN3kVtGxS5hRmYw"
	in(t, sound+"SECRET_KEY = \""+key+"\"\n")
	app := &testApp{err: fmt.Errorf("asking: %w", errors.New("the key "+key+" is not known"))}
	for _, args := range [][]string{{"fail"}, {"panic"}, {"fail", "--traceback"}, {"panic", "--traceback"}} {
		got := run(t.Context(), app, args...)
		if got.Status != 1 || strings.Contains(got.Stderr, key) || !strings.Contains(got.Stderr, "the key ******************** is not known") {
			t.Errorf("%v: status %d\n%s", args, got.Status, got.Stderr)
		}
	}
}
