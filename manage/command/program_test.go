package command_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/settled-go/settled"
	"github.com/settled-go/settled/checks"
	"github.com/settled-go/settled/manage/command"
)

const (
	sound  = "DEBUG = true\nINSTALLED_APPS = [\"demo\"]\n"
	odd    = "ALLOWED_HOSTS = [\"*\"]\nINSTALLED_APPS = [\"demo\"]\n"
	wrong  = sound + "CORS = 1\n"
	broken = "DEBUG = true\nINSTALLED_APPS = [\"demon\", \"demo\"]\n"
)

const oddReport = `System check identified some issues:

WARNINGS:
settings.toml: warning: this is odd (demo.W001)
   hint: look into it

System check identified 1 issue (0 silenced).
`

func TestStatusAndStreams(t *testing.T) {
	const usageOfCheck = "usage: manage check [options] [app_label | FILE | DIR ...]\nmanage check: error: "
	for _, tt := range []struct {
		name, toml string
		args       []string
		app        testApp
		want       result
	}{
		{"clean", sound, []string{"check"}, testApp{}, result{0, "System check identified no issues (0 silenced).\n", ""}},
		{"warning", odd, []string{"check"}, testApp{}, result{0, "", oddReport}},
		{"fail level", odd, []string{"check", "--fail-level", "WARNING"}, testApp{}, result{1, "", "SystemCheckError: " + oddReport}},
		{"fail level above", odd, []string{"check", "--fail-level=ERROR"}, testApp{}, result{0, "", oddReport}},
		{"silenced", odd + "SILENCED_SYSTEM_CHECKS = [\"demo.W001\"]\n", []string{"check"}, testApp{},
			result{0, "System check identified no issues (1 silenced).\n", ""}},
		{"other tag", odd, []string{"check", "--tag", "urls"}, testApp{}, result{0, "System check identified no issues (0 silenced).\n", ""}},
		{"one of the tags", odd, []string{"check", "-t", "urls", "-t", "demo"}, testApp{}, result{0, "", oddReport}},
		{"tags", odd, []string{"check", "--list-tags"}, testApp{}, result{0, "apps\ncommands\ndemo\nmiddleware\nsettings\nurls\n", ""}},
		{"tags for deployment", odd, []string{"check", "--list-tags", "--deploy"}, testApp{}, result{0, "apps\ncommands\ndemo\nlate\nmiddleware\nsecurity\nsettings\nurls\n", ""}},
		{"unknown tag", odd, []string{"check", "--tag", "nope"}, testApp{}, result{1, "", "CommandError: There is no system check with the \"nope\" tag.\n"}},
		{"tag for deployment", odd, []string{"check", "--tag", "late"}, testApp{}, result{1, "", "CommandError: There is no system check with the \"late\" tag.\n"}},
		{"deploy", sound, []string{"check", "--deploy", "--tag", "late"}, testApp{}, result{1, "",
			"SystemCheckError: System check identified some issues:\n\nERRORS:\n?: error: not fit for the public (demo.E001)\n\nSystem check identified 1 issue (0 silenced).\n"}},
		{"critical", sound, []string{"check", "--deploy", "--fail-level=CRITICAL", "--tag", "late"}, testApp{}, result{0, "",
			"System check identified some issues:\n\nERRORS:\n?: error: not fit for the public (demo.E001)\n\nSystem check identified 1 issue (0 silenced).\n"}},
		{"label", odd, []string{"check", "demo"}, testApp{}, result{0, "", oddReport}},
		{"label of core", odd, []string{"check", "settled"}, testApp{}, result{0, "System check identified no issues (0 silenced).\n", ""}},
		{"unknown label", odd, []string{"check", "nosuchapp"}, testApp{}, result{1, "", "CommandError: No installed app with label 'nosuchapp'.\n"}},
		{"close label", odd, []string{"check", "example.org.demo"}, testApp{}, result{1, "",
			"CommandError: No installed app with label 'example.org.demo'. Did you mean 'demo'?\n"}},

		{"no such level", odd, []string{"check", "--fail-level", "BOGUS"}, testApp{}, result{2, "",
			usageOfCheck + "argument --fail-level: invalid choice: 'BOGUS' (choose from 'CRITICAL', 'ERROR', 'WARNING', 'INFO', 'DEBUG')\n"}},
		{"no value", odd, []string{"check", "-t"}, testApp{}, result{2, "", usageOfCheck + "argument --tag/-t: expected one argument\n"}},
		{"no settings", odd, []string{"check", "--settings"}, testApp{}, result{2, "", usageOfCheck + "argument --settings: expected one argument\n"}},
		{"no such flag", odd, []string{"check", "--skip-checks"}, testApp{}, result{2, "", usageOfCheck + "unrecognized arguments: --skip-checks\n"}},
		{"no such short flag", odd, []string{"check", "-dx"}, testApp{}, result{2, "", usageOfCheck + "unrecognized arguments: -dx\n"}},
		{"no flag takes no value", odd, []string{"check", "--deploy=maybe"}, testApp{}, result{2, "",
			usageOfCheck + "argument --deploy: invalid bool value: 'maybe'\n"}},
		{"no such global flag", odd, []string{"--nope"}, testApp{}, result{2, "", "usage: manage [options] subcommand\nmanage: error: unrecognized arguments: --nope\n"}},
		{"too many arguments", sound, []string{"apps", "x", "y"}, testApp{}, result{2, "", "usage: manage apps [options]\nmanage apps: error: unrecognized arguments: x y\n"}},
		{"settings and files", sound, []string{"check", "--settings=settings.toml", "demo", "settings.toml"}, testApp{}, result{2, "",
			usageOfCheck + "argument --settings: not allowed with argument FILE\n"}},
		{"both colours", sound, []string{"check", "--no-color", "--force-color"}, testApp{}, result{1, "",
			"CommandError: The --no-color and --force-color options can't be used together.\n"}},
		{"colour", odd, []string{"check", "--force-color", "--tag=x"}, testApp{}, result{1, "",
			"\x1b[31;1mCommandError: There is no system check with the \"x\" tag.\x1b[0m\n"}},

		{"unknown command", sound, []string{"chek", "--fast"}, testApp{}, result{1, "",
			"Unknown command: 'chek'. Did you mean check?\nType 'manage help' for usage.\n"}},
		{"unknown command far off", sound, []string{"launch"}, testApp{}, result{1, "", "Unknown command: 'launch'\nType 'manage help' for usage.\n"}},
		{"unknown command of an app", sound, []string{"gret"}, testApp{}, result{1, "",
			"Unknown command: 'gret'. Did you mean greet?\nType 'manage help' for usage.\n"}},
		{"version", "", []string{"version"}, testApp{}, result{0, settled.Version + "\n", ""}},
		{"version flag", "", []string{"--version"}, testApp{}, result{0, settled.Version + "\n", ""}},

		{"app command", sound, []string{"greet", "a", "--name", "Ann", "-s", "b"}, testApp{}, result{0, "Hello Ann true [\"a\" \"b\"] \"input\"\n", "greeted\n"}},
		{"app command after a warning", odd, []string{"greet"}, testApp{}, result{0, "Hello World false [] \"input\"\n",
			strings.TrimSuffix(oddReport, "System check identified 1 issue (0 silenced).\n") + "greeted\n"}},
		{"app command, checks skipped", odd, []string{"greet", "--skip-checks"}, testApp{}, result{0, "Hello World false [] \"input\"\n", "greeted\n"}},
		{"app command, bad flag", sound, []string{"greet", "--nope"}, testApp{}, result{2, "",
			"usage: manage greet [options] [args ...]\nmanage greet: error: unrecognized arguments: --nope\n"}},
		{"app command without arguments", sound, []string{"alone"}, testApp{}, result{0, "", ""}},
		{"app command, an argument too many", sound, []string{"alone", "x"}, testApp{}, result{2, "",
			"usage: manage alone [options]\nmanage alone: error: unrecognized arguments: x\n"}},
		{"no such subcommand", sound, []string{"group", "three"}, testApp{}, result{2, "",
			"usage: manage group [options] subcommand\nmanage group: error: argument subcommand: invalid choice: 'three' (choose from 'one', 'two')\n"}},
		{"help of no such subcommand", sound, []string{"help", "group", "three"}, testApp{}, result{2, "",
			"usage: manage group [options] subcommand\nmanage group: error: argument subcommand: invalid choice: 'three' (choose from 'one', 'two')\n"}},
		{"no such subcommand of settings", sound, []string{"settings", "sho"}, testApp{}, result{2, "",
			"usage: manage settings [options] subcommand\nmanage settings: error: argument subcommand: invalid choice: 'sho' (choose from 'schema', 'show')\n"}},
		{"app command whose flags panic", sound, []string{"broken", "--x"}, testApp{}, result{1, "",
			"CommandError: panic: no flags (at manage/command/helpers_test.go:53); run with --traceback for the stack\n"}},
		{"app command fails", sound, []string{"fail"}, testApp{err: errors.New("no disk\n\x1b[31mred")}, result{1, "", "CommandError: no disk\n\\x1b[31mred\n"}},
		{"app command finds problems", sound, []string{"fail"}, testApp{err: &checks.Failure{Messages: checks.Messages{checks.Errorf("demo.E002", "no")}}},
			result{1, "", "SystemCheckError: System check identified some issues:\n\nERRORS:\n?: error: no (demo.E002)\n\n"}},
		{"app command, wrapped problems", sound, []string{"fail"}, testApp{err: fmt.Errorf("first: %w", &checks.Failure{Messages: checks.Messages{checks.Errorf("demo.E002", "no")}})},
			result{1, "", "CommandError: first: ?: error: no (demo.E002)\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in(t, tt.toml)
			if diff := cmp.Diff(tt.want, run(t.Context(), &tt.app, tt.args...)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// An app's command does not run in a project with errors; what is a mere
// finding can be skipped, what makes the project impossible can't.
func TestAppCommandNeedsASoundProject(t *testing.T) {
	for _, tt := range []struct {
		name, toml string
		args       []string
		id         string
	}{
		{"finding", wrong, []string{"greet"}, "(settings.E002)"},
		{"finding skipped", wrong, []string{"greet", "--skip-checks"}, ""},
		{"impossible", broken, []string{"greet"}, "(apps.E001)"},
		{"impossible skipped", broken, []string{"greet", "--skip-checks"}, "(apps.E001)"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in(t, tt.toml)
			got := run(t.Context(), new(testApp), tt.args...)
			refused := got.Status == 1 && got.Stdout == "" && strings.HasPrefix(got.Stderr, "SystemCheckError: ") &&
				!strings.Contains(got.Stderr, "silenced")
			if refused != (tt.id != "") || !strings.Contains(got.Stderr, tt.id) {
				t.Errorf("got %+v, want %q", got, tt.id)
			}
		})
	}
}

func TestInterrupted(t *testing.T) {
	in(t, sound)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	want := result{1, "", "CommandError: interrupted\n"}
	if diff := cmp.Diff(want, run(ctx, new(testApp), "wait")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// An error of that kind that no signal brought about is told as it is.
	want.Stderr = "CommandError: dial: context canceled\n"
	if diff := cmp.Diff(want, run(t.Context(), &testApp{err: fmt.Errorf("dial: %w", context.Canceled)}, "fail")); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Which file: --settings wherever it stands, else SETTLED_SETTINGS, else
// settings.toml. An empty name counts as none.
func TestWhichFile(t *testing.T) {
	for _, tt := range []struct {
		name, env string
		args      []string
		want      string
	}{
		{"none", "", []string{"check"}, "settings.toml"},
		{"before the command", "env.toml", []string{"--settings", "flag.toml", "check"}, "flag.toml"},
		{"after the command", "env.toml", []string{"check", "--settings", "flag.toml"}, "flag.toml"},
		{"with =", "env.toml", []string{"check", "--settings=flag.toml", "demo"}, "flag.toml"},
		{"behind other flags", "env.toml", []string{"check", "-t", "urls", "--deploy", "--settings=flag.toml"}, "flag.toml"},
		{"the last one", "", []string{"--settings=other.toml", "check", "--settings=flag.toml"}, "flag.toml"},
		{"environment", "env.toml", []string{"check"}, "env.toml"},
		{"empty flag", "env.toml", []string{"check", "--settings="}, "env.toml"},
		{"empty environment", "", []string{"check", "--settings="}, "settings.toml"},
		{"behind --", "env.toml", []string{"check", "--", "--settings=flag"}, "env.toml"},
		{"files", "env.toml", []string{"check", "flag.toml"}, "\"flag.toml\""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			in(t, "")
			t.Setenv("SETTLED_SETTINGS", tt.env)
			got := run(t.Context(), new(testApp), tt.args...)
			if got.Status != 1 || got.Stdout != "" || !strings.HasPrefix(got.Stderr, "CommandError: ") || !strings.Contains(got.Stderr, tt.want) {
				t.Errorf("got %+v, want that %s is missing", got, tt.want)
			}
			if n := strings.Count(got.Stderr, "\n"); n != 1 {
				t.Errorf("%d lines, want one: %s", n, got.Stderr)
			}
		})
	}
}

// commander is an app with one command, greet.
type commander string

func (commander) Settings() any { return nil }

func (c commander) Commands() []settled.Command {
	return []settled.Command{{Name: "greet", Run: func(_ context.Context, env settled.Env) error {
		_, err := fmt.Fprintf(env.Stdout, "%s\n", c)
		return err
	}}}
}

// A name belongs to the app that is listed first, then to a builtin one.
func TestWhoseCommand(t *testing.T) {
	for apps, want := range map[string]string{`"b", "a"`: "b\n", `"a", "b"`: "a\n", ``: "builtin\n"} {
		in(t, "DEBUG = true\nINSTALLED_APPS = ["+apps+"]\n")
		var r settled.Registry
		for _, name := range []string{"a", "b"} {
			r.Register(name, func() settled.App { return commander(name) })
		}
		r.RegisterBuiltin("builtin", func() settled.App { return commander("builtin") })
		var stdout, stderr bytes.Buffer
		p := command.Program{Name: "manage", Setup: r.Setup, Stdout: &stdout, Stderr: &stderr}
		if status := p.Run(t.Context(), []string{"greet"}); status != 0 || stdout.String() != want {
			t.Errorf("[%s]: %d, %q, %q, want %q", apps, status, stdout.String(), stderr.String(), want)
		}
	}
}
